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
from cases.decision.forms import form_for
from cases.models import Case, Proposal
from cases.pages import Deed, perform
from cases.workflow import Matter
from core.refusals import Refused


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
    """GET shows the form of the chosen matter; POST submits it for approval."""
    if request.method == "POST":
        demand(request.user, Permission.CASE_HANDLE, request=request)
    matter = chosen(request, matters)
    context = context | {
        "matter": matter,
        "choices": [Choice(each, f"?matter={each}", each == matter) for each in matters],
        "consequences": CONSEQUENCES[matter],
        "chain": chain_preview(case, matter, request),
        "returned": returned_before(case, matter),
    }
    deed = Deed(
        template,
        form_for(case, matter, request.POST or None, initial),
        partial(actions.propose, case, matter=matter),
        f"已提交审批：{matter.label}",
        why_not=policy.why_not_start(case, request.user, matter),
        action=f"propose:{case.code}",
        to=reverse("cases:approval", args=[case.code]),
        context=context,
    )
    return perform(request, case, deed)


def chain_preview(case: Case, matter: Matter, request: Request) -> list[str]:
    """李检察官 → 部门负责人 赵主任 → 分管副检察长 孙副检察长."""
    return [str(request.user), *(_approver(case, each, request) for each in actions.chain_of(matter))]


def _approver(case: Case, capacity: Capacity, request: Request) -> str:
    try:
        return f"{capacity.label} {rounds.approver_for(case.organisation, capacity, request.user)}"
    except Refused:
        return f"{capacity.label}（还没有可用账号）"


def returned_before(case: Case, matter: Matter) -> Proposal | None:
    """The last proposal on this matter when it was sent back: its opinions belong beside the new one."""
    last = case.proposals.filter(matter=matter).select_related("round").order_by("pk").last()
    return last if last and last.round.status == "returned" else None
