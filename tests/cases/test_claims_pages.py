"""当事人与诉求: the pages."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Entry
from cases.intake import claims
from cases.models import Claimant
from core import clock
from tests.cases.factories import ClaimantFactory, PersonFactory, case_of_office, id_number
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.tripwire import trips

XSS = "<img src=x onerror=alert(1)>"
CARD = "6217003860001234567"


@pytest.fixture
def case(cast):
    return case_of_office(cast, review=True)


@pytest.fixture
def one(case):
    return case.claimants.select_related("person").first()


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url_of(case, page, *args):
    return reverse(f"cases:{page}", args=[case.code, *args])


NEW = {"name": "诺敏", "id_type": "resident", "kind": "unpaid_wage", "due": "2.4万", "paid": "4000"}


def test_somebody_is_added_once_however_often_the_form_is_sent(browser, case):
    data = NEW | {"id_number": id_number(77), "submission_key": str(uuid.uuid4())}

    for _ in range(2):
        assert browser.post(url_of(case, "claim_new"), data).status_code == 302

    added = case.claimants.get(person__name="诺敏")
    assert str(added.items.get().owed) == "20000.00"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id_number": "110105194912310021"}, "校验位"),
        ({"due": ""}, "还没填应付"),
        ({"paid": "9万"}, "已付大于应付"),
        ({"name": "a\x1bb"}, "控制字符"),
        ({"worked_from": "2025-05-01", "worked_to": "2025-04-01"}, "早于开始"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser, case, changes, sentence):
    answer = browser.post(url_of(case, "claim_new"), NEW | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert case.claimants.count() == 2


def test_a_passport_is_a_paper_too(browser, case):
    data = NEW | {"id_type": "passport", "id_number": "e12345678", "name": "John O’Neil-Smith"}

    assert browser.post(url_of(case, "claim_new"), data).status_code == 302
    assert case.claimants.last().person.id_number == "E12345678"


@pytest.mark.parametrize("page", ["claim", "claim_person", "claim_items", "claim_consent", "claim_withdraw"])
def test_the_panel_of_each_page_of_a_claimant_is_part_of_it(browser, case, one, page):
    assert_panel_is_part_of_page(browser, url_of(case, page, one.pk))


@pytest.mark.parametrize("page", ["claims", "claim_new"])
def test_the_panel_is_part_of_its_page(browser, case, page):
    assert_panel_is_part_of_page(browser, url_of(case, page))


def test_markup_in_every_text_field_is_inert(browser, case, one):
    work = dict.fromkeys(["job", "wage_standard", "weakness", "remark"], XSS)
    browser.post(url_of(case, "claim", one.pk), work | {"version": "1"})
    browser.post(url_of(case, "claim_person", one.pk), {"name": XSS, "id_type": "resident", "version": "1"})

    for page, args in [("claims", []), ("claim", [one.pk]), ("claim_items", [one.pk]), ("detail", [])]:
        answer = browser.get(url_of(case, page, *args))
        assert XSS not in answer.text
        assert "&lt;img src=x" in answer.text


def test_a_stale_form_is_409_and_nothing_typed_is_lost(browser, case, one, prosecutor):
    claims.change(one, version=1, by=prosecutor, job="瓦工")

    answer = browser.post(url_of(case, "claim", one.pk), {"version": "1", "job": "木工", "remark": "新备注"})

    assert answer.status_code == 409
    for word in ("瓦工", "木工", "新备注"):
        assert word in answer.text


def test_stale_items_are_409_with_both_sums(browser, case, one, prosecutor):
    row = {"kind": "unpaid_wage", "period_from": None, "period_to": None, "formula": ""}
    claims.set_items(one, items=[row | {"due": 900, "paid": 0}], version=1, by=prosecutor)

    answer = browser.post(
        url_of(case, "claim_items", one.pk), {"version": "1", "kind-0": "unpaid_wage", "due-0": "800"}
    )

    assert answer.status_code == 409
    assert "900.00" in answer.text
    assert "800" in answer.text


def test_items_are_saved_row_by_row_and_blank_rows_are_skipped(browser, case, one):
    rows = {"kind-0": "unpaid_wage", "due-0": "1,000", "paid-0": "1", "kind-1": "severance", "due-1": "5"}
    blank = {"kind-2": "unpaid_wage", "due-2": "", "kind-3": "overtime"}

    answer = browser.post(url_of(case, "claim_items", one.pk), {"version": "1"} | rows | blank)

    assert answer.status_code == 302
    assert [str(item.owed) for item in one.items.all()] == ["999.00", "5.00"]


def test_a_row_without_a_sum_is_told_and_the_rest_stays(browser, case, one):
    rows = {"kind-0": "unpaid_wage", "due-0": "", "formula-0": "30 天", "kind-1": "overtime", "due-1": "x"}

    answer = browser.post(url_of(case, "claim_items", one.pk), {"version": "1"} | rows)

    assert answer.status_code == 422
    assert "还没填第 1 项应付" in answer.text
    assert "30 天" in answer.text


def test_revealing_is_on_record_before_the_value_and_one_field_only(browser, case, one):
    url = url_of(case, "claim_reveal", one.pk, "phone")
    assert one.person.phone not in browser.get(url).text

    answer = browser.post(url, {"reason": "contact"})

    assert one.person.phone in answer.text
    assert one.person.id_number not in answer.text
    entry = Entry.objects.filter(verb="reveal").get()
    assert entry.target_label == f"案件 {case.code} 申请人"
    assert one.person.phone not in f"{entry.target_label}{entry.detail}"


def test_without_a_reason_nothing_is_revealed(browser, case, one):
    answer = browser.post(url_of(case, "claim_reveal", one.pk, "id_number"), {"reason": "看"})

    assert answer.status_code == 422
    assert one.person.id_number not in answer.text


@pytest.mark.parametrize(
    ("who", "sees"), [("clerk", True), ("assistant", False), ("head", False), ("chief", False)]
)
def test_the_bank_account_is_for_handler_and_clerk(cast, case, who, sees):
    person = PersonFactory(organisation=cast.office, bank_account=CARD)
    one = ClaimantFactory(case=case, person=person)
    browser = client_for(getattr(cast, who))

    page = browser.get(url_of(case, "claim", one.pk))
    form = browser.get(url_of(case, "claim_person", one.pk))

    assert ("**** **** **** 4567" in page.text) is sees
    assert ("bank_account" in form.text) is (sees and who != "chief")
    assert trips(page) == []


def test_a_bank_account_is_not_written_by_those_who_may_not_see_it(cast, case, one):
    data = {"name": one.person.name, "id_type": "resident", "bank_account": CARD, "version": "1"}

    client_for(cast.assistant).post(url_of(case, "claim_person", one.pk), data)

    assert Claimant.objects.get(pk=one.pk).person.bank_account == ""


def test_sixty_workers_cost_no_more_queries_than_two(browser, case, django_assert_max_num_queries):
    for _ in range(58):
        ClaimantFactory(case=case)
    browser.get(url_of(case, "claims"))  # the first page of a session also writes when it was used

    with django_assert_max_num_queries(20):
        page = browser.get(url_of(case, "claims"))

    assert "60 人" in page.text


def test_withdrawing_by_hand_keeps_the_line_struck_and_the_sum_right(browser, case, one):
    data = {"withdrawn_on": clock.today().isoformat(), "reason": "已领到工资"}

    page = browser.post(url_of(case, "claim_withdraw", one.pk), data, follow=True)

    assert 'class="void"' in page.text
    assert "1 人，欠付合计 8,000.00 元" in page.text
    assert "不能再修改" in browser.get(url_of(case, "claim", one.pk)).text


def test_consent_by_fingerprint_counts(browser, case):
    silent = ClaimantFactory(case=case, signed=False)
    data = {"kind": "fingerprint", "given_on": clock.today().isoformat()}

    page = browser.post(url_of(case, "claim_consent", silent.pk), data, follow=True)

    assert "未登记自愿申请" not in page.text
