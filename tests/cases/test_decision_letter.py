"""支持起诉书 and the claim table: where they differ, both values are named."""

import pytest

from cases.decision import letters
from cases.models import Case, ClaimItem
from core import clock
from tests.cases.deciding import supportable
from tests.cases.factories import RespondentFactory


@pytest.fixture
def case(cast):
    return supportable(cast)


def faults(case, **typed):
    letter = letters.letter_of(case)
    if typed:
        letters.revise(case, letter, by=case.handler, expected_n=letter.latest.n, **typed)
    return " ".join(letters.faults(Case.objects.get(pk=case.pk), letter))


def test_a_fresh_letter_agrees_with_the_case(case):
    assert faults(case) == ""


def test_a_changed_sum_names_both_numbers(case):
    item = ClaimItem.objects.filter(claimant__case=case).first()
    item.paid = 1000
    item.save(update_fields=["paid"])

    assert "支持起诉书欠薪合计 20,000.00 元，诉求表合计 19,000.00 元，不一致。" in faults(case)


def test_a_claimant_who_left_names_both_headcounts(case):
    case.claimants.filter(pk=case.claimants.first().pk).update(
        withdrawn_on=clock.today(), withdrawn_by=case.handler, withdrawal_reason="已领到工资"
    )

    assert "支持起诉书写 2 名申请人，诉求表有 1 名。" in faults(case)


def test_a_corrected_name_names_both(case):
    person = case.claimants.first().person
    before, person.name = person.name, "王某"
    person.save(update_fields=["name"])

    assert f"支持起诉书写申请人“{before}”，诉求表是“王某”。" in faults(case)


def test_a_new_defendant_is_missed(case):
    company = RespondentFactory(case=case).company

    assert company.name in faults(case)


def test_another_court_names_both(case):
    assert "支持起诉书致送“某某人民法院”，案件拟诉法院是“集宁区人民法院”，不一致。" in faults(
        case, court="某某人民法院"
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("拖欠工资共计404000元。", "查明的事实写共计 404,000.00 元，诉求表合计 20,000.00 元，不一致。"),
        ("拖欠工资合计2.4万元。", "查明的事实写共计 24,000.00 元"),
        ("王建国等15人在工地务工。", "正文写 15 人，诉求表有 2 名申请人，不一致。"),
    ],
)
def test_numbers_typed_into_the_text_are_compared_too(case, typed, sentence):
    assert sentence in faults(case, found=typed)


@pytest.mark.parametrize("typed", ["拖欠工资共计20,000.00元。", "合计2万元，等2人。", "工程款共1元。"])
def test_numbers_that_agree_pass(case, typed):
    assert faults(case, found=typed) == ""


def test_a_letter_may_not_fix_the_sum_that_the_court_should_award(case):
    assert "支持起诉书不能写明法院应判的金额。" in faults(case, opinion="请判令被告支付工资20000元。")


def test_sums_of_two_workers_exchanged_are_named_though_the_total_agrees(case):
    first, second = ClaimItem.objects.filter(claimant__case=case).order_by("pk")
    first.due, second.due = second.due, first.due
    first.save(update_fields=["due"])
    second.save(update_fields=["due"])

    assert f"支持起诉书写{first.claimant}欠薪 12,000.00 元（应付 12,000.00 元），" in faults(case)
    assert faults(case, court="集宁区人民法院") == ""


def test_a_corrected_address_is_noticed_and_not_repeated(case):
    person = case.claimants.first().person
    person.address = "白海子镇一组"
    person.save()

    assert f"支持起诉书里{person}的身份信息与当事人表不一致。" in faults(case)
    assert "白海子镇" not in faults(case)
