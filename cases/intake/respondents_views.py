from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse

from accounts.access import get_or_404
from accounts.http import Request
from cases.intake import chain, respondents
from cases.intake.claims_views import edit_person, get_or_post, reveal_person
from cases.intake.respondents_forms import RespondentForm, RespondentNewForm
from cases.models import Case, Respondent
from cases.pages import Deed, case_or_404, perform
from cases.review import policy


def _respondent(request: Request, case: Case, pk: int) -> Respondent:
    found = Respondent.objects.filter(case=case).select_related(
        "company", "person", "above", "case__organisation"
    )
    return get_or_404(found, request.user, request, pk=pk)


@get_or_post
def new(request: Request, code: str) -> HttpResponse:
    """增加被申请人."""
    case = case_or_404(request, code)
    to = reverse("cases:claims", args=[case.code])
    deed = Deed(
        "cases/deed.html",
        RespondentNewForm(request.POST or None, case=case),
        partial(respondents.add, case),
        "已增加被申请人",
        why_not=policy.why_not_change_parties(case, request.user),
        to=to,
        context={"heading": "增加被申请人", "submit": "增加被申请人", "back_url": to},
    )
    return perform(request, case, deed)


@get_or_post
def respondent(request: Request, code: str, pk: int) -> HttpResponse:
    """被申请人: its place in the chain, what the law says of that place, and the form to correct it."""
    case = case_or_404(request, code)
    one = _respondent(request, case, pk)
    deed = Deed(
        "cases/respondent.html",
        RespondentForm(request.POST or None, case=case, respondent=one),
        partial(respondents.change, one),
        "已保存被申请人信息",
        why_not=policy.why_not_change_parties(case, request.user),
        to=reverse("cases:claims", args=[case.code]),
        context={
            "respondent": one,
            "hints": chain.hints(one),
            "may_reveal": not policy.why_not_reveal(case, request.user),
        },
    )
    return perform(request, case, deed)


@get_or_post
def person(request: Request, code: str, pk: int) -> HttpResponse:
    """身份信息 of a respondent who is a natural person."""
    case = case_or_404(request, code)
    one = _respondent(request, case, pk)
    if one.person is None:
        raise Http404
    return edit_person(request, case, one, one.person, reverse("cases:respondent", args=[case.code, one.pk]))


@get_or_post
def reveal(request: Request, code: str, pk: int, field: str) -> HttpResponse:
    """查看 one field of a respondent who is a natural person."""
    case = case_or_404(request, code)
    one = _respondent(request, case, pk)
    if one.person is None:
        raise Http404
    return reveal_person(request, case, one.person, field, "被申请人")
