"""补正 of an issued paper, from its page."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import demand, get_or_404
from accounts.http import Request
from accounts.permissions import Permission
from cases.pages import Deed, case_or_404, perform
from cases.paperwork import correcting
from cases.paperwork.editor import EDITOR, documents_of, shown
from cases.paperwork.forms import StartForm


@require_POST
def correct(request: Request, code: str, pk: int) -> HttpResponse:
    """起草补正决定书."""
    case = case_or_404(request, code)
    demand(request.user, Permission.CASE_HANDLE, request=request)
    document = get_or_404(documents_of(case), request.user, request, pk=pk)

    def work(**facts: object) -> str:
        made = correcting.draft(case, document, by=request.user)
        return reverse("cases:document", args=[case.code, made.pk])

    deed = Deed(
        EDITOR,
        StartForm(request.POST),
        work,
        "已起草补正决定书",
        why_not=correcting.why_not_correct(case, request.user, document),
        action=f"correct:{document.pk}",
        context=shown(request, case, document),
    )
    return perform(request, case, deed)
