"""报批文书: the paper of a matter, written before the matter is decided; what it lacks, its issue with the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from cases import journal
from cases.decision.grounds import GROUNDS, ground_label, why_incomplete
from cases.models import Case, Proposal
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.standing import MATTER_OF, standing
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
        found = drafting.faults(case, paper)
        if (
            not found
            and matter != Matter.SUPPORT
            and (lacks := why_incomplete(case, matter, **terms_of(paper)))
        ):
            found = [lacks]
        for sentence in found:
            yield Gap(f"{paper}：{sentence}", "cases:document", paper.pk)


def terms_of(paper: Document) -> dict[str, Any]:
    """What the paper says of its matter; the proposal says the same, for it is read from here."""
    facts, matter = papers.facts_of(paper.latest), MATTER_OF[paper.kind]
    if matter == Matter.SUPPORT:
        return {"court": facts.court}
    codes = {str(label): str(code) for code, label in GROUNDS[matter].choices}
    terms = {"ground": codes.get(facts.ground, ""), "reasons": facts.reasons}
    return terms | ({"starts_on": facts.suspended_on} if matter == Matter.SUSPEND else {})


def facts_for(matter: Matter, *, ground: str, reasons: str, starts_on: date | None = None) -> dict[str, Any]:
    """The same the other way round: what is going to be proposed, as facts of its paper."""
    facts = {"ground": ground_label(matter, ground), "reasons": reasons}
    return facts | ({"suspended_on": starts_on} if matter == Matter.SUSPEND else {})


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
    journal.note(case, Act.DOCUMENT, by=by, text=f"签发{document} {issued.number}", quiet=True)
    return issued
