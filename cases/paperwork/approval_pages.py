"""Pages of a paper that goes up by itself: submit it, read and decide it."""

from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from approvals.models import ApprovalRound
from cases.approval.overview import facts_of, rounds_of
from cases.approval.subjects import Subject, answer
from cases.models import Case
from cases.pages import Deed, case_or_404, perform
from cases.paperwork import approving, chains
from cases.paperwork.editor import EDITOR, documents_of, shown
from cases.paperwork.forms import StartForm
from cases.paperwork.sheets import sheet_beside
from core.http import page
from documents.models import Document

TEMPLATE = "cases/paper_approval.html"


@require_POST
def submission(request: Request, code: str, pk: int) -> HttpResponse:
    """提交审批, from the editor."""
    case, document = _document(request, code, pk)
    demand(request.user, Permission.CASE_HANDLE, request=request)
    deed = Deed(
        EDITOR,
        StartForm(request.POST),
        partial(approving.submit, case, document),
        "已提交审批",
        why_not=approving.why_not_submit(case, request.user, document),
        action=f"submit-paper:{document.pk}",
        to=_url(case, document),
        context=shown(request, case, document),
    )
    return perform(request, case, deed)


@require_http_methods(["GET", "POST"])
def approval(request: Request, code: str, pk: int) -> HttpResponse:
    """文书审批: the paper as A4, the case on one screen, earlier opinions; what may be done about it."""
    case, document = _document(request, code, pk)
    round = chains.last_round(document)
    found = ApprovalRound.objects.filter(paper__document=document)
    context = {
        "case": case,
        "document": document,
        "sheet": sheet_beside(case, document.latest),
        "rounds": rounds_of(found),
        **facts_of(case),
    }
    if round is None:
        context |= {"why_not": chains.NOT_SUBMITTED, "form": None}
        return page(request, TEMPLATE, context, status=422 if request.method == "POST" else 200)
    return answer(request, subject_of(case, document, round), context)


def subject_of(case: Case, document: Document, round: ApprovalRound) -> Subject:
    """The paper with its verbs and its policy."""
    return Subject(
        case=case,
        round=round,
        template=TEMPLATE,
        now=document.latest.content_hash,
        approve=partial(approving.approve, case, document),
        send_back=partial(approving.send_back, case, document),
        cancel=partial(approving.cancel, case, document),
        why_not_approve=partial(chains.why_not_approve, case, document),
        to=_url(case, document),
        document=document,
    )


def _document(request: Request, code: str, pk: int) -> tuple[Case, Document]:
    """The case and its paper, for whoever may see the case; papers that never go up by themselves have no such page."""
    case = case_or_404(request, code)
    document = get_or_404(documents_of(case), request.user, request, pk=pk)
    if not chains.goes_up(case, document) and chains.last_round(document) is None:
        raise Http404
    return case, document


def _url(case: Case, document: Document) -> str:
    return reverse("cases:document", args=[case.code, document.pk])
