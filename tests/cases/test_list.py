"""The list: its views, order, sums and pages; the same number of queries however long it is."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases import lists
from cases.lists import Sums
from cases.models import Case, ClaimItem
from cases.totals import with_totals
from core import clock
from tests.cases.deciding import agree_all, submitted
from tests.cases.factories import ClaimantFactory
from tests.cases.following import listed, recover, with_clock
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("cases:list")


def shown(client, **query) -> list[str]:
    """Codes of the cases on the page, in its order."""
    response = client.get(URL, query)
    assert response.status_code == 200
    return re.findall(r'name="sel" value="([^"]+)"', response.content.decode())


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def test_prosecutors_begin_at_their_own_open_cases_and_others_at_all(prosecutor, prosecutor2, head):
    mine = listed(prosecutor, review=True)
    closed, other = listed(prosecutor, closed=True), listed(prosecutor2, review=True)

    assert shown(client_for(prosecutor)) == [mine.code]
    assert set(shown(client_for(head))) == {mine.code, closed.code, other.code}


def test_the_list_shows_nothing_of_another_office(browser, other):
    theirs = listed(other, review=True)

    page = browser.get(URL, {"view": "all"}).content.decode()

    assert (theirs.code in page, "这里还没有案件。" in page) == (False, True)


@pytest.mark.parametrize(
    ("view", "due_in", "is_in"),
    [
        ("soon", 0, True),
        ("soon", 3, True),
        ("soon", 4, False),
        ("soon", -1, False),
        ("overdue", -1, True),
        ("overdue", 0, False),
    ],
)
def test_the_clock_decides_what_is_due_soon_and_what_is_late(browser, prosecutor, view, due_in, is_in):
    case = listed(prosecutor, review=True)
    with_clock(case, due_in=due_in)

    assert (case.code in shown(browser, view=view)) is is_in
    assert lists.counts(prosecutor)[view] == int(is_in)


def test_every_view_counts_what_it_lists(browser, prosecutor):
    with_clock(listed(prosecutor, review=True), due_in=1)
    with_clock(listed(prosecutor, trial=True), due_in=-2)
    for trait in ("accepted", "enforcement", "closed"):
        listed(prosecutor, **{"review" if trait == "accepted" else trait: True})
    listed(prosecutor)

    counted = lists.counts(prosecutor)

    assert {view: len(shown(browser, view=view)) for view in lists.VIEWS} == counted
    assert counted["all"] == 6


def test_the_nearest_clock_comes_first_and_cases_without_one_last(browser, prosecutor):
    without = listed(prosecutor, review=True)
    later, late = listed(prosecutor, review=True), listed(prosecutor, review=True)
    with_clock(later, due_in=9)
    with_clock(late, "P6b", due_in=30)
    with_clock(late, due_in=-3)

    assert shown(browser, view="all") == [late.code, later.code, without.code]
    assert shown(browser, view="all", sort="-clock") == [later.code, late.code, without.code]


def test_a_row_shows_the_nearest_clock_and_a_paused_one_only_without_another(browser, prosecutor):
    case = listed(prosecutor, review=True)
    paused = with_clock(case, due_in=1)
    type(paused).objects.filter(pk=paused.pk).update(paused_on=clock.today())
    assert "停止计算" in browser.get(URL).content.decode()

    with_clock(case, "P6b", due_in=2)
    assert "剩 2 天" in browser.get(URL).content.decode()


@pytest.mark.parametrize("sort", ["amount", "accepted", "updated"])
def test_each_heading_sorts_both_ways(browser, prosecutor, sort):
    now = clock.now()
    for n, claim in enumerate(["100.00", "300.00", "200.00"]):
        case = listed(prosecutor, review=True, claims=[claim])
        moment = now - timedelta(days=n)
        Case.objects.filter(pk=case.pk).update(updated_at=moment, accepted_on=moment.date())

    up, down = shown(browser, sort=sort), shown(browser, sort=f"-{sort}")

    assert (len(up), up) == (3, down[::-1])
    assert (
        f'aria-sort="descending"><a href="?sort={sort}"'
        in browser.get(URL, {"sort": f"-{sort}"}).content.decode()
    )


def test_sums_are_those_of_the_rows(prosecutor, clerk):
    first = listed(prosecutor, review=True, claims=["12000.00", "8000.50"])
    second = listed(prosecutor, enforcement=True, claims=["5000.00"])
    recover(first, "3000.00")
    recover(second, "1000.25", verified_by=clerk)

    cases = lists.visible(prosecutor)
    rows = lists.rows(cases, list(cases.values_list("pk", flat=True)))

    assert lists.sums(cases) == Sums(2, Decimal("25000.50"), Decimal("1000.25"))
    assert sum(row.claimed_total for row in rows) == Decimal("25000.50")
    assert sum(row.recovered_total for row in rows) == Decimal("1000.25")


def test_a_decided_case_counts_with_its_frozen_sum(cast):
    case = agree_all(cast, submitted(cast))
    ClaimItem.objects.filter(claimant__case=case).update(due=Decimal("1.00"))
    listed(cast.prosecutor, review=True, claims=["100.00"])

    cases = lists.visible(cast.prosecutor)

    assert lists.sums(cases).claimed == Decimal("20100.00")
    assert sum(row.claimed_total for row in with_totals(cases)) == Decimal("20100.00")


def test_a_withdrawn_claimant_leaves_the_sum(prosecutor):
    case = listed(prosecutor, review=True, claims=["100.00"])
    gone = ClaimantFactory(case=case, claim="50.00")
    gone.withdrawn_on, gone.withdrawn_by, gone.withdrawal_reason = clock.today(), prosecutor, "不再主张"
    gone.save()

    assert lists.sums(lists.visible(prosecutor)).claimed == Decimal("100.00")
    assert with_totals(lists.visible(prosecutor)).get().claimants_total == 1


def test_pages_keep_what_was_asked_and_count_the_whole(browser, prosecutor):
    for _ in range(21):
        listed(prosecutor, review=True)

    first = browser.get(URL, {"view": "all", "handler": "me"}).content.decode()

    assert "共 21 件，本页 20 件" in first
    assert 'href="?view=all&amp;handler=me&amp;page=2"' in first
    assert len(shown(browser, view="all", page="2")) == 1
    assert len(shown(browser, view="all", size="50")) == 21


def test_thirty_rows_cost_the_queries_of_one(browser, prosecutor, settings, django_assert_max_num_queries):
    """The numbers of the side bar are kept for half a minute, as outside tests."""
    settings.NAVIGATION_COUNTS_SECONDS = 30
    browser.get(URL)

    def cost() -> int:
        with django_assert_max_num_queries(12) as queries:
            browser.get(URL, {"view": "all", "size": "50"})
        return len(queries)

    with_clock(listed(prosecutor, review=True), due_in=1)
    one = cost()
    for _ in range(29):
        with_clock(listed(prosecutor, review=True), due_in=1)

    assert cost() == one


def test_the_panel_is_part_of_the_page(browser, prosecutor):
    with_clock(listed(prosecutor, review=True), due_in=1)

    assert_panel_is_part_of_page(browser, URL, view="all", q="王")


def test_an_empty_list_offers_a_way_on(browser):
    assert "这里还没有案件。" in browser.get(URL).content.decode()
    assert "没有符合条件的案件。" in browser.get(URL, {"stage": "trial"}).content.decode()
