"""到账: entered by one, verified by another, returned or reversed; the shares add up to the fen."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.models import Recovery
from cases.recovery import actions
from cases.recovery.balance import figures, in_proportion, with_balance
from cases.workflow import Stage
from core import clock
from tests.cases.court import days_ago, enforced_case, enter, fresh, judged_case, paid
from tests.cases.factories import CaseFactory, ClaimantFactory, case_of_office
from tests.cases.traces import locks_first, refused

D = Decimal


def sums(case):
    return {label: amount for label, amount, _ in figures(case)}


@pytest.fixture
def case(cast):
    return enforced_case(cast)


def test_money_counts_only_once_it_is_verified(cast, case):
    entry = enter(case, cast.clerk, "12000.00", "3000.00")
    assert sums(case)["已到账"] == 0
    assert figures(case)[2][2] == "另有 15,000.00 待核对"

    actions.verify(entry, by=cast.prosecutor)

    assert sums(case) == {
        "应付": D("20000.00"),
        "判决、调解确认": D("20000.00"),
        "已到账": D("15000.00"),
        "未到账": D("5000.00"),
    }
    assert [kind for kind in case.events.values_list("kind", flat=True)][-2:] == [
        "recovery_entered",
        "recovery_verified",
    ]


def test_entering_locks_the_case_before_it_looks(cast, case):
    with locks_first():
        enter(case, cast.clerk)


def test_allocations_keep_the_person_beside_the_claimant(cast, case):
    entry = enter(case, cast.clerk)

    assert all(share.person_id == share.claimant.person_id for share in entry.allocations.all())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"amount": D("19999.00")},
            "2 人合计 20,000.00 元，与到账金额 19,999.00 元不一致。请改分配，或点“按比例分配”",
        ),
        ({"amount": D("0.00")}, "到账金额要大于 0"),
        ({"amount": D("-1.00")}, "到账金额要大于 0"),
        ({"allocations": {}}, "还没分配到人"),
        ({"paid_on": days_ago(-1)}, "到账日期 .* 还没到"),
        ({"paid_on": days_ago(81)}, "到账日期早于收到申请的日期"),
        ({"proof_note": " "}, "还没有凭证"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(cast, case, fields, sentence):
    with refused(sentence):
        enter(case, cast.clerk, **fields)


def test_shares_of_strangers_of_nothing_or_below_are_refused(cast, case):
    first, second = case.claimants.select_related("person").order_by("pk")
    foreign = ClaimantFactory()

    with refused("不属于本案"):
        enter(case, cast.clerk, amount=D(5), allocations={foreign: D(5)})
    for share in (D("0.00"), D("-5.00")):
        with refused(f"{second} 的分配金额要大于 0"):
            enter(case, cast.clerk, amount=D(5), allocations={first: D(5), second: share})


def test_who_has_withdrawn_gets_nothing(cast, case):
    second = case.claimants.order_by("pk").last()
    second.withdrawn_on, second.withdrawn_by, second.withdrawal_reason = days_ago(3), cast.clerk, "本人撤回"
    second.save()

    with refused(f"{second} 已于 {days_ago(3)} 撤回申请，不能分配"):
        enter(case, cast.clerk, amount=D(5), allocations={second: D(5)})


def test_more_than_is_due_needs_a_word_and_names_who_and_how_much(cast, case):
    second = case.claimants.order_by("pk").last()
    enter(case, cast.clerk, "0", "7000.00")

    with refused(f"{second} 超出应得 500.00 元"):
        enter(case, cast.clerk, "0", "1500.00")
    enter(case, cast.clerk, "0", "1500.00", excess_reason="含逾期利息 500 元")


def test_the_court_may_have_given_more_than_was_claimed(cast):
    case = judged_case(cast)
    first = case.claimants.order_by("pk").first()
    award = first.awards.get()
    award.amount = D("13000.00")
    award.save()

    assert enter(case, cast.clerk, "13000.00", "0").amount == D("13000.00")


@pytest.mark.parametrize(("stage", "sentence"), [("", "案件还没受理"), ("archived", "案件已归档")])
def test_no_money_before_acceptance_nor_after_archive(cast, stage, sentence):
    case = case_of_office(cast, **({"closed": True} if stage else {}))
    if stage:
        type(case).objects.filter(pk=case.pk).update(stage=Stage.ARCHIVED)

    with refused(sentence):
        enter(fresh(case), cast.clerk)


@pytest.mark.parametrize("stage", ["review", "approval", "supported", "trial", "closed"])
def test_money_may_come_at_any_stage_between(cast, stage):
    case = case_of_office(cast, **{stage: True})

    assert enter(case, cast.clerk).state == "waiting"


@pytest.mark.parametrize("who", ["chief", "other", "prosecutor2"])
def test_people_who_do_not_handle_the_case_enter_nothing(cast, case, who):
    with refused("办案人员|承办"):
        enter(case, getattr(cast, who))


@pytest.mark.parametrize(
    "act", [actions.verify, lambda entry, by: actions.return_entry(entry, reason="错", by=by)]
)
@pytest.mark.parametrize(
    ("who", "sentence"),
    [("clerk", "登记人不能核对自己登记的到账"), ("chief", "只有本院办案人员"), ("other", "只有本院办案人员")],
)
def test_who_may_not_verify(cast, case, act, who, sentence):
    entry, person = enter(case, cast.clerk), getattr(cast, who)

    with refused(sentence):
        act(entry, by=person)


def test_verified_is_verified(cast, case):
    entry = paid(case, cast)

    with refused("李检察官 已核对这笔到账"):
        actions.verify(entry, by=cast.assistant)
    with refused("已核对这笔到账"):
        actions.return_entry(entry, reason="看错", by=cast.assistant)
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        Recovery.objects.filter(pk=entry.pk).update(payer="某人")


def test_a_returned_entry_stays_with_its_reason_and_counts_nowhere(cast, case):
    entry = enter(case, cast.clerk)
    with refused("还没填退回原因"):
        actions.return_entry(entry, reason=" ", by=cast.prosecutor)

    actions.return_entry(entry, reason="金额与回单不符", by=cast.prosecutor)

    entry.refresh_from_db()
    assert (entry.state, sums(case)["已到账"]) == ("returned", 0)
    with refused("这笔登记已退回"):
        actions.verify(entry, by=cast.prosecutor)
    assert enter(case, cast.clerk).state == "waiting"


def test_a_reversal_takes_everything_back_once_another_has_verified_it(cast, case):
    entry = paid(case, cast)

    counter = actions.reverse(entry, reason="重复登记", by=cast.clerk)

    assert sums(case)["已到账"] == D("20000.00")
    with refused("登记人不能核对"):
        actions.verify(counter, by=cast.clerk)
    actions.verify(counter, by=cast.prosecutor)
    assert sums(case)["已到账"] == 0
    assert [share.amount for share in counter.allocations.order_by("claimant")] == [D("-12000"), D("-8000")]


def test_what_cannot_be_reversed(cast, case):
    waiting = enter(case, cast.clerk, "1.00", "0")
    entry = paid(case, cast, "2.00", "0")
    with refused("还没核对的登记不用冲正"):
        actions.reverse(waiting, reason="错", by=cast.clerk)
    with refused("还没填冲正原因"):
        actions.reverse(entry, reason=" ", by=cast.clerk)
    counter = actions.reverse(entry, reason="错", by=cast.clerk)
    with refused("已登记冲正，不能再次冲正"):
        actions.reverse(entry, reason="错", by=cast.clerk)
    actions.verify(counter, by=cast.prosecutor)
    with refused("冲正分录不能再冲正"):
        actions.reverse(counter, reason="错", by=cast.clerk)


def test_a_reversal_that_waits_frees_nothing_yet(cast, case):
    entry = paid(case, cast)
    counter = actions.reverse(entry, reason="重复", by=cast.clerk)

    with refused("超出应得"):
        enter(case, cast.clerk, "1.00", "0")
    actions.verify(counter, by=cast.prosecutor)
    assert enter(case, cast.clerk, "1.00", "0").state == "waiting"


def test_a_returned_reversal_may_be_made_again(cast, case):
    entry = paid(case, cast)
    actions.return_entry(
        actions.reverse(entry, reason="错", by=cast.clerk), reason="没错", by=cast.prosecutor
    )

    assert actions.reverse(entry, reason="确实重复", by=cast.clerk).state == "waiting"


@pytest.mark.parametrize(
    ("amount", "claims", "shares", "rounded"),
    [
        ("100.00", ["1.00", "1.00", "1.00"], ["33.34", "33.33", "33.33"], [True, False, False]),
        ("10000.00", ["12000.00", "8000.00"], ["6000.00", "4000.00"], [False, False]),
        ("0.01", ["1.00", "2.00"], ["0.01"], [True]),
        ("0.05", ["1.00", "1.00", "1.00"], ["0.02", "0.02", "0.01"], [True, True, False]),
    ],
)
def test_in_proportion_the_largest_remainders_carry_the_rounding(cast, amount, claims, shares, rounded):
    case = CaseFactory(handler=cast.prosecutor, review=True)
    for claim in claims:
        ClaimantFactory(case=case, claim=claim)

    found = in_proportion(D(amount), with_balance(case).order_by("pk"))

    assert [str(share.amount) for share in found] == shares
    assert [share.rounded for share in found] == rounded
    assert sum(share.amount for share in found) == D(amount)


def test_in_proportion_leaves_out_the_withdrawn_and_the_paid(cast, case):
    paid(case, cast, "12000.00", "0")

    found = in_proportion(D("500.00"), with_balance(case))

    assert [(share.claimant.owed, share.amount) for share in found] == [(D("8000.00"), D("500.00"))]
    paid(case, cast, "0", "8000.00", paid_on=clock.today())
    assert in_proportion(D("1.00"), with_balance(case)) == []
