"""时效风险: nearest expiry first, what nobody has found out before it; one's own or the department's."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry, Verb
from cases import clocks
from cases.intake.claims import retitle
from cases.limitation import actions
from core import clock
from core.masking import group_title
from dashboard.limitations import VIEWS, Listed, Wanted, counts
from tests.cases.factories import CaseFactory, ClaimantFactory, LimitationEventFactory, LimitationFactory
from tests.cases.watching import based_on, expired
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:limitations")
THREE_YEARS = 3 * 365 + 1


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def running(user, left: int):
    """A reviewed case whose three years end about so many days from now."""
    case = CaseFactory(handler=user, reviewed=True)
    ClaimantFactory(case=case)
    return based_on(case, THREE_YEARS - left, by=user)


def promised(user):
    row = expired(CaseFactory(handler=user, reviewed=True), by=user)
    actions.add_event(row.case, kind="admission", on=clock.today(), evidence="还款承诺书", by=user)
    return row


def unknown(user):
    return LimitationFactory(case=CaseFactory(handler=user, review=True))


def listed(user, view="", mine=False):
    today = clock.today()
    numbers = counts(user, mine=mine, today=today)
    return list(Listed(user, Wanted(view, mine), numbers, today)[:]), numbers


def test_what_has_no_base_day_comes_first_then_the_nearest_expiry(prosecutor):
    late, soon = running(prosecutor, 100), running(prosecutor, 20)
    lost = unknown(prosecutor)

    rows, _ = listed(prosecutor)

    assert [row.case for row in rows] == [lost.case, soon.case, late.case]


def test_a_debtor_who_agreed_after_the_expiry_stands_apart_and_does_not_alarm(browser, prosecutor):
    kept, soon = promised(prosecutor), running(prosecutor, 20)

    rows, _ = listed(prosecutor)

    assert [row.case for row in rows] == [soon.case, kept.case]
    assert (rows[1].left, rows[1].tone, rows[1].deadline.due_on) == (
        "义务人已同意履行", "info", kept.deadline.due_on,
    )  # fmt: skip
    assert f">{kept.case}<" not in browser.get(URL, {"view": "expired"}).text


def test_the_case_goes_by_the_claimant_whom_its_name_has(prosecutor):
    case = running(prosecutor, 20).case
    for name in ("冯广田", "艾建国"):
        ClaimantFactory(case=case, person__name=name)
    retitle(case)

    assert listed(prosecutor)[0][0].people == group_title(case.claimants.order_by("pk")[0].person.name, 3)


def test_each_view_holds_what_its_number_says(prosecutor):
    expired(CaseFactory(handler=prosecutor, reviewed=True), by=prosecutor)
    for left in (3, 20, 60, 150, 400):
        running(prosecutor, left)
    unknown(prosecutor)
    promised(prosecutor)

    found = {view: len(listed(prosecutor, view)[0]) for view in VIEWS}

    assert found == listed(prosecutor)[1]
    assert list(found.values()) == [8, 1, 1, 2, 3, 4, 1, 1]


def test_enforcement_and_inspection_stand_in_the_list_as_periods_of_their_own(prosecutor):
    case = CaseFactory(handler=prosecutor, enforcement=True)
    for code in ("C18", "I2"):
        clocks.start(case, code, on=clock.today() - timedelta(days=700), by=prosecutor)

    assert {row.kind for row in listed(prosecutor)[0]} == {"申请执行时效", "劳动监察追溯"}


def test_prosecutors_see_their_own_first_and_may_switch(browser, prosecutor, prosecutor2):
    own, colleagues = running(prosecutor, 20), running(prosecutor2, 20)

    mine, whole = browser.get(URL).content.decode(), browser.get(URL, {"whose": "all"}).content.decode()

    assert (f">{own.case}<" in mine, f">{colleagues.case}<" in mine) == (True, False)
    assert f">{own.case}<" in whole
    assert f">{colleagues.case}<" in whole


def test_the_head_sees_the_department_and_nothing_of_another_office(prosecutor, head, other):
    own, foreign = running(prosecutor, 20), running(other, 20)
    unknown(other)

    page = client_for(head).get(URL).content.decode()

    assert f">{own.case}<" in page
    assert foreign.case.official_number not in page
    assert "起算日待查明" not in page


def test_the_row_says_what_is_not_confirmed(browser, prosecutor):
    row = running(prosecutor, 20)
    LimitationEventFactory(case=row.case)
    type(row).objects.filter(pk=row.pk).update(is_provisional=True, confirmed_by=None, confirmed_at=None)

    page = browser.get(URL).content.decode()

    assert "待承办人确认" in page
    assert "2 项事由待确认" in page  # and the application itself
    assert 'data-level="30"' in page


def test_what_is_over_is_not_in_the_list(prosecutor):
    ended = running(prosecutor, 20)
    clocks.cancel_all(ended.case, by=prosecutor, reason="办结")
    LimitationFactory(case=CaseFactory(handler=prosecutor, closed=True))

    assert listed(prosecutor)[0] == []


def test_the_workbook_holds_the_view_and_taking_it_away_is_on_record(browser, prosecutor):
    running(prosecutor, 20), running(prosecutor, 400)

    answer = browser.get(reverse("dashboard:limitations_export"), {"view": "30"})

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    assert Entry.objects.filter(verb=Verb.EXPORT, detail="1 项").count() == 1


def test_the_panel_is_part_of_the_page(browser, prosecutor):
    running(prosecutor, 20)

    assert_panel_is_part_of_page(browser, URL)


def test_thirty_rows_cost_the_queries_of_one(browser, prosecutor, settings, django_assert_max_num_queries):
    """The numbers of the side bar are kept for half a minute, as outside tests."""
    settings.NAVIGATION_COUNTS_SECONDS = 30
    asked = []
    for n in (1, 29):
        for _ in range(n):
            running(prosecutor, 20), unknown(prosecutor)
        browser.get(URL)
        with django_assert_max_num_queries(12) as queries:
            browser.get(URL)
        asked.append(len(queries))

    assert asked[0] == asked[1]
