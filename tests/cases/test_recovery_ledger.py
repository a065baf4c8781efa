"""台账: any order of entering, verifying, returning and reversing keeps the sums; planted faults are found."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Allocation, Recovery
from cases.recovery import actions, check, ledger
from core.refusals import Refused
from tests.cases.court import days_ago, enforced_case, enter, paid
from tests.cases.factories import case_of_office

KINDS = st.sampled_from(["enter", "verify", "return", "reverse"])
FEN = st.integers(min_value=-200_000, max_value=1_500_000)
STEPS = st.lists(st.tuples(KINDS, FEN, FEN, st.integers(0, 5)), max_size=14)


def step(case, cast, kind, first, second, which):
    """One act with whatever values; refusals are answers too."""
    entries = list(Recovery.objects.filter(case=case).order_by("pk"))
    entry = entries[which % len(entries)] if entries else None
    try:
        if kind == "enter":
            enter(case, cast.clerk, Decimal(first).scaleb(-2), Decimal(second).scaleb(-2))
        elif entry and kind == "verify":
            actions.verify(entry, by=cast.prosecutor if entry.recorded_by == cast.clerk else cast.clerk)
        elif entry and kind == "return":
            actions.return_entry(entry, reason="与回单不符", by=cast.prosecutor)
        elif entry:
            actions.reverse(entry, reason="重复", by=[cast.clerk, cast.prosecutor][which % 2])
    except Refused:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_the_shares_add_up_and_nobody_gets_more_than_is_due(cast, steps):
    case = case_of_office(cast, enforcement=True)

    for each in steps:
        step(case, cast, *each)

    verified = Recovery.objects.filter(case=case).verified()
    whole = verified.aggregate(sum_=Sum("amount"))["sum_"] or 0
    shares = Allocation.objects.filter(recovery__in=verified).aggregate(sum_=Sum("amount"))["sum_"] or 0
    assert whole == shares
    assert list(check.findings()) == []
    for claimant in case.claimants.all():
        counted = claimant.allocations.filter(recovery__verified_at__isnull=False)
        got = counted.aggregate(sum_=Sum("amount"))["sum_"] or 0
        assert 0 <= got <= claimant.items.get().owed


@pytest.fixture
def entries(cast):
    """A verified entry, one waiting, and a verified entry with its reversal."""
    case = enforced_case(cast)
    good, wrong = paid(case, cast, "100.00", "50.00"), paid(case, cast, "7.00", "0")
    counter = actions.reverse(wrong, reason="重复", by=cast.clerk)
    return {"good": good, "waiting": enter(case, cast.clerk, "1.00", "0"), "counter": counter, "wrong": wrong}


def plant(sql, *values):
    """A fault past triggers and constraints' authors, as a hand on the database would plant it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was done rightly is checked before
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def told():
    errors = StringIO()
    with pytest.raises(CommandError, match=r"回款台账有 \d+ 处不符"):
        call_command("verify_ledger", stderr=errors)
    return errors.getvalue()


def test_a_whole_ledger_says_so(entries):
    out = StringIO()
    call_command("verify_ledger", stdout=out)

    assert out.getvalue() == "回款台账相符。\n"


@pytest.mark.parametrize(
    ("sql", "which", "sentence"),
    [
        ("UPDATE cases_recovery SET amount = amount + 1 WHERE id = %s", "good", "分配合计与金额不一致"),
        ("DELETE FROM cases_allocation WHERE recovery_id = %s", "good", "分配合计与金额不一致"),
        ("UPDATE cases_recovery SET verified_at = NULL, verified_by_id = NULL WHERE id = %s", "wrong", ""),
    ],
)
def test_a_planted_fault_is_found_and_named_by_its_key(entries, sql, which, sentence):
    plant(sql, entries[which].pk)

    found = told()

    assert sentence in found
    assert str(entries["counter" if which == "wrong" else which].pk) in found


def test_a_share_of_somebody_else_is_found(cast, entries):
    foreign = case_of_office(cast).claimants.first()
    share = entries["good"].allocations.first()
    plant("UPDATE cases_allocation SET person_id = %s WHERE id = %s", foreign.person_id, share.pk)
    assert f"分配 {share.pk} 的人员与申请人不一致。" in told()

    plant(
        "UPDATE cases_allocation SET claimant_id = %s, person_id = %s WHERE id = %s",
        *(foreign.pk, foreign.person_id, share.pk),
    )
    assert f"分配 {share.pk} 的申请人不属于该案。" in told()


def test_an_entry_of_another_office_is_found(cast, entries):
    plant(
        "UPDATE cases_recovery SET organisation_id = %s WHERE id = %s",
        cast.other_office.pk,
        entries["good"].pk,
    )

    assert "单位与案件的承办院不一致" in told()


def test_a_reversal_that_takes_back_from_others_is_found(entries):
    counter, other = entries["counter"], entries["good"].allocations.order_by("claimant").last()
    plant(
        "UPDATE cases_allocation SET claimant_id = %s, person_id = %s WHERE recovery_id = %s",
        *(other.claimant_id, other.person_id, counter.pk),
    )

    assert f"到账 {counter.pk} 冲正的分配与原登记不相抵。" in told()


def test_the_ledger_narrows_and_sums_by_channel(cast, entries):
    case = entries["good"].case
    paid(case, cast, "3.00", "0", channel="enforced", paid_on=days_ago(0), payer="集宁区人民法院")
    user = cast.prosecutor

    every = ledger.rows(user, ledger.Wanted())
    assert every.count() == 5
    assert [(s.label, str(s.amount)) for s in ledger.sums_by_channel(every)] == [
        ("判决后履行", "157.00"),
        ("执行到位", "3.00"),
    ]
    assert ledger.total(ledger.rows(user, ledger.Wanted(since=days_ago(0)))) == Decimal("3.00")
    wanted = {"waiting": 2, "verified": 3, "returned": 0, "reversal": 1}
    assert {s: ledger.rows(user, ledger.Wanted(state=s)).count() for s in wanted} == wanted
    assert ledger.rows(user, ledger.Wanted(channel="enforced", text="法院")).count() == 1
    assert ledger.rows(user, ledger.Wanted(handler=cast.prosecutor.pk, until=days_ago(1))).count() == 4
    assert ledger.rows(cast.other, ledger.Wanted()).count() == 0
