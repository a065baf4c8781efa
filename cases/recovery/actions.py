"""到账: entered by one, verified by another, corrected by counter-entry only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from cases import journal
from cases.models import Allocation, Case, Claimant, Recovery
from cases.recovery import balance, followers, policy
from cases.workflow import Act
from core import clock
from core.money import yuan
from core.refusals import Refused
from documents.models import Attachment
from documents.uploads import accept_upload


def _why_not_these(
    case: Case, amount: Decimal, paid_on: date, shares: policy.Shares, excess_reason: str
) -> str:
    if amount <= 0:
        return "到账金额要大于 0。"
    if paid_on > clock.today():
        return f"到账日期 {paid_on} 还没到，请改成今天或以前的日期。"
    if paid_on < case.received_on:
        return f"到账日期早于收到申请的日期 {case.received_on}，请核对。"
    if any(claimant.case_id != case.pk for claimant in shares):
        return "分配里有不属于本案的申请人，请刷新后重填。"
    if reason := policy.why_not_allocate(amount, shares):
        return reason
    by_id = {claimant.pk: share for claimant, share in shares.items()}
    over = balance.excesses(balance.with_balance(case), by_id)
    if over and not excess_reason.strip():
        return f"{'；'.join(over)}。请核对金额；确有利息等超出部分，请写明超出诉求的说明。"
    return ""


@transaction.atomic
def enter(
    case: Case,
    *,
    paid_on: date,
    amount: Decimal,
    channel: str,
    payer: str,
    allocations: dict[Claimant, Decimal],
    by: User,
    proof: Attachment | None = None,
    proof_note: str = "",
    excess_reason: str = "",
) -> Recovery:
    """登记到账 (yuan), allocated to claimants. Counts nowhere until another person has verified it."""
    case = Case.objects.lock(case)
    reason = policy.why_not_enter(case, by) or _why_not_these(
        case, amount, paid_on, allocations, excess_reason
    )
    if reason:
        raise Refused(reason)
    if proof is None and not proof_note.strip():
        raise Refused("还没有凭证。请上传凭证，或者写明凭证情况。")
    recovery = Recovery.objects.create(
        case=case,
        organisation=case.organisation,
        paid_on=paid_on,
        amount=amount,
        channel=channel,
        payer=payer,
        proof=proof,
        proof_note=proof_note,
        excess_reason=excess_reason,
        recorded_by=by,
    )
    _allocate(recovery, allocations)
    journal.note(
        case, Act.RECOVERY_ENTERED, by=by, text=f"{yuan(amount)} 元，{recovery.get_channel_display()}"
    )
    return recovery


def _allocate(recovery: Recovery, shares: dict[Claimant, Decimal]) -> None:
    Allocation.objects.bulk_create(
        Allocation(recovery=recovery, claimant=claimant, person_id=claimant.person_id, amount=share)
        for claimant, share in shares.items()
    )


@transaction.atomic
def enter_with_file(case: Case, *, file: File | None, by: User, **facts: Any) -> Recovery:
    """登记到账 with the proof as it was uploaded; a refused entry keeps no file."""
    proof = accept_upload(file, organisation=case.organisation, by=by) if file else None
    return enter(case, proof=proof, by=by, **facts)


@transaction.atomic
def verify(recovery: Recovery, *, by: User) -> Recovery:
    """核对到账: from now on it counts, and never changes; what was agreed to be paid is met by it, or open again."""
    case = Case.objects.lock(recovery.case)
    recovery = Recovery.objects.lock(recovery)
    if reason := policy.why_not_verify(recovery, by):
        raise Refused(reason)
    recovery.verified_by, recovery.verified_at = by, clock.now()
    recovery.save(update_fields=["verified_by", "verified_at"])
    act = Act.RECOVERY_REVERSED if recovery.reverses_id else Act.RECOVERY_VERIFIED
    journal.note(case, act, by=by, text=f"{yuan(recovery.amount)} 元")
    followers.follow(case, by=by)
    return recovery


@transaction.atomic
def return_entry(recovery: Recovery, *, reason: str, by: User) -> Recovery:
    """退回到账登记: it stays with its reason and counts nowhere; the right one is entered anew."""
    case = Case.objects.lock(recovery.case)
    recovery = Recovery.objects.lock(recovery)
    if refusal := policy.why_not_verify(recovery, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填退回原因。")
    recovery.returned_by, recovery.returned_at, recovery.return_reason = by, clock.now(), reason
    recovery.save(update_fields=["returned_by", "returned_at", "return_reason"])
    journal.note(case, Act.RECOVERY_RETURNED, by=by, text=reason)
    return recovery


@transaction.atomic
def reverse(recovery: Recovery, *, reason: str, by: User) -> Recovery:
    """冲正: a counter-entry of the whole sum and every share, dated as the wrong one; waits for verification."""
    case = Case.objects.lock(recovery.case)
    recovery = Recovery.objects.lock(recovery)
    if refusal := policy.why_not_reverse(recovery, by):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused("还没填冲正原因。")
    counter = Recovery.objects.create(
        case=case,
        organisation=recovery.organisation,
        paid_on=recovery.paid_on,
        amount=-recovery.amount,
        channel=recovery.channel,
        payer=recovery.payer,
        proof_note=f"冲正 {recovery.paid_on} 到账",
        reverses=recovery,
        reverse_reason=reason,
        recorded_by=by,
    )
    shares = {share.claimant: -share.amount for share in recovery.allocations.select_related("claimant")}
    _allocate(counter, shares)
    journal.note(case, Act.RECOVERY_ENTERED, by=by, text=f"冲正 {yuan(recovery.amount)} 元：{reason}")
    return counter
