"""The matrix's machinery: signed-in browsers without a database session, one cell asked and rolled back."""

from collections.abc import Callable
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from core import clock
from tests.access.matrix import SIGN_IN
from tests.accounts.factories import UserFactory
from tests.cast import Cast

WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY")
PROTECTION = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer makes browsers post with "Origin: null", which CSRF refuses
    "Cache-Control": "no-store",
}
MAY_BE_WRITTEN = ('"audit_', '"django_session"', '"axes_', 'UPDATE "accounts_user" SET "last_seen"')


def browser(cast: Cast, principal: str, **kwargs: Any) -> Client:
    """A browser of this principal; sessions live in the cookie, so signing in costs no query."""
    client = Client(**kwargs)
    if principal == "visitor":
        return client
    client.cookies[settings.SESSION_COOKIE_NAME] = _session(person(cast, principal))
    return client


def person(cast: Cast, principal: str) -> User:
    """The user behind the principal; `deactivated` was a prosecutor of the office."""
    if principal == "deactivated" and principal not in vars(cast):
        cast.deactivated = UserFactory(username="deactivated", organisation=cast.office, is_active=False)
    return getattr(cast, principal)


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    now = clock.now().timestamp()
    store.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "accounts.backend.Backend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "signed_in_at": now,
            "active_at": now,
        }
    )
    store.save()
    return store.session_key


def answer(response: HttpResponse) -> int:
    """The status; the way to the sign-in page is told apart from other redirects."""
    to_sign_in = response.headers.get("Location", "").startswith(f"{settings.LOGIN_URL}?next=")
    return SIGN_IN if response.status_code == 302 and to_sign_in else response.status_code


def unprotected(response: HttpResponse) -> list[str]:
    """The protecting headers that this answer lacks."""
    return [name for name, words in PROTECTION.items() if words not in response.headers.get(name, "")]


def ask(
    client: Client, method: str, url: str, data: dict[str, Any] | None = None
) -> tuple[HttpResponse, list[str]]:
    """Send one request and take back everything it did. Returns the response and its writes."""
    send: Callable[..., HttpResponse] = getattr(client, method)
    with transaction.atomic(), writes() as written:
        response = send(url, data) if data else send(url)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # the client closes the file at its end
    return response, written


@contextmanager
def writes():
    """Collect the statements that change a table other than audit, session and sign-in failures."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.startswith(WRITES) and not any(table in sql for table in MAY_BE_WRITTEN):
            written.append(sql[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
