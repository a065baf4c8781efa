from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from accounts.models import User
from audit.log import record
from audit.models import Verb
from core import clock

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
WHOLE_FOR_PARTNERS = timedelta(hours=8)
RENEW_AFTER = timedelta(minutes=1)
FREE_OF_PASSWORD_CHANGE = frozenset({"accounts:password", "accounts:sign_out"})


class TrueAddress:
    """Makes REMOTE_ADDR the visitor's address. A forwarded one counts only when one of our own proxies hands it on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if (
            forwarded
            and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES
            and _is_address(forwarded)
        ):
            request.META["REMOTE_ADDR"] = forwarded
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class SessionLimits:
    """Ends a session after 30 idle minutes or 12 hours (partners 8), whichever comes first.

    A page that refreshes itself sends `X-Poll: 1`; such a request keeps nobody signed in.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request)
        elif SESSION_KEY in request.session:
            request.session.flush()  # deactivated since: coming back must mean signing in again
        return self.get_response(request)

    def _limit(self, request: Request) -> None:
        now = clock.now()
        started = _moment(request, "signed_in_at", now)
        active = _moment(request, "active_at", now)
        if reason := why_over(request.user, started=started, active=active, now=now):
            record(request.user, Verb.SIGN_OUT, str(request.user), detail=reason, request=request)
            logout(request)
            messages.info(request, f"{reason}，请重新登录。")
        elif "X-Poll" not in request.headers:
            self._renew(request, active=active, now=now)

    def _renew(self, request: Request, *, active: datetime, now: datetime) -> None:
        is_new = "active_at" not in request.session
        if is_new:
            request.session["signed_in_at"] = now.timestamp()
        if is_new or now - active >= RENEW_AFTER:
            request.session["active_at"] = now.timestamp()
            User.objects.filter(pk=request.user.pk).update(last_seen=now)


def why_over(user: User, *, started: datetime, active: datetime, now: datetime) -> str:
    """The reason why this session has ended; empty while it lasts."""
    whole = WHOLE_FOR_PARTNERS if user.is_partner else WHOLE
    if now - active >= IDLE:
        return "超过 30 分钟没有操作，已退出"
    if now - started >= whole:
        return f"登录已满 {whole.total_seconds() / 3600:.0f} 小时，已退出"
    return ""


def _moment(request: Request, key: str, default: datetime) -> datetime:
    stamp = request.session.get(key)
    return datetime.fromtimestamp(stamp, tz=clock.SHANGHAI) if stamp else default


class LoginRequired(LoginRequiredMiddleware):
    """Every page wants a signed-in user, unless its view says `login_not_required`.

    An expired session must not paint the sign-in page into a panel: htmx is told to leave the page.
    """

    def process_view(  # type: ignore[override]  # our requests carry htmx and a user
        self, request: Request, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponseBase | None:
        if response := super().process_view(request, view_func, view_args, view_kwargs):
            return response
        if self._owes_a_password(request):
            return _leave(request, redirect("accounts:password"))
        return None

    def handle_no_permission(self, request: Request, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        return _leave(request, redirect_to_login(came_from(request)))

    def _owes_a_password(self, request: Request) -> bool:
        user = request.user
        match = request.resolver_match
        return (
            user.is_authenticated
            and user.must_change_password
            and match is not None
            and match.view_name not in FREE_OF_PASSWORD_CHANGE
        )


def came_from(request: Request) -> str:
    """The page to return to after signing in: the one on screen, not a fragment's or a form's address."""
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.path and page.netloc == request.get_host() else "/"


def _leave(request: Request, response: HttpResponse) -> HttpResponse:
    return HttpResponseClientRedirect(response["Location"]) if request.htmx else response
