from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from core.http import leave, page
from core.masking import mask_phone
from notifications import actions
from notifications.forms import PreferenceForm
from notifications.models import Preference
from notifications.models.outbox import mail_is_on, sms_is_on

KEPT = ("quiet_from", "quiet_to", "digest", "version")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def preferences(request: Request) -> HttpResponse:
    preference = actions.preference_of(request.user)
    initial = {name: getattr(preference, name) for name in KEPT} | {"email": request.user.email}
    form = PreferenceForm(request.POST or None, initial=initial, preference=preference)
    if request.method == "GET" or not form.is_valid():
        return _show(request, form, preference, status=422 if request.method == "POST" else 200)
    try:
        actions.choose(**_facts(form), version=form.cleaned_data["version"], by=request.user)
    except actions.Stale as stale:
        form.renew(preference.version)
        return _show(request, form, preference, status=409, stale=str(stale))
    messages.success(request, "已保存")
    return leave(request, "notifications:preferences")


def _facts(form: PreferenceForm) -> dict[str, Any]:
    kept = ("email", "mobile", "quiet_from", "quiet_to", "digest")
    facts = {name: form.cleaned_data[name] for name in kept}
    return facts | {"drop_mobile": form.cleaned_data.get("drop_mobile", False), "choices": form.choices}


def _show(
    request: Request, form: PreferenceForm, preference: Preference, *, status: int, stale: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "stale": stale,
        "mobile": mask_phone(preference.mobile or ""),
        "mail_is_on": mail_is_on(),
        "sms_is_on": sms_is_on(),
    }
    return page(request, "notifications/preferences.html", context, status=status)
