"""处理线索: the verbs of the receiving office besides conversion. The shape never varies: lock, ask, record, move."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from cases.models import Case
from core import clock
from core.refusals import Refused
from referrals import clocks, feedback, journal, policy
from referrals.intake.transferred import receive
from referrals.models import Referral, ReferralOutcome, ReturnNote
from referrals.workflow import Act, Status


@transaction.atomic
def return_for_supplement(
    referral: Referral,
    *,
    items: list[str],
    due_on: date,
    by: User,
    note: str = "",
    version: int | None = None,
) -> ReturnNote:
    """退回补正: what is missing and until when; meets P1, starts the sender's supplement clock."""
    referral = _locked(referral, Act.RETURN, by=by, version=version)
    if not items:
        raise Refused("还没选需要补正的内容，请在列表里选一项。")
    if due_on < clock.today():
        raise Refused(f"补正期限不能早于今天（{clock.today()}），请核对。")
    made = ReturnNote.objects.create(referral=referral, items=items, note=note, due_on=due_on, made_by=by)
    clocks.meet(referral, clocks.RECEIPT, on=clock.today(), by=by)
    clocks.start_supplement(referral, due_on=due_on, by=by)
    journal.move(referral, Act.RETURN, by=by, told="；".join([*made.missing, *([note] if note else [])]))
    return made


@transaction.atomic
def redirect(
    referral: Referral, *, receiving_body: str, explanation: str, by: User, version: int | None = None
) -> ReferralOutcome:
    """引导其他途径 (L4): labour inspection, arbitration, payment order, police … is the better way."""
    referral = _locked(referral, Act.REDIRECT, by=by, version=version)
    return _close(referral, Act.REDIRECT, explanation, by=by, receiving_body=receiving_body)


@transaction.atomic
def consult_only(
    referral: Referral, *, explanation: str, by: User, version: int | None = None
) -> ReferralOutcome:
    """仅咨询 (L5): only advice was asked for; `explanation` is the answer given."""
    referral = _locked(referral, Act.CONSULT, by=by, version=version)
    return _close(referral, Act.CONSULT, explanation, by=by)


@transaction.atomic
def unwilling(
    referral: Referral,
    *,
    asked_on: date,
    asked_way: str,
    explanation: str,
    by: User,
    version: int | None = None,
) -> ReferralOutcome:
    """当事人不愿 (L6): who was asked, when and how."""
    referral = _locked(referral, Act.UNWILLING, by=by, version=version)
    if asked_on > clock.today():
        raise Refused(f"询问日期不能晚于今天（{clock.today()}），请核对。")
    return _close(referral, Act.UNWILLING, explanation, by=by, asked_on=asked_on, asked_way=asked_way)


@transaction.atomic
def invalidate(
    referral: Referral,
    *,
    reason: str,
    explanation: str,
    by: User,
    duplicate_of: str = "",
    version: int | None = None,
) -> ReferralOutcome:
    """重复或无效 (L7). A duplicate names the code of the lead or case of this office that it repeats."""
    referral = _locked(referral, Act.INVALIDATE, by=by, version=version)
    original = _original(referral, duplicate_of) if reason == ReferralOutcome.Invalidity.DUPLICATE else {}
    return _close(referral, Act.INVALIDATE, explanation, by=by, invalidity=reason, **original)


@transaction.atomic
def transfer(
    referral: Referral, *, target: Organisation, explanation: str, by: User, version: int | None = None
) -> Referral:
    """移送他院: the other office gets a lead of its own in its inbox, linked back; returns that lead."""
    referral = _locked(referral, Act.TRANSFER, by=by, version=version)
    if not target.is_procuratorate or target.pk == referral.organisation_id:
        raise Refused("请在列表里选另一个检察院。")
    _close(referral, Act.TRANSFER, explanation, by=by, target=target)
    return receive(target, came_from=referral, reason=explanation, by=by)


@transaction.atomic
def annotate(referral: Referral, *, text: str, by: User) -> None:
    """内部备注: for colleagues; never shown to the sender."""
    referral = Referral.objects.lock(referral)
    if referral.organisation_id != by.organisation_id or referral.status == Status.DRAFT:
        raise Refused("只有接收院的办案人员可以写内部备注。")
    journal.record(referral, Act.NOTE, by=by, note=text)


@transaction.atomic
def feed_back(referral: Referral, *, text: str, by: User) -> None:
    """反馈结果: tell the sender what became of the lead; meets P2."""
    referral = Referral.objects.lock(referral)
    if reason := policy.why_not_feed_back(referral, by):
        raise Refused(reason)
    feedback.begin(referral)
    journal.record(referral, Act.FEEDBACK, by=by, told=text)
    clocks.meet(referral, clocks.FEEDBACK, on=clock.today(), by=by)


def _locked(referral: Referral, act: Act, *, by: User, version: int | None) -> Referral:
    referral = Referral.objects.lock(referral)
    journal.check_version(referral, version)
    if reason := policy.why_not_triage(referral, by, act):
        raise Refused(reason)
    return referral


def _close(referral: Referral, act: Act, explanation: str, *, by: User, **facts: Any) -> ReferralOutcome:
    """Record the outcome, tell the sender, end the clocks. What the portal shows at once is the feedback (P2)."""
    today = clock.today()
    journal.move(referral, act, by=by, told=explanation)
    clocks.meet(referral, clocks.RECEIPT, on=today, by=by)
    clocks.cancel(referral, clocks.SUPPLEMENT, by=by, reason="线索已办结")
    if referral.unit_id:
        clocks.start_feedback(referral, on=today, by=by)
        clocks.meet(referral, clocks.FEEDBACK, on=today, by=by)
    return ReferralOutcome.objects.create(
        referral=referral,
        kind=referral.status,
        explanation=explanation,
        decided_on=today,
        recorded_by=by,
        **facts,
    )


def _original(referral: Referral, code: str) -> dict[str, Referral | Case]:
    """What this lead repeats, by its code, in this office only."""
    lead = Referral.objects.submitted().filter(organisation=referral.organisation, code=code).first()
    if lead is not None and lead.pk != referral.pk:
        return {"duplicate_of": lead}
    if case := Case.objects.filter(organisation=referral.organisation, code=code).first():
        return {"duplicate_case": case}
    raise Refused("没有找到这个编号的线索或案件，请核对后填写本院的编号。")
