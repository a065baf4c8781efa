from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import preferences, sessions
from accounts.demo import demo_accounts
from accounts.forms import SignInForm
from accounts.http import Request
from accounts.permissions import Role
from core.http import leave

HOMES = {
    Role.CHIEF: "/dashboard/",
    Role.SUPERVISOR: "/dashboard/",
    Role.PARTNER: "/partner/",
    Role.MEDIATOR: "/mediations/",
    Role.SYSTEM_ADMIN: "/settings/users/",
    Role.SECURITY_ADMIN: "/settings/rights/",
    Role.AUDITOR: "/audit/",
}
ACCOUNT = "/account/"


@require_GET
def home(request: Request) -> HttpResponse:
    """To where this role's day begins."""
    place = HOMES.get(Role(request.user.role), "/desk/")
    return redirect(place if is_valid_path(place) else ACCOUNT)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why_not = sessions.begin(request, **form.cleaned_data)
            if not why_not:
                return preferences.dress(_welcome(request), request.user)
            form.add_error(None, why_not)
    context = {"form": form, "next": _next(request, default=""), "demo_accounts": demo_accounts()}
    return render(request, "accounts/login.html", context, status=status)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    sessions.end(request)
    response = leave(request, "accounts:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _welcome(request: Request) -> HttpResponse:
    if last := request.session.pop("last_sign_in", ""):
        messages.info(request, f"上次登录 {last}")
    return redirect(_next(request))


def _next(request: Request, default: str = "/") -> str:
    """Where they wanted to go, if it is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours and wanted.startswith("/") else default
