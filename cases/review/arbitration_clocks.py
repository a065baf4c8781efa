"""仲裁期限: what an arbitration on record starts and ends. The board's acceptance is an event (cases.occurrences)."""

from accounts.models import User
from cases import clocks
from cases.models import Arbitration, Case

BEFORE_THE_BOARD = ("A1", "A2")


def applied(case: Case, record: Arbitration, *, by: User) -> None:
    """申请仲裁: ends the time to sue after pre-suit preservation (C12); the board has five days to accept (A1)."""
    clocks.meet(case, ["C12"], on=record.applied_on, by=by)
    if record.result == Arbitration.Result.PENDING:
        clocks.start(case, "A1", on=record.applied_on, by=by, rests_on=f"arbitration-{record.pk}")
    else:
        concluded(case, record, by=by)


def concluded(case: Case, record: Arbitration, *, by: User) -> None:
    """仲裁结果: ends what ran before the board; from the receipt, not the award, the worker may sue (A3, trap 10)."""
    assert record.result_on is not None  # constraint arbitration_result_has_date
    asked = [one for one in clocks.running(case, BEFORE_THE_BOARD) if one.starts_on <= record.result_on]
    for code in BEFORE_THE_BOARD:  # of several arbitrations the one that began first
        for deadline in [one for one in asked if one.rule["code"] == code][:1]:
            clocks.meet_one(deadline, on=record.result_on, by=by, note=record.get_result_display())
    if record.result == Arbitration.Result.AWARD and record.received_on:
        rests_on = f"arbitration_received-{record.pk}"
        clocks.start(case, "A3", on=record.received_on, by=by, rests_on=rests_on)
