"""当事人与诉求: consent and withdrawal are personal, sums are per worker, nothing that was typed gets lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.intake import claims
from cases.intake.claims_table import table_of
from cases.intake.facts import ClaimantFacts, PersonFacts
from cases.models import Case, Claimant, ClaimItem, Person
from core import clock
from core.refusals import Conflict
from tests.cases.factories import (
    ClaimantFactory,
    ClaimItemFactory,
    ConsentFactory,
    case_of_office,
    id_number,
)
from tests.cases.traces import locks_first, refused

SOMEBODY = ClaimantFacts(
    person=PersonFacts("巴特尔·孟和", id_number(500), phone="13800138000"), due=Decimal(900)
)


def item(due="1000.00", paid="0.00", kind="unpaid_wage"):
    days = {"period_from": date(2025, 4, 1), "period_to": date(2025, 4, 30)}
    return {"kind": kind, "due": Decimal(due), "paid": Decimal(paid), "formula": "10 天", **days}


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def one(case):
    return case.claimants.first()


def kinds(case):
    return list(case.events.order_by("pk").values_list("kind", flat=True))


def test_adding_somebody_refreshes_title_and_search(case, prosecutor):
    claims.add(case, facts=SOMEBODY, by=prosecutor)

    case.refresh_from_db()
    assert case.title.startswith(f"{case.claimants.first()}等 3 人诉")
    assert Case.objects.filter(pk=case.pk, search="孟和").exists()
    assert kinds(case) == ["claimant_added"]


def test_nobody_applies_twice_in_one_case(case, prosecutor):
    claims.add(case, facts=SOMEBODY, by=prosecutor)

    with refused("已是本案申请人"):
        claims.add(case, facts=SOMEBODY, by=prosecutor)


def test_one_number_with_two_names_is_asked_about(case, prosecutor):
    claims.add(case, facts=SOMEBODY, by=prosecutor)
    other = ClaimantFacts(person=PersonFacts("别人", id_number(500)), due=Decimal(1))

    with refused("与 别人 不一致"):
        claims.add(case, facts=other, by=prosecutor)


@pytest.mark.parametrize("stage", ["approval", "supported", "closed"])
def test_after_the_decision_went_up_parties_and_claims_stay(cast, stage):
    case = case_of_office(cast, **{stage: True})
    one = case.claimants.first()

    with refused("不能修改当事人与诉求"):
        claims.add(case, facts=SOMEBODY, by=cast.prosecutor)
    with refused("不能修改当事人与诉求"):
        claims.change(one, version=1, by=cast.prosecutor, job="瓦工")
    with refused("不能修改当事人与诉求"):
        claims.set_items(one, items=[item()], version=1, by=cast.prosecutor)


def test_a_representative_leads_the_title(case, prosecutor):
    second = case.claimants.last()

    claims.change(second, version=1, by=prosecutor, is_representative=True)

    case.refresh_from_db()
    assert case.title.startswith(f"{second}等 2 人")


def test_a_stale_change_shows_both_and_an_equal_one_goes_through(one, prosecutor):
    claims.change(one, version=1, by=prosecutor, job="瓦工")

    with pytest.raises(Conflict) as conflict:
        claims.change(one, version=1, by=prosecutor, job="木工")
    claims.change(one, version=1, by=prosecutor, job="瓦工")

    assert conflict.value.fields == {"job": ("木工", "瓦工")}


def test_items_replace_those_before_and_owed_is_due_less_paid(one, prosecutor):
    claims.set_items(one, items=[item("1000.00", "400.50"), item("5.00")], version=1, by=prosecutor)

    assert [each.owed for each in one.items.all()] == [Decimal("599.50"), Decimal("5.00")]


@pytest.mark.parametrize(
    ("items", "sentence"), [([], "至少要留一项"), ([item("1.00", "2.00")], "已付大于应付")]
)
def test_items_that_cannot_be_are_refused(one, prosecutor, items, sentence):
    with refused(sentence):
        claims.set_items(one, items=items, version=1, by=prosecutor)


def test_stale_items_are_compared_cell_by_cell(one, prosecutor):
    claims.set_items(one, items=[item("900.00")], version=1, by=prosecutor)

    with pytest.raises(Conflict) as conflict:
        claims.set_items(one, items=[item("800.00"), item("7.00")], version=1, by=prosecutor)

    assert conflict.value.fields["due-0"] == (Decimal("800.00"), Decimal("900.00"))
    assert conflict.value.fields["due-1"] == (Decimal("7.00"), None)


def test_identity_is_corrected_and_what_follows_from_it(one, prosecutor):
    number = id_number(321)

    claims.change_person(one, version=1, by=prosecutor, name="李㛃䶮", id_number=number, phone="")

    person = Person.objects.get(pk=one.person_id)
    assert (person.name, person.id_number) == ("李㛃䶮", number)
    assert person.phone != ""
    assert person.born_on.strftime("%Y%m%d") == number[6:14]
    one.case.refresh_from_db()
    assert one.case.title.startswith("李㛃䶮等")


def test_the_comparison_of_identities_shows_no_number(one, prosecutor):
    claims.change_person(one, version=1, by=prosecutor, phone="13911112222")

    with pytest.raises(Conflict) as conflict:
        claims.change_person(one, version=1, by=prosecutor, phone="13933334444")

    mine, theirs = conflict.value.fields["phone"]
    assert (mine, str(theirs)) == ("13933334444", "139****2222")


def test_consent_is_of_the_latest_day_and_can_be_taken_back(one, prosecutor):
    yesterday = clock.today() - timedelta(days=1)
    claims.consent(one, kind="revoked", given_on=clock.today(), by=prosecutor)
    claims.consent(one, kind="oral", given_on=yesterday, by=prosecutor)

    assert table_of(one.case).silent == 1


def test_a_revocation_that_a_later_consent_would_swallow_is_refused(case, one, prosecutor):
    claims.consent(one, kind="oral", given_on=clock.today(), by=prosecutor)

    with refused("早于已登记的“口头申请记入笔录"):
        claims.consent(one, kind="revoked", given_on=clock.today() - timedelta(days=1), by=prosecutor)


def test_consent_is_refused_for_tomorrow_and_after_withdrawal(case, one, prosecutor):
    with refused("还没到"):
        claims.consent(one, kind="oral", given_on=clock.today() + timedelta(days=1), by=prosecutor)
    claims.withdraw(one, withdrawn_on=clock.today(), reason="已领到", by=prosecutor)
    with refused("不能再登记自愿申请"):
        claims.consent(one, kind="oral", given_on=clock.today(), by=prosecutor)
    with refused("不能修改诉求"):
        claims.set_items(one, items=[item()], version=2, by=prosecutor)


def test_one_of_two_withdraws_and_the_other_stays(case, one, prosecutor):
    claims.withdraw(one, withdrawn_on=clock.today(), reason="已领到工资", by=prosecutor)

    case.refresh_from_db()
    rest = case.claimants.standing().get()
    assert case.title.startswith(f"{rest}诉")
    assert table_of(case).owed == Decimal("8000.00")
    assert kinds(case) == ["claimant_withdrawn"]


def test_the_last_one_does_not_leave_this_way(case, one, prosecutor):
    claims.withdraw(one, withdrawn_on=clock.today(), reason="已领到", by=prosecutor)

    with refused("最后一名申请人"):
        claims.withdraw(case.claimants.last(), withdrawn_on=clock.today(), reason="同上", by=prosecutor)
    with refused("已于"):
        claims.withdraw(one, withdrawn_on=clock.today(), reason="再来", by=prosecutor)


@pytest.mark.parametrize(
    ("stage", "sentence"), [("approval", "请先撤回送审"), ("closed", "不能登记申请人撤回")]
)
def test_withdrawing_has_its_stages(cast, stage, sentence):
    one = case_of_office(cast, **{stage: True}).claimants.first()

    with refused(sentence):
        claims.withdraw(one, withdrawn_on=clock.today(), reason="已领到", by=cast.prosecutor)


def test_withdrawing_from_a_supported_case_reminds_of_the_court(cast):
    case = case_of_office(cast, supported=True)

    claims.withdraw(case.claimants.first(), withdrawn_on=clock.today(), reason="已领到", by=cast.prosecutor)

    assert "请告知法院" in case.events.get().note


def test_withdrawing_gives_a_reason_and_no_future_day(one, prosecutor):
    with refused("还没填撤回原因"):
        claims.withdraw(one, withdrawn_on=clock.today(), reason=" ", by=prosecutor)
    with refused("还没到"):
        claims.withdraw(one, withdrawn_on=clock.today() + timedelta(days=1), reason="领", by=prosecutor)


@pytest.mark.parametrize(
    "verb",
    [
        lambda one, by: claims.change(one, version=1, by=by, job="瓦工"),
        lambda one, by: claims.set_items(one, items=[item()], version=1, by=by),
        lambda one, by: claims.change_person(one, version=1, by=by, ethnicity="蒙古族"),
        lambda one, by: claims.consent(one, kind="oral", given_on=clock.today(), by=by),
        lambda one, by: claims.withdraw(one, withdrawn_on=clock.today(), reason="已领到", by=by),
    ],
    ids=["change", "set_items", "change_person", "consent", "withdraw"],
)
def test_every_verb_locks_the_case_first_and_knows_strangers(cast, one, verb):
    one = Claimant.objects.select_related("person", "case__organisation").get(pk=one.pk)
    for stranger in (cast.other, cast.chief, cast.prosecutor2):
        with refused("办理"):
            verb(one, stranger)
    with locks_first():
        verb(one, cast.prosecutor)


def test_the_table_adds_up_those_who_stand(case):
    line = table_of(case).lines[0]
    ClaimItemFactory(claimant=line.claimant, due=Decimal("0.30"), paid=Decimal("0.10"))
    ConsentFactory(claimant=line.claimant, kind="revoked", given_on=clock.today())
    ClaimantFactory(case=case, signed=False, claim=False)

    table = table_of(case)

    assert (table.due, table.paid, table.owed) == (
        Decimal("20000.30"),
        Decimal("0.10"),
        Decimal("20000.20"),
    )
    assert (table.silent, ClaimItem.objects.count()) == (2, 3)
