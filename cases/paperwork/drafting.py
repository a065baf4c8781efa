"""The verbs of a case's papers: 起草、修改、取案件数据、恢复旧稿、签发（定稿）、作废. One transaction each."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases import journal
from cases.models import Case, CaseDocument
from cases.paperwork import agreeing, correcting, keeping, policy
from cases.paperwork.catalogue import CasePaper, Signed, paper_for
from cases.paperwork.filling import Difference, differences, filled, unsaid, values_of
from cases.paperwork.issuing import give_up_number, release
from cases.paperwork.known import Known
from cases.paperwork.standing import OF_MATTERS, held
from cases.service import following
from cases.workflow import Act
from core.refusals import Conflict, Refused
from documents import papers, wordings
from documents.body import lines
from documents.facts import is_blank, missing
from documents.models import Document, Issue, Version
from documents.text import unfilled
from documents.uploads import accept_upload
from documents.word.returning import body_of
from documents.wording.writing import written

UNSAVED = "你在这份文书里还有自动保存、没有保存成稿的修改。请先保存，或者放弃这些修改，再签发。"
MOST_PARAGRAPHS, MOST_CHARACTERS = 3_000, 200_000  # a table of 300 workers has some 50,000 characters


@transaction.atomic
def draft(case: Case, declared: CasePaper, *, by: User, **typed: Any) -> Document:
    """起草: a first draft with everything that the case knows, and with what is `typed` already."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_draft(case, by, declared):
        raise Refused(reason)
    facts = replace(filled(declared.paper.facts, case), **typed)
    document = papers.draft(declared.paper, organisation=case.organisation, facts=facts, by=by)
    CaseDocument.objects.create(case=case, document=document)
    journal.note(case, Act.DOCUMENT, by=by, text=f"起草{document}")
    return document


@transaction.atomic
def revise(case: Case, document: Document, *, by: User, expected_n: int, **typed: Any) -> Version:
    """修改: what was typed; tables stay as they were taken over. Conflict where somebody was quicker."""
    latest = _writable(case, document, by)
    facts = papers.facts_of(latest)
    if latest.n != expected_n:
        _refuse_stale(latest, facts, typed)
    changed = replace(facts, **typed)
    if changed == facts:
        return latest
    return papers.revise(document, facts=changed, by=by, expected_n=expected_n)


@transaction.atomic
def take_over(
    case: Case,
    document: Document,
    *,
    by: User,
    names: Collection[str] | None = None,
    expected_n: int | None = None,
    **typed: Any,
) -> Version:
    """恢复为案件数据: the named facts (`found.sum`: the sums in that text), or all that disagree, as the case says now;
    what was typed beside them is saved with it.
    """
    latest = _writable(case, document, by)
    facts = papers.facts_of(latest)
    if expected_n not in (None, latest.n):
        _refuse_stale(latest, facts, typed)
    changed = replace(facts, **typed)
    if names is None:
        names = [each.name for each in disagreements(case, document, changed)]
    changed = replace(changed, **values_of(type(facts), case, names))
    changed = agreeing.put_right(document.kind, changed, case, names)
    paper = papers.paper_of(document)
    if changed == facts and latest.template_version == wordings.current(paper, document.organisation)[1]:
        return latest  # else the text is made anew from the same facts
    return papers.revise(document, facts=changed, by=by, expected_n=latest.n)


@transaction.atomic
def from_word(case: Case, document: Document, *, file: File, expected_n: int, by: User) -> Version:
    """修改后的 Word 传回: a new draft with this text; the file itself is kept. What it no longer says is listed by
    `unsaid`.
    """
    _writable(case, document, by)
    attachment = accept_upload(file, organisation=case.organisation, by=by)
    with attachment.file.open("rb") as stored:
        body = body_of(stored.read())
    _check_length(body)
    version = papers.retype(document, body=body, by=by, expected_n=expected_n)
    journal.note(case, Act.DOCUMENT, by=by, text=f"传回修改后的{document}，第 {version.n} 稿")
    return version


@transaction.atomic
def restore(case: Case, document: Document, *, n: int, by: User) -> Version:
    """恢复旧稿: what draft `n` said, as a new draft; nothing is lost in between."""
    latest = _writable(case, document, by)
    earlier = document.versions.filter(n=n).first()
    if earlier is None:
        raise Refused(f"没有第 {n} 稿，请在历史版本里选。")
    if earlier.body == latest.body and earlier.facts_json == latest.facts_json:
        return latest
    if earlier.template_version == papers.FROM_WORD:
        return papers.retype(document, body=earlier.body, by=by, expected_n=latest.n)
    return papers.revise(document, facts=papers.facts_of(earlier), by=by, expected_n=latest.n)


def faults(case: Case, document: Document) -> list[str]:
    """Why the paper cannot leave as it is: 待填, and facts that no longer agree with the case."""
    latest = document.latest
    facts = papers.facts_of(latest)
    labels = list(dict.fromkeys([*missing(facts), *unfilled(latest.body)]))
    empty = [f"还有 {len(labels)} 处待填：{'、'.join(labels)}。"] if labels else []
    lost = unsaid(facts, latest.body) if latest.template_version == papers.FROM_WORD else []
    gone = [f"传回的 Word 里找不到：{'、'.join(lost)}。请改 Word 再传，或者恢复旧稿。"] if lost else []
    early = [
        f"案件里还没有“{label}”，请先在案件里办理，再取案件数据。"
        for label in not_yet_in_case(document, facts, case)
    ]
    wrong = correcting.faults_of(document, facts)
    return [*empty, *gone, *early, *oversteps(document, facts), *wrong] + [
        f"{each.label}写的是“{each.here}”，案件现在是“{each.there}”。请改正，或者取案件数据。"
        for each in disagreements(case, document, facts)
    ]


def oversteps(document: Document, facts: Any) -> list[str]:
    """What this paper says and may not say."""
    declared = paper_for(document)
    return declared.oversteps(facts) if declared and declared.oversteps else []


def disagreements(case: Case, document: Document, facts: Any) -> list[Difference]:
    """不一致 of the paper and the case, in its facts and in its texts; each can be taken over by its name."""
    known, firm = Known(case), held(case, document.kind)
    slips = agreeing.slips(document.kind, facts, case, known, firm)
    return [*differences(facts, case, firm, known), *slips]


@transaction.atomic
def issue(case: Case, document: Document, *, by: User) -> Issue:
    """签发 (with a number of its series), or 定稿 where the paper has none: then it goes by the case's own number."""
    case = Case.objects.lock(case)
    latest = _writable(case, document, by)
    declared = paper_for(document)
    if declared and (reason := policy.why_not_issue(case, by, declared)):
        raise Refused(reason)
    if keeping.offers(document, latest, by):
        raise Refused(UNSAVED)
    if found := faults(case, document):
        raise Refused(f"{document}不能签发：{' '.join(found)}")
    return release(case, document, approved_hash=latest.content_hash, by=by)


@transaction.atomic
def void(case: Case, document: Document, *, reason: str, by: User) -> Document:
    """作废: with a reason; text, file and number stay."""
    case = Case.objects.lock(case)
    document.refresh_from_db()
    if refusal := policy.why_not_void(case, by, document):
        raise Refused(refusal)
    document = papers.void(document, reason=reason, by=by)
    give_up_number(document, reason=reason, by=by)
    following.follow(case, document, by=by)
    journal.note(case, Act.DOCUMENT, by=by, text=f"作废{document}：{reason}")
    return document


def not_yet_in_case(document: Document, facts: Any, case: Case) -> list[str]:
    """What a sealed paper states and the case does not know: nobody notifies of what was never done.

    The paper of a matter is written first, and the case learns from it when it is decided.
    """
    declared = paper_for(document)
    if declared is None or declared.signed != Signed.SEAL or document.kind in OF_MATTERS:
        return []
    known = values_of(type(facts), case)
    return [
        field.metadata["label"]
        for field in fields(facts)
        if field.metadata["required"]
        and not field.metadata["is_long"]
        and field.name in known
        and is_blank(known[field.name])
        and not is_blank(getattr(facts, field.name))
    ]


def _check_length(body: str) -> None:
    """What is far longer than any paper is the wrong file, and would stop editor, comparison and print."""
    said = lines(body)
    if len(said) > MOST_PARAGRAPHS:
        raise Refused(
            f"这个 Word 文件有 {len(said):,} 段，文书最多 {MOST_PARAGRAPHS:,} 段。请核对是不是传错了文件。"
        )
    if (length := sum(map(len, said))) > MOST_CHARACTERS:
        raise Refused(
            f"这个 Word 文件有 {length:,} 字，文书最多 {MOST_CHARACTERS:,} 字。请核对是不是传错了文件。"
        )


@dataclass(frozen=True)
class Newest:
    """What a stale form has to be told: the draft that stands now."""

    version: int


def _writable(case: Case, document: Document, by: User) -> Version:
    case = Case.objects.lock(case)
    document.refresh_from_db()
    if paper_for(document) is None:
        raise Refused(f"{document}在它自己的页面修改。")
    if reason := policy.why_not_write(case, by, document):
        raise Refused(reason)
    return document.latest


def _refuse_stale(latest: Version, facts: Any, typed: dict[str, Any]) -> None:
    """409 with the fields that differ; the words of both are kept."""
    fields = {
        name: (written(mine), written(theirs))
        for name, mine in typed.items()
        if mine != (theirs := getattr(facts, name))
    }
    raise Conflict(
        f"{latest.made_by} 在 {timezone.localtime(latest.made_at):%H:%M} 改过这份文书，请选择保留哪个。",
        current=Newest(latest.n),
        fields=fields,
    )
