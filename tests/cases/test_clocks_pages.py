"""The pages of 期限、登记事件、更正日期: as page, as panel, refused, stale, for strangers; how much they cost."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import DateCorrection, Occurrence
from core import clock
from tests.cases.court import closed_case, days_ago, filed_case
from tests.cases.events import clock_of, codes, record, reviewed_case
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url(name, case, *more, **query):
    address = reverse(f"cases:{name}", args=[case.code, *more])
    return f"{address}?{urlencode(query)}" if query else address


def text(response):
    return response.content.decode()


def test_the_page_explains_every_clock(cast, browser):
    case = filed_case(cast, "ordinary")
    record(case, "appraisal_began", days_ago(9))
    record(case, "appraisal_ended", days_ago(5))

    page = text(browser.get(url("clocks", case)))

    deadline = clock_of(case, "C5")
    assert deadline.explanation in page
    assert f"C5 第 1 版 · 到期日于 {deadline.due_set_on} 按当时的节假日安排算定" in page
    assert f"{days_ago(9)} 停止计算，{days_ago(5)} 恢复：鉴定、审计，法院委托鉴定" in page
    assert "登记延长" in page


def test_the_page_is_linked_from_the_case(cast, browser):
    case = reviewed_case(cast)

    assert f'href="{url("clocks", case)}"' in text(browser.get(case.get_absolute_url()))


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_costs_the_same_for_one_clock_and_for_thirty(cast, browser, many):
    case = filed_case(cast, "ordinary")
    for _ in range(many):
        record(case, "court_proposed", days_ago(2), again=True)
    browser.get(url("clocks", case))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(url("clocks", case))

    assert len(queries) == PAGE


PAGE = 16


@pytest.mark.parametrize("name", ["clocks", "clock_event", "corrections"])
def test_the_panel_is_part_of_the_page(cast, browser, name):
    assert_panel_is_part_of_page(browser, url(name, filed_case(cast)))


def test_the_panel_of_a_chosen_event_or_day_is_part_of_the_page(cast, browser):
    case = filed_case(cast)
    filing = case.filings.get()

    assert_panel_is_part_of_page(browser, url("clock_event", case), kind="copy_served", on=days_ago(5))
    assert_panel_is_part_of_page(browser, url("correction", case, f"filing-{filing.pk}"), on=days_ago(54))


def test_choosing_an_event_shows_what_it_would_do_and_writes_nothing(cast, browser):
    case = filed_case(cast, "ordinary")

    page = text(browser.get(url("clock_event", case, kind="copy_served", on=clock.today())))

    assert "登记“起诉状副本送达被告”以后" in page
    assert "开始计算：起算 " in page
    assert not Occurrence.objects.exists()
    assert codes(case) == ["C2", "C5"]


def test_posting_registers_the_event_once(cast, browser):
    case = filed_case(cast, "ordinary")
    here = url("clock_event", case, kind="copy_served", on=days_ago(5))
    key = "8f9d7a56-0f0e-4b7e-9d0e-6a1d1f3c2b10"
    data = {"note": "直接送达", "ends": [str(clock_of(case, "C2").pk)], "submission_key": key}

    first, second = browser.post(here, data), browser.post(here, data)

    assert [r.headers["Location"] for r in (first, second)] == [url("clocks", case)] * 2
    assert Occurrence.objects.get().note == "直接送达"
    assert codes(case) == ["C3", "C5"]


def test_an_event_that_cannot_be_is_refused_with_its_sentence(cast, browser):
    case = filed_case(cast, "ordinary")
    here = url("clock_event", case, kind="copy_served", on=days_ago(70))

    shown, posted = browser.get(here), browser.post(here, {"note": "直接送达"})

    assert (shown.status_code, posted.status_code) == (200, 422)
    assert "早于立案日期" in text(shown)
    assert "早于立案日期" in text(posted)


def test_an_ended_case_says_why_nothing_is_registered(cast, browser):
    case = closed_case(cast)

    assert "不能登记程序事件" in text(browser.get(url("clock_event", case)))
    assert browser.post(url("clock_event", case), {"note": "x"}).status_code == 422


def test_finishing_lengthening_and_withdrawing_by_the_page(cast, browser):
    case = filed_case(cast, "ordinary")
    one = record(case, "court_proposed", days_ago(5))
    court, ours = clock_of(case, "C5"), clock_of(case, "P13")

    browser.post(url("clock_extension", case, court.pk), {"days": "30", "reason": "院长批准"})
    browser.post(url("clock_completion", case, ours.pk), {"on": days_ago(1), "note": "书面回复"})
    refused = browser.post(url("clock_event_withdrawal", case, one.pk), {"reason": "重复"})

    assert clock_of(case, "C5").extensions.get().days == 30
    assert clock_of(case, "P13").met_note == "书面回复"
    assert (refused.status_code, "请先撤销使它办结的事件" in text(refused)) == (422, True)


def test_a_clock_of_another_case_is_not_found(cast, browser):
    case, foreign = reviewed_case(cast), reviewed_case(cast)

    assert browser.get(url("clock_completion", case, clock_of(foreign, "P6a").pk)).status_code == 404


def test_a_new_day_lists_the_changes_and_then_applies_them(cast, browser):
    case = filed_case(cast, "ordinary")
    key = f"filing-{case.filings.get().pk}"
    here = url("correction", case, key, on=days_ago(54))

    shown = browser.get(here)
    assert "<b>" in text(shown)
    assert not DateCorrection.objects.exists()
    done = browser.post(here, {"reason": "立案通知书上的日期", "seen": shown.context["preview"].seen})

    assert done.headers["Location"] == url("corrections", case)
    assert clock_of(case, "C5").starts_on == days_ago(54)


def test_a_list_that_has_aged_is_shown_again_with_409_and_what_was_typed(cast, browser):
    case = filed_case(cast, "ordinary")
    here = url("correction", case, f"filing-{case.filings.get().pk}", on=days_ago(54))
    seen = browser.get(here).context["preview"].seen
    record(case, "copy_served", days_ago(20))

    stale = browser.post(here, {"reason": "立案通知书上的日期", "seen": seen})

    assert stale.status_code == 409
    assert "立案通知书上的日期" in text(stale)
    assert "请重新核对后再更正" in text(stale)
    again = browser.post(here, {"reason": "立案通知书上的日期", "seen": stale.context["preview"].seen})
    assert again.status_code == 302


def test_a_correction_without_reason_is_422(cast, browser):
    case = filed_case(cast)
    here = url("correction", case, f"filing-{case.filings.get().pk}", on=days_ago(54))
    seen = browser.get(here).context["preview"].seen

    assert browser.post(here, {"reason": "", "seen": seen}).status_code == 422


@pytest.mark.parametrize("name", ["clocks", "clock_event", "corrections"])
def test_a_stranger_gets_404(cast, name):
    assert client_for(cast.other).get(url(name, reviewed_case(cast))).status_code == 404


def test_the_header_shows_our_next_day_before_what_a_court_is_late_with(cast, browser):
    case = filed_case(cast, "ordinary")  # C2 of the court ran out long ago

    head = browser.get(case.get_absolute_url()).context["head"]

    assert head.clock.rule["code"] == "C5"
    assert [one.rule["code"] for one in head.deadlines] == ["C5", "C2"]


def test_a_clock_points_only_to_events_that_this_stage_offers(cast, browser):
    case = filed_case(cast, "ordinary")
    record(case, "urgent_preservation", days_ago(1))

    page = text(browser.get(url("clocks", case)))

    assert "情况紧急" in page
    assert "法院采取诉前保全措施" not in page


def test_a_term_of_hours_shows_its_hour_wherever_its_day_stands(cast, browser):
    case = filed_case(cast, "ordinary")
    record(case, "urgent_preservation", days_ago(1))
    due = clock_of(case, "C11").due_at.astimezone(clock.SHANGHAI)

    assert f"{due:%m-%d %H:%M} 到期</time>" in text(browser.get(url("clocks", case)))
    assert f"）{due:%H:%M}</span>" in text(browser.get(case.get_absolute_url()))
