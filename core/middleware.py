"""What holds for every request: a number, headers, no copies in caches, and a GET that only reads."""

import logging
import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from core import request_id

Answer = Callable[[HttpRequest], HttpResponse]

READING = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# Statements that change nothing by themselves; everything else must be on the list below.
HARMLESS = re.compile(
    r"[\s(]*(?:SELECT|VALUES|SHOW|EXPLAIN|SET|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DECLARE|FETCH|CLOSE)\b",
    re.I,
)
READING_CTE = re.compile(r"\s*WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE|MERGE)\b)", re.I | re.S)
TARGET = re.compile(r'\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.I)
# GET may write these: the log, sessions, the lock-out, the cache (decisions.md 16).
ALLOWED_TABLES = re.compile(r"audit_entry|django_session|axes_\w+|cache")
ALLOWED_COLUMNS = {"accounts_user": frozenset({"last_seen", "last_login"})}

logger = logging.getLogger(__name__)


class WroteOnGet(Exception):
    """A request that promised only to look tried to change a row."""


class RequestId:
    """Numbers each request; the number is in its log lines, audit entries and the answer's header."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid4().hex
        request_id.begin(number)
        response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class NoNul:
    """An address with a NUL byte names nothing that the database could hold: 404, as for anything else not there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        values = (value for name in request.GET for value in request.GET.getlist(name))
        if "\x00" in request.path or any("\x00" in value for value in values):
            return page_not_found(request, Http404())
        return self.get_response(request)


class SecurityHeaders:
    """The headers that Django and django-csp leave out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response


class NoStore:
    """Pages carry case content: no browser or proxy keeps a copy (static files are served before this)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        return response


class ReadOnlyGet:
    """Looking changes nothing: a write during GET, HEAD or OPTIONS is refused and logged."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)


def refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Let a statement through if it only reads or writes what GET may write."""
    statement = str(sql)
    if not may_run_on_get(statement):
        logger.error("GET 请求试图写入：%s", statement[:120])
        raise WroteOnGet(statement[:120])
    return execute(sql, params, many, context)


def may_run_on_get(statement: str) -> bool:
    """Whether a statement only reads, or writes one of the tables and columns on the list."""
    if HARMLESS.match(statement) or READING_CTE.match(statement):
        return True
    match = TARGET.match(statement)
    if not match:
        return False
    verb, table = match[1].split()[0].upper(), match[2]
    if ALLOWED_TABLES.fullmatch(table):
        return True
    return verb == "UPDATE" and table in ALLOWED_COLUMNS and _columns(statement) <= ALLOWED_COLUMNS[table]


def _columns(statement: str) -> set[str]:
    """The columns an UPDATE of Django's sets."""
    assignments = re.split(r"\bWHERE\b", statement, maxsplit=1)[0]
    return set(re.findall(r'"(\w+)" = ', assignments))
