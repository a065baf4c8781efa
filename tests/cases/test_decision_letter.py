"""支持起诉书 against claim table and evidence: both values are named, and one press puts it right."""

import pytest
from django.urls import reverse

from cases.decision.guards import gaps_of
from cases.models import Case, ClaimItem
from cases.paperwork import drafting
from cases.workflow import Matter
from core import clock
from documents import papers
from tests.cases.deciding import letter_of, supportable
from tests.cases.factories import EvidenceFactory, RespondentFactory
from tests.cast import client_for


@pytest.fixture
def case(cast):
    return supportable(cast)


def faults(case, **typed):
    letter = letter_of(case)
    if typed:
        drafting.revise(case, letter, by=case.handler, expected_n=letter.latest.n, **typed)
    return " ".join(drafting.faults(Case.objects.get(pk=case.pk), letter))


def names(case):
    """What one press can put right."""
    case, letter = Case.objects.get(pk=case.pk), letter_of(case)
    return [each.name for each in drafting.disagreements(case, letter, papers.facts_of(letter.latest))]


def pressed(case):
    """Every 取案件数据 pressed once; what is left to say."""
    case = Case.objects.get(pk=case.pk)
    for name in names(case):
        drafting.take_over(case, letter_of(case), by=case.handler, names=[name])
    return faults(case)


def test_a_fresh_letter_agrees_with_the_case(case):
    assert faults(case) == ""


def test_a_changed_sum_names_both_numbers(case):
    item = ClaimItem.objects.filter(claimant__case=case).first()
    item.paid = 1000
    item.save(update_fields=["paid"])

    assert "申请人写的是“合计 20,000.00 元”，案件现在是“合计 19,000.00 元”。" in faults(case)
    assert (names(case), pressed(case)) == (["workers"], "")


def test_a_claimant_who_left_names_both_headcounts_and_who(case):
    leaver = case.claimants.first()
    case.claimants.filter(pk=leaver.pk).update(
        withdrawn_on=clock.today(), withdrawn_by=case.handler, withdrawal_reason="已领到工资"
    )

    assert f"申请人写的是“2 项，多了{leaver.person.name}”，案件现在是“1 项”。" in faults(case)
    assert (names(case), pressed(case)) == (["workers", "origin.who"], "")


def test_a_corrected_name_names_both_also_in_the_text(case):
    person = case.claimants.first().person
    before, person.name = person.name, "王某"
    person.save(update_fields=["name"])

    assert f"申请人写的是“第 1 项（{before}，" in faults(case)
    assert "案件现在是“王某，" in faults(case)
    assert (names(case), pressed(case)) == (["workers", "origin.who"], "")
    assert before not in letter_of(case).latest.body


def test_a_new_defendant_is_missed(case):
    company = RespondentFactory(case=case).company

    assert f"多了{company.name}" in faults(case)
    assert pressed(case) == ""


def test_another_court_names_both(case):
    assert "致送法院写的是“某某人民法院”，案件现在是“集宁区人民法院”。" in faults(case, court="某某人民法院")
    assert pressed(case) == ""


@pytest.mark.parametrize(
    ("typed", "sentence", "right"),
    [
        (
            "拖欠工资共计404000元。",
            "写的是“共计404000元”，案件现在是“共计20,000.00元”",
            "拖欠工资共计20,000.00元。",
        ),
        (
            "拖欠工资合计2.4万元。",
            "写的是“合计2.4万元”，案件现在是“合计20,000.00元”",
            "拖欠工资合计20,000.00元。",
        ),
        ("王建国等15人在工地务工。", "写的是“等15人”，案件现在是“等2人”", "王建国等2人在工地务工。"),
        (
            "2019年1月至3月，申请人在工地从事木工劳务。",
            "写的是“2019年1月至3月”，案件现在是“2025年4月至2025年11月”",
            "2025年4月至2025年11月，申请人在工地从事木工劳务。",
        ),
    ],
)
def test_numbers_typed_into_the_text_are_compared_and_put_right(case, typed, sentence, right):
    assert sentence in faults(case, found=typed)
    assert pressed(case) == ""
    assert papers.facts_of(letter_of(case).latest).found == right


@pytest.mark.parametrize(
    "typed",
    [
        "拖欠工资共计20,000.00元。",
        "合计2万元，等2人。",
        "工程款共1元。",
        "2025年5月至10月，申请人在工地务工。",
        "2010年1月至2012年3月建成的小区。",
    ],
)
def test_numbers_that_agree_pass(case, typed):
    assert faults(case, found=typed) == ""


def test_a_text_with_anothers_name_sum_and_court_does_not_go_up(cast, case):
    one, two = (each.person for each in case.claimants.order_by("pk"))
    for person, name in ((one, "刘广田"), (two, "那顺")):
        person.name = name
        person.save(update_fields=["name"])
    pressed(case)
    text = "尚欠刘广田、那顺、王五三人劳动报酬190000元，已由察哈尔右翼前旗人民法院管辖。刘广天多次催要。"
    assert "查明的事实里的姓名写的是“王五”，案件现在是“申请人刘广田、那顺”" in faults(case, found=text)

    gaps = " ".join(gap.sentence for gap in gaps_of(Case.objects.get(pk=case.pk), Matter.SUPPORT))
    for wrong in ("王五", "三人", "190000元", "察哈尔右翼前旗人民法院", "刘广天"):
        assert f"“{wrong}”" in gaps
    page = (
        client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter_of(case).pk])).text
    )
    assert 'value="found.name"' in page
    assert 'value="found.listed.said"' not in page

    assert "王五" in pressed(case)
    right = "尚欠刘广田、那顺、王五二人劳动报酬20,000.00元，已由集宁区人民法院管辖。刘广田多次催要。"
    assert papers.facts_of(letter_of(case).latest).found == right


def test_a_letter_may_not_fix_the_sum_that_the_court_should_award(cast, case):
    assert "支持起诉书不能写明法院应判的金额。" in faults(case, opinion="请判令被告支付工资20000元。")
    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter_of(case).pk]))
    assert "支持起诉书不能写明法院应判的金额。" in page.text


def test_sums_of_two_workers_exchanged_are_named_though_the_total_agrees(case):
    first, second = ClaimItem.objects.filter(claimant__case=case).order_by("pk")
    first.due, second.due = second.due, first.due
    first.save(update_fields=["due"])
    second.save(update_fields=["due"])

    assert f"第 1 项（{first.claimant.person.name}，应付 12,000.00 元，尚欠 12,000.00 元）" in faults(case)
    assert "应付 8,000.00 元，尚欠 8,000.00 元" in faults(case)
    assert pressed(case) == ""


def test_a_corrected_address_is_noticed_and_not_repeated(case):
    person = case.claimants.first().person
    person.address = "白海子镇一组"
    person.save()

    assert "住址已改" in faults(case)
    assert "白海子镇" not in faults(case)


def test_evidence_that_was_taken_off_the_list_is_missed(case):
    item = case.evidence.get()
    item.removed_at, item.removed_reason = clock.now(), "不是本案的"
    item.save()

    assert f"证据写的是“{item.name}”，案件现在是“已移出证据，证据清单是空的”。" in faults(case)
    EvidenceFactory(case=case, name="考勤表", recorded_by=case.handler)
    assert pressed(case) == ""
    assert papers.facts_of(letter_of(case).latest).evidence == "以上事实，有考勤表等证据证实。"


def test_the_letter_names_the_court_before_the_case_does(case):
    Case.objects.filter(pk=case.pk).update(intended_court="")

    assert faults(case, court="某某人民法院") == ""
