"""报批文书: the paper of a matter, written before the matter is decided; what it lacks, its issue with the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cases import journal
from cases.models import Case, Proposal
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.standing import standing
from cases.service import following
from cases.workflow import PAPER_OF, Act, Matter
from documents import papers
from documents.models import Document, Issue


@dataclass(frozen=True)
class Gap:
    """尚缺: a whole sentence for the screen; `page` is the URL name of the case page where it can be made good, `pk`
    the document where it is one.
    """

    sentence: str
    page: str
    pk: int = 0


def paper_of(case: Case, matter: Matter) -> Document | None:
    """The paper that is being written on this matter or was issued with it; void ones do not count."""
    return standing(case, PAPER_OF[matter]) if matter in PAPER_OF else None


def paper_gaps(case: Case, matter: Matter) -> Iterator[Gap]:
    """What keeps the paper of the matter from going up: it is not there, has 待填, or disagrees with the case."""
    if matter not in PAPER_OF:
        return
    paper = paper_of(case, matter)
    if paper is None:
        declared = paper_by(PAPER_OF[matter])
        assert declared is not None  # every paper of a matter is in the catalogue (test_papers_of_matters)
        yield Gap(f"还没起草{declared.paper.title}。请先起草。", "cases:documents")
    elif paper.status == Document.Status.ISSUED:
        yield Gap(f"{paper}已签发，不能再送审。", "cases:document", paper.pk)
    else:
        for sentence in drafting.faults(case, paper):
            yield Gap(f"{paper}：{sentence}", "cases:document", paper.pk)


def issue(case: Case, proposal: Proposal, *, on: date, by: User) -> Issue | None:
    """签发 what was approved, under the case number (decisions.md 12); its files are ordered with it."""
    if proposal.document is None:
        return None
    document = proposal.document
    issued = papers.issue(
        document,
        number=case.official_number,
        issued_on=on,
        by=by,
        approved_hash=document.latest.content_hash,
    )
    following.opened(case, document, by=by)
    journal.note(case, Act.DOCUMENT, by=by, text=f"签发{document} {issued.number}")
    return issued
