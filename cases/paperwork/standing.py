"""报批文书 that stand: at most one of a kind at a time; void ones do not count."""

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case
from cases.workflow import PAPER_OF, Matter
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
    """The paper of this kind that is being written or was issued."""
    return papers_of_matters(case).filter(kind=kind).order_by("pk").last()


def goes_up_at(case: Case, kind: str) -> str:
    """The page on which the matter of this paper is proposed; empty for papers that are no matter's."""
    if (matter := MATTER_OF.get(kind)) is None:
        return ""
    page = "cases:suspension" if matter in BESIDE_REVIEW else "cases:decision"
    return f"{reverse(page, args=[case.code])}?matter={matter}"
