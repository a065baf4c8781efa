"""Money of a case as the tests of the figures need it: any day, any office, verified or not."""

from datetime import date
from decimal import Decimal

from cases.models import Allocation, Recovery
from core import clock
from tests.accounts.factories import UserFactory


def paid(case, shares, *, on: date | None = None, verified=True, channel="voluntary", reverses=None):
    """One recovery: `shares` is claimant → yuan. Entered by the handler, verified by a colleague."""
    shares = {claimant: Decimal(amount) for claimant, amount in shares.items()}
    checker = UserFactory(organisation=case.organisation) if verified else None
    recovery = Recovery.objects.create(
        case=case,
        organisation=case.organisation,
        paid_on=on or clock.today(),
        amount=sum(shares.values()),
        channel=channel,
        payer="示例建设工程有限公司",
        proof_note="银行回单",
        recorded_by=case.handler,
        verified_by=checker,
        verified_at=clock.now() if checker else None,
        reverses=reverses,
        reverse_reason="金额录错" if reverses else "",
    )
    Allocation.objects.bulk_create(
        Allocation(recovery=recovery, claimant=claimant, person_id=claimant.person_id, amount=amount)
        for claimant, amount in shares.items()
    )
    return recovery


def reversed_(recovery, *, verified=True):
    """The counter-entry of a recovery."""
    shares = {share.claimant: -share.amount for share in recovery.allocations.all()}
    return paid(
        recovery.case,
        shares,
        on=recovery.paid_on,
        verified=verified,
        channel=recovery.channel,
        reverses=recovery,
    )


def withdrawn(claimant):
    """撤回申请 of one claimant."""
    claimant.withdrawn_on, claimant.withdrawn_by = clock.today(), claimant.case.handler
    claimant.withdrawal_reason = "本人不再申请"
    claimant.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_reason"])
