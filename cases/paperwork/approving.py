"""文书送审: a paper that is no matter of its own goes up its chain; the last agreement issues it.

What is issued is what was approved: the round's content hash is that of the version, compared at every agreement
and again at issue. The number is taken in the transaction of the last approver.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from approvals import rounds
from approvals.models import ApprovalRound
from cases import journal
from cases.approval import passing
from cases.approval.overview import rounds_of
from cases.models import Case, PaperRound
from cases.paperwork import chains, keeping, policy
from cases.paperwork.catalogue import paper_for
from cases.paperwork.drafting import faults
from cases.paperwork.issuing import release
from cases.workflow import Act
from core.refusals import Refused
from documents import papers
from documents.models import Document

MATTER = "paper"
UNSAVED = "你在这份文书里还有自动保存、没有保存成稿的修改。请先保存，或者放弃这些修改，再送审。"


def why_not_submit(case: Case, user: User, document: Document) -> str:
    """The first reason why this user may not send this paper up now; empty when they may."""
    if reason := policy.why_not_write(case, user, document):
        return reason
    declared = paper_for(document)
    if declared is None or not chains.chain_of(declared):
        return f"{document}不用审批，由承办人签发或者定稿。"
    if not chains.goes_up(case, document):
        return f"{document}随处理意见一起送审，请在处理意见的页面提交审批。"
    return policy.why_not_finish(case, user, declared, "送审")


@transaction.atomic
def submit(case: Case, document: Document, *, by: User) -> ApprovalRound:
    """提交审批: closed to changes from now on. Refused while something is 待填 or disagrees with the case."""
    case = Case.objects.lock(case)
    document.refresh_from_db()
    if reason := why_not_submit(case, by, document):
        raise Refused(reason)
    if keeping.offers(document, document.latest, by):
        raise Refused(UNSAVED)
    if found := faults(case, document):
        raise Refused(f"{document}不能送审：{' '.join(found)}")
    declared = paper_for(document)
    assert declared is not None  # why_not_submit has seen to it
    version = papers.submit(document, by=by)
    round = rounds.open(
        MATTER,
        organisation=case.organisation,
        chain=chains.chain_of(declared),
        title=f"{case}：{document}",
        owner_url=reverse("cases:paper_approval", args=[case.code, document.pk]),
        content_hash=version.content_hash,
        drafted_by=by,
        by=by,
    )
    PaperRound.objects.create(document=document, round=round, recorded_by=by)
    journal.note(case, Act.PAPER_SUBMITTED, by=by, text=str(document))
    return round


@transaction.atomic
def approve(
    case: Case,
    document: Document,
    *,
    opinion: str = "",
    by: User,
    step: int | None = None,
    read: bool = False,
) -> ApprovalRound:
    """同意: the current step. The last one issues the paper in the same transaction.

    `step` is the step that the page showed; `read` the tick 我已阅读全文. Refused when the case has changed since.
    """
    case = Case.objects.lock(case)
    document.refresh_from_db()
    if reason := chains.why_not_approve(case, document, by, step):
        raise Refused(reason)
    round = _round(document)
    act, now = passing.act_of(round), document.latest.content_hash
    round = rounds.agree(round, content_hash=now, opinion=opinion, by=by, read=read)
    if round.status != ApprovalRound.Status.APPROVED:
        journal.note(case, act, by=by, text=f"{document}：{opinion}")
        return round
    if found := faults(case, document):
        raise Refused(f"送审后案件有变化，不能签发：{' '.join(found)}可以退回修改。")
    release(case, document, approved_hash=round.content_hash, by=by)
    return round


@transaction.atomic
def send_back(
    case: Case,
    document: Document,
    *,
    opinion: str,
    by: User,
    step: int | None = None,
    reason: str = "",
    quote: str = "",
) -> ApprovalRound:
    """退回修改: the paper is a draft again, the opinion stands beside it."""
    case = Case.objects.lock(case)
    if refusal := chains.why_not_decide(document, by, step):
        raise Refused(refusal)
    round = rounds.send_back(_round(document), opinion=opinion, by=by, reason=reason, quote=quote)
    papers.send_back(document, by=by)
    journal.note(case, Act.ROUND_RETURNED, by=by, text=f"{document}：{opinion}")
    return round


@transaction.atomic
def cancel(case: Case, document: Document, *, by: User) -> ApprovalRound:
    """撤回送审: whoever submitted it takes it back before it is decided."""
    case = Case.objects.lock(case)
    if reason := chains.why_not_cancel(document, by):
        raise Refused(reason)
    round = rounds.cancel(_round(document), by=by)
    papers.send_back(document, by=by)
    journal.note(case, Act.ROUND_CANCELLED, by=by, text=str(document))
    return round


def acts_of(case: Case, document: Document, user: User) -> dict[str, Any]:
    """For the editor: whether the paper goes up, to whom, what became of it and what was said."""
    declared = paper_for(document)
    if declared is None:
        return {}
    chain = chains.chain_of(declared)
    may_have_gone_up = bool(chain) or document.status != Document.Status.DRAFT
    rounds = rounds_of(chains.every_round(document)) if may_have_gone_up else []
    return {
        "goes_up": chains.goes_up(case, document),
        "chain": [each.label for each in chain],
        "may_submit": not why_not_submit(case, user, document),
        "rounds": rounds,
    }


def _round(document: Document) -> ApprovalRound:
    round = chains.last_round(document)
    assert round is not None  # the policy has seen to it
    return round
