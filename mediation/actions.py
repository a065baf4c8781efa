"""诉前和解 in its simplest whole form: start, sessions, agreement that proposes, failure that goes back to review."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from cases import clocks as case_clocks
from cases import journal
from cases.decision.actions import propose_outright
from cases.intake.actions import refuse_future
from cases.models import Case, Claimant, TerminationGround
from cases.workflow import Act, Matter
from core.money import yuan
from core.refusals import Refused
from deadlines import clocks
from deadlines.models import PauseEvent
from mediation import performance as performance_of
from mediation import policy
from mediation.models import Agreement, AgreementShare, Mediation, MediationDeadline, Mediator, Session
from mediation.tasks import tell_mediator

Shares = dict[Claimant, tuple[Decimal, date]]


def why_not_mediator(case: Case, kind: str, mediator: Mediator | None) -> str:
    """调解员: one of the office's roster, needed where a mediation body mediates."""
    if mediator is None:
        return "由调解组织调解的，请选择调解员。" if kind in Mediation.BY_BODY else ""
    if not Mediator.objects.roster_of(case.organisation).filter(pk=mediator.pk).exists():
        return f"{mediator} 不在本院调解员名册里，请重新选择。"
    return ""


@transaction.atomic
def start(
    case: Case, *, kind: str, mediator: Mediator | None, started_on: date, willing: bool, by: User
) -> Mediation:
    """启动和解: both sides are willing (自愿, never a condition of anything); the mediator is told after commit."""
    case = Case.objects.lock(case)
    if reason := policy.why_not_start(case, by):
        raise Refused(reason)
    if not willing:
        raise Refused("和解须双方自愿。请先征询双方意愿，再启动。")
    if reason := why_not_mediator(case, kind, mediator):
        raise Refused(reason)
    refuse_future("开始日期", started_on)
    if case.accepted_on and started_on < case.accepted_on:
        raise Refused(f"开始日期早于受理日期 {case.accepted_on}，请改其中一个。")
    mediation = Mediation.objects.create(
        case=case, kind=kind, mediator=mediator, started_on=started_on, recorded_by=by
    )
    if settings.MEDIATION_SUSPENDS:
        case_clocks.pause_review(
            case,
            on=started_on,
            by=by,
            reason="诉前和解正在进行",
            cause=PauseEvent.MEDIATION,
            begun_by=f"mediation-{mediation.pk}",
        )
    journal.note(case, Act.MEDIATION, by=by, text=f"启动{mediation.get_kind_display()}")
    tell_mediator.delay_on_commit(mediation.pk)
    return mediation


def _lock(mediation: Mediation) -> tuple[Case, Mediation]:
    """Case first, then mediation, as every verb of the case does."""
    case = Case.objects.lock(Case(pk=mediation.case_id))
    mediation = Mediation.objects.lock(mediation)
    mediation.case = case
    return case, mediation


@transaction.atomic
def add_session(mediation: Mediation, *, by: User, **facts: Any) -> Session:
    """登记调解会, by the handler or the mediator to whom it was given."""
    case, mediation = _lock(mediation)
    if reason := policy.why_not_record(mediation, by):
        raise Refused(reason)
    refuse_before_start(mediation, "调解日期", facts["held_on"])
    session = Session.objects.create(mediation=mediation, recorded_by=by, **facts)
    journal.note(case, Act.MEDIATION, by=by, text=f"调解会 {session.held_on}")
    return session


def refuse_before_start(mediation: Mediation, noun: str, day: date) -> None:
    """A day of the mediation lies between its start and today."""
    refuse_future(noun, day)
    if day < mediation.started_on:
        raise Refused(f"{noun}早于开始日期 {mediation.started_on}，请改其中一个。")


def why_not_shares(case: Case, shares: Shares, made_on: date) -> str:
    """Every standing claimant has a sum of their own, not above what is owed, and a day (traps 4–6)."""
    standing = list(case.claimants.standing().select_related("person"))
    if missing := [str(one) for one in standing if one not in shares]:
        return f"还没填协议金额：{'、'.join(missing)}。不同意和解的，请先登记撤回或另行起诉。"
    for claimant, (amount, due_on) in shares.items():
        if claimant not in standing:
            return f"{claimant} 不是本案现在的申请人，不能列入协议。"
        if amount <= 0:
            return f"{claimant} 的协议金额要大于 0。"
        owed = sum((item.owed for item in claimant.items.all()), Decimal())
        if amount > owed:
            return f"{claimant} 的协议金额 {yuan(amount)} 元超过欠付 {yuan(owed)} 元，请核对。"
        if due_on < made_on:
            return f"{claimant} 的约定付款日早于签订日期，请核对。"
    return ""


@transaction.atomic
def agree(
    mediation: Mediation,
    *,
    shares: Shares,
    made_on: date,
    effective_on: date,
    performance: str,
    signed: bool,
    breach: str = "",
    is_paid: bool = False,
    by: User,
) -> Agreement:
    """登记协议 that every claimant signed: per-worker sums (yuan), by the day they are due.

    It proposes 终结审查 (和解, or 已履行 when paid) up the chain and ends nothing itself.
    """
    case, mediation = _lock(mediation)
    if reason := policy.why_not_agree(mediation, by) or why_not_shares(case, shares, made_on):
        raise Refused(reason)
    if not signed:
        raise Refused("协议须由每名申请人签字。请签字后再登记。")
    refuse_before_start(mediation, "签订日期", made_on)
    if effective_on < made_on:
        raise Refused("生效日期早于签订日期，请改其中一个。")
    agreement = Agreement.objects.create(
        mediation=mediation,
        made_on=made_on,
        effective_on=effective_on,
        performance=performance,
        breach=breach,
        is_paid=is_paid,
        recorded_by=by,
    )
    AgreementShare.objects.bulk_create(
        AgreementShare(agreement=agreement, claimant=claimant, amount=amount, due_on=due_on)
        for claimant, (amount, due_on) in shares.items()
    )
    _end(mediation, Mediation.Status.AGREED, on=made_on, by=by)
    if not is_paid:
        _start_clocks(agreement, {due_on for _, due_on in shares.values()}, by)
        performance_of.settle(case, by)  # what came between signing and registering
    _propose(agreement, shares, by)
    return agreement


def _propose(agreement: Agreement, shares: Shares, by: User) -> None:
    """送审 终结审查 on the ground of the agreement; the round is kept beside it."""
    case = agreement.mediation.case
    total = f"{len(shares)} 人共 {yuan(sum((amount for amount, _ in shares.values()), Decimal()))} 元"
    journal.note(case, Act.MEDIATION, by=by, text=f"达成协议，{total}")
    proposal = propose_outright(
        case,
        matter=Matter.TERMINATE,
        ground=TerminationGround.PERFORMED if agreement.is_paid else TerminationGround.SETTLED,
        reasons=f"当事人自愿达成协议，{total}，{agreement.performance}。",
        by=by,
    )
    agreement.round = proposal.round
    agreement.save(update_fields=["round"])


def _end(mediation: Mediation, status: str, *, on: date, by: User) -> None:
    mediation.status, mediation.ended_on = status, on
    mediation.version += 1
    mediation.save(update_fields=["status", "ended_on", "failure_reason", "version"])
    case_clocks.resume_review(
        mediation.case, on=on, by=by, cause=PauseEvent.MEDIATION, ended_by=f"mediation_end-{mediation.pk}"
    )


def _start_clocks(agreement: Agreement, due_days: set[date], by: User) -> None:
    """约定履行 (M1) for each day on which something is due; 司法确认 (C14) within 30 days, both parties jointly."""
    for due_on in sorted(due_days):
        _start(agreement, "M1", "约定付款", due_on, by)
    if agreement.mediation.kind in Mediation.BY_BODY:
        _start(agreement, "C14", "司法确认申请", agreement.effective_on, by)


def _start(agreement: Agreement, code: str, what: str, on: date, by: User) -> None:
    case = agreement.mediation.case
    deadline = clocks.start(
        code,
        organisation=case.organisation,
        responsible=case.handler or by,
        title=f"{case} {what}",
        owner_url=case.get_absolute_url(),
        starts_on=on,
        by=by,
    )
    MediationDeadline.objects.create(mediation=agreement.mediation, deadline=deadline)


@transaction.atomic
def end_confirmation(mediation: Mediation, *, applied: bool, on: date, by: User) -> Mediation:
    """登记司法确认: the parties applied to the court that day, or will not; either way its clock ends."""
    case, mediation = _lock(mediation)
    if reason := policy.why_not_confirm(mediation, by):
        raise Refused(reason)
    refuse_before_start(mediation, "日期", on)
    for link in mediation.waiting_confirmation():
        if applied:
            clocks.meet(link.deadline, on=on, by=by)
        else:
            clocks.cancel(link.deadline, by=by, reason="双方不申请司法确认")
    text = "双方已申请司法确认" if applied else "双方不申请司法确认"
    journal.note(case, Act.MEDIATION, by=by, text=f"{text} {on}")
    return mediation


@transaction.atomic
def fail(mediation: Mediation, *, reason: str, ended_on: date, by: User) -> Mediation:
    """和解未达成: back to the review, which never stopped being the case's stage."""
    case, mediation = _lock(mediation)
    if refusal := policy.why_not_fail(mediation, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填未达成的原因。")
    refuse_before_start(mediation, "结束日期", ended_on)
    mediation.failure_reason = reason
    _end(mediation, Mediation.Status.FAILED, on=ended_on, by=by)
    for link in mediation.open_deadlines():
        clocks.cancel(link.deadline, by=by, reason="和解未达成")
    journal.note(case, Act.MEDIATION, by=by, text="和解未达成，继续审查")
    return mediation
