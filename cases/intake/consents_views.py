from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from cases.intake.consents import consent_together, silent
from cases.models import Claimant, Consent
from cases.pages import Deed, case_or_404, perform
from cases.review import policy
from core import clock
from core.fields import DayField
from core.forms import Once

GIVEN = [choice for choice in Consent.Kind.choices if choice[0] != Consent.Kind.REVOKED]


class TogetherForm(Once):
    """登记自愿申请 of several from one signed list."""

    claimants = forms.ModelMultipleChoiceField(
        label="申请人",
        queryset=Claimant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="对照签名表核对，没有签名的取消勾选。",
    )
    kind = forms.ChoiceField(label="方式", choices=GIVEN, widget=forms.RadioSelect)
    given_on = DayField(label="日期", future=False)

    def __init__(self, *args: Any, waiting: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["claimants"]
        field.queryset = Claimant.objects.filter(pk__in=waiting).select_related("person")
        field.initial = waiting


@require_http_methods(["GET", "POST"])
def together(request: Request, code: str) -> HttpResponse:
    """逐人登记自愿申请, from one list."""
    case = case_or_404(request, code)
    waiting = [one.pk for one in silent(case)]
    form = TogetherForm(request.POST or None, waiting=waiting, initial={"given_on": clock.today()})
    why_not = policy.why_not_consent(case, request.user)
    if not why_not and not waiting and request.method == "GET":
        why_not = "每名申请人都已登记自愿申请。"
    context = {
        "heading": "登记自愿申请",
        "submit": "登记自愿申请",
        "lead": "每名申请人各自决定，可以口头申请或者捺指印，也可以随时撤回同意。以最近一次为准。",
        "back_url": reverse("cases:claims", args=[case.code]),
    }
    deed = Deed(
        "cases/deed.html",
        form,
        partial(consent_together, case),
        "已登记自愿申请",
        why_not=why_not,
        to=reverse("cases:claims", args=[case.code]),
        context=context,
    )
    return perform(request, case, deed)
