"""补正: an issued paper keeps its words; a 补正决定书 says what was wrong and what stands instead (参照规则129条)."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.models import User
from cases import journal
from cases.models import Case, CaseDocument
from cases.paperwork.catalogue import Signed, paper_by, paper_for
from cases.paperwork.filling import filled
from cases.policy import why_not_handle
from cases.workflow import Act
from core.refusals import Refused
from documents import papers
from documents.body import lines
from documents.models import Document

CORRECTION = "correction_decision"
UNDER_WAY = (Document.Status.DRAFT, Document.Status.IN_APPROVAL)


def why_not_correct(case: Case, user: User, document: Document) -> str:
    """The first reason why this user may not draft a 补正决定书 for this paper; empty when they may."""
    declared = paper_for(document)
    if document.status != Document.Status.ISSUED:
        return f"{document}{document.get_status_display()}，只有已签发的文书才用补正。"
    if declared is None or declared.signed != Signed.SEAL:
        return f"{document}不是本院盖章的文书，不用补正决定书。"
    if document.kind == CORRECTION:
        return "补正决定书有误的，请作废后重新起草。"
    if document.corrections.filter(status__in=UNDER_WAY).exists():
        return "这份文书已有一份补正决定书在起草或者审批，请接着办那一份。"
    return why_not_handle(case, user)


@transaction.atomic
def draft(case: Case, document: Document, *, by: User) -> Document:
    """起草补正决定书 for an issued paper, which stays as it is: linked to it, its title, number and date filled in."""
    case = Case.objects.lock(case)
    document.refresh_from_db()
    if reason := why_not_correct(case, by, document):
        raise Refused(reason)
    declared = paper_by(CORRECTION)
    assert declared is not None  # declared at start-up
    facts = replace(filled(declared.paper.facts, case), **named(document))
    made = papers.draft(declared.paper, organisation=case.organisation, facts=facts, by=by)
    made.corrects = document
    made.save(update_fields=["corrects"])
    CaseDocument.objects.create(case=case, document=made)
    journal.note(case, Act.DOCUMENT, by=by, text=f"起草{made}，补正{document} {document.issue.number}")
    return made


def named(document: Document) -> dict[str, Any]:
    """被补正的文书 as the decision names it."""
    return {
        "paper": f"《{document.title}》（{document.issue.number}）",
        "issued_on": document.issue.issued_on,
    }


def faults_of(document: Document, facts: Any) -> list[str]:
    """What a 补正决定书 says that its issued paper does not bear out; nothing for other papers."""
    if document.kind != CORRECTION:
        return []
    paper = document.corrects
    if paper is None:
        return ["补正决定书没有对应的文书，请在要补正的文书页面起草。"]
    if paper.status != Document.Status.ISSUED:
        return [f"被补正的{paper}{paper.get_status_display()}，不能再补正。"]
    found = []
    if any(getattr(facts, name) != value for name, value in named(paper).items()):
        found.append(f"被补正的文书应当写成“{named(paper)['paper']}”，日期 {paper.issue.issued_on}。")
    if facts.old.strip() and _bare(facts.old) not in _bare("".join(lines(paper.issue.version.body))):
        found.append("“原文”在被补正的文书里找不到，请照原文书抄写要改的一句。")
    if facts.old.strip() and _bare(facts.old) == _bare(facts.new):
        found.append("“补正为”和“原文”一样，请写改正后的内容。")
    return found


def acts_of(case: Case, document: Document, user: User) -> dict[str, Any]:
    """For the page of a paper: what corrects it, what it corrects, whether a correction may be drafted."""
    return {
        "may_correct": not why_not_correct(case, user, document),
        "corrections": [] if document.status == Document.Status.DRAFT else list(document.corrected_by),
        "corrects": document.corrects,
    }


def _bare(text: str) -> str:
    return "".join(text.split())
