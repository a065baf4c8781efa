"""Papers (文书): declared once, drafted, revised, approved as a text, issued frozen, voided with a reason.

The apps that own a paper declare it in their `papers.py` and fill its facts; nothing here knows a case.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from core import clock
from core.refusals import Conflict, Refused
from documents import tasks, text, wordings, working_copies
from documents.declaring import Older, Paper, paper_of, register
from documents.facts import differing, from_json, missing, to_json
from documents.models import Document, Issue, Rendition, Version

__all__ = ["Older", "Paper", "paper_of", "register"]
Status = Document.Status
FROM_WORD = "Word"  # the `template_version` of a text that came back from Word


def facts_of(version: Version) -> Any:
    """The facts of a version as the paper's dataclass."""
    paper = paper_of(version.document)
    return from_json(paper.facts, version.facts_json, paper.older)


@transaction.atomic
def draft(paper: Paper, *, organisation: Organisation, facts: Any, by: User) -> Document:
    """起草: a document with its first version (`document.latest`). The owner links to it in the same transaction."""
    document = Document.objects.create(
        organisation=organisation, kind=paper.key, title=paper.title, created_by=by
    )
    _write(document, n=1, facts=facts, by=by)
    return document


@transaction.atomic
def revise(document: Document, *, facts: Any, by: User, expected_n: int) -> Version:
    """修改: a new version made from version `expected_n`. Conflict when somebody was quicker."""
    document = _locked(document, Status.DRAFT)
    latest = document.latest
    if latest.n != expected_n:
        mine, theirs = (text.parsed(to_json(each)) for each in (facts, facts_of(latest)))
        raise Conflict(
            f"{latest.made_by} 在 {timezone.localtime(latest.made_at):%H:%M} 改过这份文书。请选择保留哪个。",
            current=latest,
            fields=differing(paper_of(document).facts, mine, theirs),
        )
    return _write(document, n=latest.n + 1, facts=facts, by=by)


@transaction.atomic
def retype(document: Document, *, body: str, by: User, expected_n: int) -> Version:
    """修改后的 Word 传回: the facts as they were, the text as it was edited. Conflict when somebody was quicker."""
    document = _locked(document, Status.DRAFT)
    latest = document.latest
    if latest.n != expected_n:
        raise Conflict(
            f"{latest.made_by} 已经保存了第 {latest.n} 稿。请重新下载 Word 再改。", current=latest, fields={}
        )
    return Version.objects.create(
        document=document,
        n=latest.n + 1,
        facts_json=latest.facts_json,
        body=body,
        template_version=FROM_WORD,
        content_hash=text.digest(latest.facts_json, body, FROM_WORD),
        made_by=by,
    )


@transaction.atomic
def submit(document: Document, *, by: User) -> Version:
    """送审: the text is closed to changes; what will be approved is `version.content_hash`."""
    document = _locked(document, Status.DRAFT)
    _check_complete(document.latest)
    _move(document, Status.IN_APPROVAL)
    return document.latest


@transaction.atomic
def send_back(document: Document, *, by: User) -> Document:
    """退回修改: open to changes again."""
    return _move(_locked(document, Status.IN_APPROVAL), Status.DRAFT)


@transaction.atomic
def issue(document: Document, *, number: str, issued_on: date, by: User, approved_hash: str) -> Issue:
    """签发: the approved text with number and date, frozen; its PDF is made after commit."""
    document = _locked(document, Status.DRAFT, Status.IN_APPROVAL)
    approved = document.latest
    if text.digest(approved.facts_json, approved.body, approved.template_version) != approved_hash:
        raise Refused("文书内容与审批通过的不一致，不能签发。请把现在的文书重新送审。")
    _check_complete(approved)
    final = _copy(approved, body=text.stamp(approved.body, number, issued_on), by=by)
    _move(document, Status.ISSUED)
    issued = Issue.objects.create(
        document=document, version=final, number=number, issued_on=issued_on, issued_by=by
    )
    working_copies.forget(document)
    for kind in Rendition.Kind:
        tasks.render.delay_on_commit(Rendition.objects.create(version=final, kind=kind).pk)
    return issued


@transaction.atomic
def void(document: Document, *, reason: str, by: User) -> Document:
    """作废: from any state, with a reason; text and file stay as they were."""
    document = _locked(document, Status.DRAFT, Status.IN_APPROVAL, Status.ISSUED)
    if not reason.strip():
        raise Refused("还没填作废原因。")
    document.status, document.void_reason = Status.VOID, reason.strip()
    document.voided_at, document.voided_by = clock.now(), by
    document.save(update_fields=["status", "void_reason", "voided_at", "voided_by"])
    working_copies.forget(document)
    return document


def _locked(document: Document, *allowed: Document.Status) -> Document:
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.status not in allowed:
        raise Refused(f"{document}{document.get_status_display()}，不能这样办理。请刷新后查看。")
    return document


def _move(document: Document, status: Document.Status) -> Document:
    document.status = status
    document.save(update_fields=["status"])
    return document


def _write(document: Document, *, n: int, facts: Any, by: User) -> Version:
    paper, facts_json = paper_of(document), to_json(facts)
    body, template_version = wordings.written(paper, document, facts)
    return Version.objects.create(
        document=document,
        n=n,
        facts_json=facts_json,
        body=body,
        template_version=template_version,
        content_hash=text.digest(facts_json, body, template_version),
        made_by=by,
    )


def _copy(approved: Version, *, body: str, by: User) -> Version:
    return Version.objects.create(
        document=approved.document,
        n=approved.n + 1,
        facts_json=approved.facts_json,
        body=body,
        template_version=approved.template_version,
        content_hash=approved.content_hash,
        made_by=by,
    )


def _check_complete(version: Version) -> None:
    if labels := list(dict.fromkeys([*missing(facts_of(version)), *text.unfilled(version.body)])):
        raise Refused(f"文书还有待填：{'、'.join(labels)}。请补齐后再办。")
