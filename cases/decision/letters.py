"""支持起诉书 of a case: drafted from the claim table, revised, compared with it, issued with the decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases import journal
from cases.decision.letter_checks import disagreements
from cases.decision.letter_facts import TYPED, support_letter_facts, with_claim_table, with_text
from cases.models import Case, CaseDocument
from cases.papers import SUPPORT_LETTER, SupportLetterFacts, oversteps
from cases.policy import why_not_at
from cases.workflow import Act, Stage
from core.refusals import Conflict, Refused
from documents import papers
from documents.facts import missing
from documents.models import Document, Issue, Version

IN_REVIEW = frozenset({Stage.REVIEW})


def letter_of(case: Case) -> Document | None:
    """The letter that is being written or was issued; void ones do not count."""
    found = Document.objects.filter(case_link__case=case, kind=SUPPORT_LETTER.key)
    return found.exclude(status=Document.Status.VOID).order_by("pk").last()


def why_not_draft(case: Case, user: User) -> str:
    """The first reason why this user may not make a first draft now; empty when they may."""
    if reason := why_not_at(case, user, IN_REVIEW, "起草支持起诉书"):
        return reason
    return "支持起诉书已经起草，请打开修改。" if letter_of(case) else ""


def why_not_revise(case: Case, user: User, document: Document) -> str:
    """The first reason why this user may not change the letter now; empty when they may."""
    if document.status != Document.Status.DRAFT:
        return f"{document}{document.get_status_display()}，不能修改。"
    return why_not_at(case, user, IN_REVIEW, "修改支持起诉书")


@transaction.atomic
def draft(case: Case, *, by: User) -> Document:
    """生成支持起诉书 draft: fields prefilled from the case."""
    case = Case.objects.lock(case)
    if reason := why_not_draft(case, by):
        raise Refused(reason)
    facts = support_letter_facts(case)
    document = papers.draft(SUPPORT_LETTER, organisation=case.organisation, facts=facts, by=by)
    CaseDocument.objects.create(case=case, document=document)
    journal.note(case, Act.DOCUMENT, by=by, text=f"起草{document}")
    return document


@transaction.atomic
def revise(case: Case, document: Document, *, by: User, expected_n: int, **typed: Any) -> Version:
    """修改: what was typed, with parties and sums taken from the claim table anew. Conflict when stale."""
    case = Case.objects.lock(case)
    if reason := why_not_revise(case, by, document):
        raise Refused(reason)
    _refuse_stale(document.latest, expected_n, typed)
    facts = with_text(with_claim_table(case, facts_of(document)), typed)
    return papers.revise(document, facts=facts, by=by, expected_n=expected_n)


@dataclass(frozen=True)
class Newest:
    """What a stale form has to be told: the draft that stands now."""

    version: int


def _refuse_stale(latest: Version, expected_n: int, typed: dict[str, Any]) -> None:
    """409 with the fields that differ, by their names on the form; the words of both are kept."""
    if latest.n == expected_n:
        return
    theirs = text_of(papers.facts_of(latest))
    mine = {name: as_text(value) for name, value in typed.items()}
    differing = {name: (mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]}
    raise Conflict(
        f"{latest.made_by} 在 {timezone.localtime(latest.made_at):%H:%M} 改过支持起诉书，请选择保留哪个。",
        current=Newest(latest.n),
        fields=differing,
    )


def text_of(facts: SupportLetterFacts) -> dict[str, str]:
    """What the form shows of a letter: the parts that people write."""
    return {name: as_text(getattr(facts, name)) for name in TYPED}


def as_text(value: str | list[str]) -> str:
    """Lists are typed one item a line."""
    return "\n".join(value) if isinstance(value, list) else value


def facts_of(document: Document) -> SupportLetterFacts:
    """The facts of the newest version."""
    return papers.facts_of(document.latest)


def court_of(document: Document) -> str:
    return facts_of(document).court


def faults(case: Case, document: Document) -> list[str]:
    """Why the letter cannot be submitted as it is: 待填, words it may not use, disagreement with the claim table."""
    facts = facts_of(document)
    labels = missing(facts)
    empty = [f"支持起诉书还有 {len(labels)} 处待填：{'、'.join(labels)}。"] if labels else []
    return [*empty, *filter(None, [oversteps(facts)]), *disagreements(case, facts)]


def issue(case: Case, document: Document, *, on: date, by: User) -> Issue:
    """签发: with the case number; text frozen, PDF ordered."""
    approved = document.latest.content_hash
    issued = papers.issue(document, number=case.official_number, issued_on=on, by=by, approved_hash=approved)
    journal.note(case, Act.DOCUMENT, by=by, text=f"签发{document} {issued.number}")
    return issued
