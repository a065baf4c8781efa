"""What the pages of 拟处理意见 have in common: one matter chosen, its form, its consequences, its chain."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.access import demand
from accounts.http import Request
from accounts.permissions import Permission
from approvals import rounds
from approvals.models import Capacity
from cases.decision import actions, policy
from cases.decision.consequences import CONSEQUENCES
from cases.decision.forms import SubmitForm, form_for
from cases.decision.grounds import ground_label
from cases.decision.guards import gaps_of
from cases.decision.papers import paper_of, terms_of
from cases.models import Case, Proposal
from cases.pages import Deed, perform
from cases.paperwork.catalogue import paper_by
from cases.paperwork.chains import chain_of_matter
from cases.paperwork.standing import MATTER_OF
from cases.workflow import PAPER_OF, Matter
from core.forms import Once
from core.refusals import Refused
from documents.models import Document

OWN_WORDS = frozenset(PAPER_OF) - {Matter.SUPPORT}  # the papers of these say ground and reasons themselves


@dataclass(frozen=True)
class Choice:
    """One matter as a link above the form."""

    matter: Matter
    url: str
    current: bool


def chosen(request: Request, matters: list[Matter]) -> Matter:
    """The matter named in the address; the first one when there is none, or an unknown one."""
    wanted = request.GET.get("matter", "")
    return next((matter for matter in matters if matter == wanted), matters[0])


def answer(
    request: Request,
    case: Case,
    matters: list[Matter],
    *,
    template: str,
    initial: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:
    """GET shows the form of the chosen matter; POST drafts its paper while there is none, then submits it."""
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    matter = chosen(request, matters)
    paper, why_not = paper_of(case, matter), policy.why_not_start(case, request.user, matter)
    # the second half of a double click on 起草 posts no draft to submit: it must not send up what the first half wrote
    submits = paper is not None and (request.method == "GET" or "expected_n" in request.POST)
    begins = matter in OWN_WORDS and not submits
    context = context | {
        "matter": matter,
        "choices": [Choice(each, f"?matter={each}", each == matter) for each in matters],
        "consequences": CONSEQUENCES[matter],
        "chain": chain_preview(case, matter, request),
        "returned": returned_before(case, matter),
        "paper": paper,
        "begins": paper_by(PAPER_OF[matter]) if begins else None,
        "gaps": [] if begins or why_not else gaps_of(case, matter),
        "terms": said_in(paper) if paper else [],
    }
    work = _begin(case, matter) if begins else partial(actions.propose, case, matter=matter)
    deed = Deed(
        template,
        _form(request, case, matter, None if begins else paper, initial),
        work,
        "已起草，请核对后提交审批" if begins else f"已提交审批：{matter.label}",
        why_not=why_not,
        action=f"{'begin' if begins else 'propose'}:{case.code}",
        to=None if begins else reverse("cases:approval", args=[case.code]),
        context=context,
    )
    return perform(request, case, deed)


def _begin(case: Case, matter: Matter) -> Any:
    """起草 and on to the paper."""

    def work(**facts: Any) -> str:
        document = actions.begin(case, matter=matter, **facts)
        return reverse("cases:document", args=[case.code, document.pk])

    return work


def _form(
    request: Request, case: Case, matter: Matter, paper: Document | None, initial: dict[str, Any]
) -> Once:
    """What is still to say: nothing where the paper says it all."""
    if paper:
        initial = initial | {"expected_n": paper.latest.n}
    if paper and matter in OWN_WORDS:
        return SubmitForm(request.POST or None, initial=initial)
    return form_for(case, matter, request.POST or None, initial)


def said_in(paper: Document) -> list[tuple[str, Any]]:
    """(label, value) of the terms that the paper states, for the page on which it goes up."""
    terms, matter = terms_of(paper), MATTER_OF[paper.kind]
    if ground := terms.get("ground"):
        terms["ground"] = ground_label(matter, ground)
    return [(actions.TERMS[name], value) for name, value in terms.items() if value and name != "court"]


def chain_preview(case: Case, matter: Matter, request: Request) -> list[str]:
    """李检察官 → 部门负责人 赵主任 → 分管副检察长 孙副检察长."""
    return [str(request.user), *(_approver(case, each, request) for each in chain_of_matter(matter))]


def _approver(case: Case, capacity: Capacity, request: Request) -> str:
    try:
        return f"{capacity.label} {rounds.approver_for(case.organisation, capacity, request.user)}"
    except Refused:
        return f"{capacity.label}（还没有可用账号）"


def returned_before(case: Case, matter: Matter) -> Proposal | None:
    """The last proposal on this matter when it was sent back: its opinions belong beside the new one."""
    last = case.proposals.filter(matter=matter).select_related("round").order_by("pk").last()
    return last if last and last.round.status == "returned" else None
