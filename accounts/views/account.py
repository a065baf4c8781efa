from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import preferences, sessions
from accounts.forms import PasswordForm, PreferencesForm
from accounts.http import Request
from accounts.passwords import RULE
from accounts.permissions import GRANTS, PERMISSION_NAMES, Role
from audit.models import Entry, Verb
from core.http import leave, page

SIGN_INS = (Verb.SIGN_IN, Verb.SIGN_IN_FAILED, Verb.SIGN_OUT)
SHOWN = 20


@require_GET
def account(request: Request) -> HttpResponse:
    user = request.user
    return _account(request, PreferencesForm(initial={"theme": user.theme, "density": user.density}))


@require_POST
def keep_preferences(request: Request) -> HttpResponse:
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _account(request, form, status=422)
    preferences.keep(request.user, **form.facts)
    messages.success(request, "已保存")
    return preferences.dress(leave(request, "accounts:account"), request.user)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        sessions.change_password(request, password=form.cleaned_data["new"])
        messages.success(request, "密码已修改，其他设备上的登录已退出")
        return leave(request, "accounts:account")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/password.html", {"form": form, "rule": RULE}, status=status)


def _account(request: Request, form: PreferencesForm, status: int = 200) -> HttpResponse:
    granted = GRANTS[Role(request.user.role)]
    context = {
        "may": [name for permission, name in PERMISSION_NAMES.items() if permission in granted],
        "sign_ins": Entry.objects.filter(actor_number=request.user.pk, verb__in=SIGN_INS)[:SHOWN],
        "form": form,
    }
    return page(request, "accounts/account.html", context, status=status)
