"""报批文书 that stand: at most one of a kind at a time; void ones do not count."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case
from cases.workflow import FLOW, IN_COURT, PAPER_OF, Matter, Move
from documents.models import Document

MATTER_OF = {kind: matter for matter, kind in PAPER_OF.items()}
OF_MATTERS = frozenset(MATTER_OF)
BESIDE_REVIEW = frozenset(
    {Matter.SUSPEND}
)  # proposed on the page of suspensions, the others on that of decisions


def papers_of_matters(case: Case) -> QuerySet[Document]:
    return Document.objects.filter(case_link__case=case, kind__in=OF_MATTERS).exclude(
        status=Document.Status.VOID
    )


def standing(case: Case, kind: str) -> Document | None:
    """The paper of this kind that is being written or was issued; that of a suspension which was lifted is past."""
    found = papers_of_matters(case).filter(kind=kind).order_by("pk").last()
    if found and found.status == Document.Status.ISSUED and MATTER_OF[kind] in BESIDE_REVIEW:
        return found if case.is_suspended else None
    return found


def is_rewritten(case: Case, kind: str) -> bool:
    """Whether the matter is decided already and its paper is written anew (the first one was void, or there was none):
    it goes up the chain of its matter again, by itself, and what it says must be what was decided.
    """
    match MATTER_OF.get(kind):
        case Matter.SUPPORT:
            return case.stage in IN_COURT
        case Matter.DECLINE | Matter.TERMINATE | Matter.WITHDRAW_SUPPORT as matter:
            return case.stage == FLOW[Move(matter.value)][1]
        case Matter.SUSPEND:
            return case.is_suspended
    return False


def held(case: Case, kind: str) -> frozenset[str]:
    """Facts that a rewritten paper may not state otherwise than they were decided. A 支持起诉书 has no reasons beside
    its own text.
    """
    if MATTER_OF.get(kind) in (None, Matter.SUPPORT) or not is_rewritten(case, kind):
        return frozenset()
    return frozenset({"reasons"})


def lacking(case: Case, documents: Iterable[Document]) -> list[str]:
    """Kinds of 决定文书 of which these, all the papers of the case, hold void ones and no issued one: the decision
    stands, its paper does not.
    """
    known = {(each.kind, each.status) for each in documents if each.kind in OF_MATTERS}
    gone = sorted(kind for kind, status in known if status == Document.Status.VOID)
    return [kind for kind in gone if is_rewritten(case, kind) and (kind, Document.Status.ISSUED) not in known]


def goes_up_at(case: Case, kind: str) -> str:
    """The page on which the matter of this paper is proposed; empty for papers that are no matter's, and once it is
    decided.
    """
    if (matter := MATTER_OF.get(kind)) is None or is_rewritten(case, kind):
        return ""
    page = "cases:suspension" if matter in BESIDE_REVIEW else "cases:decision"
    return f"{reverse(page, args=[case.code])}?matter={matter}"
