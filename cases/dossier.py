"""案件页: everything the page of one case shows. At most twenty queries, however many workers."""

from typing import Any

from django.db.models import Count

from accounts.models import User
from approvals.models import ApprovalRound, ApprovalStep
from cases import sections, timeline
from cases.acts import page_of
from cases.decision.proposals import last_proposal
from cases.header import Head, head_of
from cases.models import Case, CaseDocument, Evidence, Filing, Recovery, Supplement
from cases.paperwork.catalogue import paper_by
from cases.paperwork.standing import lacking
from cases.recovery.balance import with_balance
from cases.review.policy import why_not_reveal
from cases.risks import risks
from cases.workflow import Stage
from core import clock
from deadlines.models import Deadline, Task

FIRST_WORKERS = 8
BEFORE_COURT = frozenset({Stage.REGISTERED, Stage.REVIEW, Stage.APPROVAL, Stage.REJECTED, Stage.TRANSFERRED})
PAGES = {
    "claims_url": "claims",
    "review_url": "review",
    "limitation_url": "limitation",
    "evidence_url": "evidence",
    "documents_url": "documents",
    "court_url": "filing",
    "enforcement_url": "enforcement",
    "money_url": "money",
    "log_url": "log",
    "suspension_url": "suspension",
    "acceptance_url": "acceptance",
    "clocks_url": "clocks",
}


def dossier(case: Case, user: User) -> dict[str, Any]:
    """The context of templates/cases/detail.html."""
    head = head_of(case, user)
    review = getattr(head.facts, "review", None)
    claimants = list(with_balance(case).order_by("-is_representative", "pk"))
    respondents = list(case.respondents.select_related("company", "person"))
    documents = _documents(case)
    events, event_count = timeline.newest(case)
    context = {
        "case": case,
        "head": head,
        "review": review,
        "claimants": claimants,
        "respondents": respondents,
        "risks": risks(case, claimants, clock.today()),
        "evidence": _evidence(case),
        "documents": documents,
        "sums": _sums(head),
        "recoveries": list(Recovery.objects.filter(case=case).select_related("recorded_by", "verified_by")),
        "clocks": [_big(deadline) for deadline in head.deadlines],
        "tasks": Task.objects.open().visible_to(user).filter(owner_url=case.get_absolute_url()).by_clock(),
        "events": events,
        "event_count": event_count,
        "others": sections.sections_for(case, user),
        "suspension": case.suspensions.filter(lifted_on=None).first() if head.facts.suspended else None,
        "returned": _returned(case),
        "without_paper": _without_paper(case, documents),
        "supplement": _supplement(case),
        "filings": [] if case.stage in BEFORE_COURT else _filings(case),
        **workers(case, claimants, user),
        **{name: page_of(case, page) for name, page in PAGES.items()},
    }
    return context | {"anchors": anchors(context)}


def anchors(context: dict[str, Any]) -> list[dict[str, str]]:
    """The page's own contents: what follows below, with its number where that says something."""
    places = [
        ("overview", "概要", ""),
        ("parties", "当事人与欠薪", len(context["claimants"])),
        ("respondents", "被申请人", len(context["respondents"])),
        ("evidence", "证据", len(context["evidence"])),
        ("review", "审查", ""),
        ("documents", "文书", len(context["documents"])),
        *([("court", "法院与执行", "")] if context["filings"] else []),
        ("money", "回款", ""),
        *((each["key"], each["title"], "") for each in context["others"]),
        ("log", "流程记录", context["event_count"]),
    ]
    return [{"href": f"#{key}", "label": label, "count": str(n or "")} for key, label, n in places]


def workers(case: Case, claimants: list[Any], user: User) -> dict[str, Any]:
    """The workers' table: the first few at once, the rest folded; withdrawn ones last."""
    may_reveal = not why_not_reveal(case, user)
    for each in claimants:
        each.url = page_of(case, "claim", each.pk)
        each.id_url = page_of(case, "claim_reveal", each.pk, "id_number") if may_reveal else ""
        each.phone_url = page_of(case, "claim_reveal", each.pk, "phone") if may_reveal else ""
    ordered = sorted(claimants, key=lambda each: each.withdrawn_on is not None)
    return {"first_workers": ordered[:FIRST_WORKERS], "more_workers": ordered[FIRST_WORKERS:]}


def _sums(head: Head) -> list[tuple[str, Any, str]]:
    """应付、确认、已到账、未到账 (yuan). What is left follows the court's word once there is one."""
    facts = head.facts
    base = facts.confirmed_total or facts.claimed_total
    waiting = f"另有 {facts.unverified_total:,.2f} 待核对" if facts.unverified_total else ""
    return [
        ("应付", facts.claimed_total, ""),
        ("判决、调解确认", facts.confirmed_total, ""),
        ("已到账", facts.recovered_total, waiting),
        ("未到账", max(base - facts.recovered_total, 0), ""),
    ]


def _supplement(case: Case) -> Supplement | None:
    """补正通知 that waits for the materials."""
    return case.supplements.filter(completed_on=None).first() if case.stage == Stage.REGISTERED else None


def _returned(case: Case) -> tuple[str, ApprovalStep] | None:
    """退回意见 with its matter: what has to be changed before the case goes up again, until it does."""
    last = last_proposal(case) if case.stage == Stage.REVIEW else None
    if last is None or last.round.status != ApprovalRound.Status.RETURNED:
        return None
    return last.get_matter_display(), last.round.steps.select_related("actor").get(result="return")


def _evidence(case: Case) -> list[Evidence]:
    found = Evidence.objects.filter(case=case, removed_at=None).annotate(file_count=Count("files"))
    return list(found.order_by("pk"))


def _documents(case: Case) -> list[Any]:
    found: list[Any] = list(
        CaseDocument.objects.filter(case=case).select_related("document__issue").order_by("-pk")
    )
    for each in found:
        each.url = page_of(case, "document", each.document_id)
    return found


def _without_paper(case: Case, documents: list[Any]) -> list[str]:
    """Titles of 决定文书 that were void and are not written anew yet."""
    kinds = lacking(case, (each.document for each in documents))
    return [declared.paper.title for kind in kinds if (declared := paper_by(kind))]


def _filings(case: Case) -> list[Filing]:
    found = Filing.objects.filter(case=case).prefetch_related("hearings", "judgments")
    return list(found.order_by("-pk"))


def _big(deadline: Deadline) -> dict[str, Any]:
    """A clock of the rail, as components/clock_big.html takes it."""
    today = clock.today()
    return {
        "deadline": deadline,
        "state": deadline.state(today),
        "label": deadline.label(today),
        "percent": deadline.percent(today),
    }
