"""时效页: base, events and expiry as people see and change them."""

import pytest
from django.urls import reverse

from cases.limitation import actions
from cases.models import LimitationEvent
from core import clock
from tests.cases.factories import LimitationEventFactory, LimitationFactory, case_of_office
from tests.cases.watching import expired, watched
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def browser(prosecutor):
    return client_for(prosecutor)


def url_of(case, page="limitation", *keys):
    return reverse(f"cases:{page}", args=[case.code, *keys])


def test_the_page_says_base_expiry_and_how_it_was_counted(browser, cast):
    case, _ = watched(cast)

    page = browser.get(url_of(case)).text

    assert all(
        text in page for text in ["2025-11-30", "2026-11-30", "待承办人确认", "加 1 年", "第27条第4款"]
    )
    assert 'data-level="7"' in page
    assert_panel_is_part_of_page(browser, url_of(case))


def test_an_unknown_base_day_is_named_and_can_be_stated(browser, cast):
    row = LimitationFactory(case=case_of_office(cast))
    assert "起算日待查明" in browser.get(url_of(row.case)).text

    answer = browser.post(
        url_of(row.case, "limitation_base", row.pk),
        {"base_on": "2026-01-15", "base_note": "离职证明", "version": 1},
    )

    row.refresh_from_db()
    assert (answer.status_code, str(row.base_on), row.is_provisional) == (302, "2026-01-15", False)


def test_a_base_without_day_or_reason_keeps_what_was_typed(browser, cast):
    _, row = watched(cast)
    address = url_of(row.case, "limitation_base", row.pk)

    no_day = browser.post(address, {"base_on": "", "base_note": "离职证明", "version": 1})
    no_reason = browser.post(address, {"base_on": "2026-01-15", "base_note": "", "version": 1})

    assert (no_day.status_code, no_reason.status_code) == (422, 422)
    assert "还没填起算日" in no_day.text
    assert "离职证明" in no_day.text
    assert "2026-01-15" in no_reason.text


def test_a_stale_base_is_409_with_both_days(browser, cast):
    _, row = watched(cast)
    facts = {"base_on": clock.today(), "base_note": "同事的依据"}
    actions.state_base(row, version=1, by=cast.head, **facts)

    answer = browser.post(
        url_of(row.case, "limitation_base", row.pk),
        {"base_on": "2026-01-15", "base_note": "离职证明", "version": 1},
    )

    assert answer.status_code == 409
    assert "2026-01-15" in answer.text
    assert str(clock.today()) in answer.text


def test_what_an_assistant_entered_waits_and_the_prosecutor_confirms_with_one_button(browser, cast):
    case, _ = watched(cast)
    client_for(cast.assistant).post(
        url_of(case, "limitation_event_new"), {"kind": "demand", "on": "2026-03-02", "evidence": "微信催要"}
    )
    event = LimitationEvent.objects.get()
    assert "待确认，暂不计入" in browser.get(url_of(case)).text

    answer = browser.post(url_of(case, "limitation_confirm", event.pk), follow=True)

    assert "已计入" in answer.text
    assert "2027-03-02" in answer.text


def test_an_assistant_sees_no_button_and_a_second_confirmation_is_refused_on_the_page(browser, cast):
    case, _ = watched(cast)
    event = LimitationEventFactory(case=case)
    address = url_of(case, "limitation_confirm", event.pk)
    assert address not in client_for(cast.assistant).get(url_of(case)).text
    browser.post(address)

    answer = browser.post(address)

    assert answer.status_code == 422
    assert "这项事由已由 李检察官 确认" in answer.text


def test_an_expired_period_is_red_and_can_be_taken_note_of(browser, cast):
    row = expired(case_of_office(cast, reviewed=True), by=cast.prosecutor)
    assert "这不妨碍支持起诉" in browser.get(url_of(row.case)).text

    answer = browser.post(
        url_of(row.case, "limitation_acknowledge", row.pk), {"note": "已释明抗辩风险"}, follow=True
    )

    assert "知悉时效届满：已释明抗辩风险" in answer.text


def test_the_old_address_of_the_review_still_takes_an_event(browser, cast):
    case, _ = watched(cast, reviewed=True)

    answer = browser.post(
        url_of(case, "review_interruption"), {"kind": "demand", "on": "2026-03-02", "evidence": "微信催要"}
    )

    assert (answer.status_code, answer.url) == (302, url_of(case))
    assert LimitationEvent.objects.get().is_confirmed
