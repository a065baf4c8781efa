"""What a calendar program gets to read: parsed back with the same library, and looked at byte by byte."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from core import clock
from deadlines import clocks, ics, subscribed, todos
from deadlines.models import Deadline
from deadlines.occasions import hour_of, number_of
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory, TaskFactory

HOSTILE = "审查，期限;第1行\r\nBEGIN:VEVENT\r\nSUMMARY:伪造,\\n"


def parsed(*events):
    return Calendar.from_ical(ics.calendar(events))


def only(*events):
    (event,) = parsed(*events).walk("VEVENT")
    return event


def named(deadline, name):
    """The same deadline under another rule name, as an office may call it."""
    deadline.rule = deadline.rule | {"name": name}
    return deadline


def hours(prosecutor, *, at):
    return DeadlineFactory(code="C11", responsible=prosecutor, starts_on=at.date(), starts_at=at)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("/cases/150902-2026-0016/", "2026-0016"),
        ("/cases/150902-2026-0016/review/", "2026-0016"),
        ("/referrals/XS-150902-2026-0088/", "XS-2026-0088"),
        ("/suggestions/7/", ""),
        ("", ""),
    ],
)
def test_a_matter_is_told_by_its_number_alone(url, number):
    assert number_of(url) == number


@pytest.mark.django_db
def test_a_period_is_a_whole_day_named_by_number_and_rule(prosecutor, settings):
    settings.SITE_URL = "https://zhichi.example.gov.cn"
    deadline = DeadlineFactory(responsible=prosecutor, owner_url="/cases/150902-2026-0016/")

    event = only(ics.of_deadline(deadline))

    assert event["summary"] == f"2026-0016 {deadline.rule['name']}"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 8, 18), date(2026, 8, 19))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["uid"] == f"deadline-{deadline.pk}@zhichi.example.gov.cn"
    assert event["url"] == "https://zhichi.example.gov.cn/cases/150902-2026-0016/"
    assert (event["status"], event["sequence"], event["class"]) == ("CONFIRMED", 0, "PRIVATE")
    assert deadline.rule["basis"] in event["description"]


@pytest.mark.django_db
def test_it_rings_one_day_before(prosecutor):
    (alarm,) = only(ics.of_deadline(DeadlineFactory(responsible=prosecutor))).walk("VALARM")

    assert alarm["trigger"].dt == timedelta(days=-1)
    assert alarm["action"] == "DISPLAY"


@pytest.mark.django_db
def test_a_period_of_hours_ends_at_its_instant_whatever_the_zone(prosecutor):
    at = datetime(2026, 8, 3, 22, 30, tzinfo=clock.SHANGHAI)
    deadline = hours(prosecutor, at=at)

    event = only(ics.of_deadline(deadline))

    start = event["dtstart"].dt
    assert start == at + timedelta(hours=deadline.rule["length"])
    assert event["dtstart"].to_ical().endswith(b"Z")
    assert start.astimezone(clock.SHANGHAI).hour == 22
    assert ("dtend" in event, event["transp"]) == (False, "OPAQUE")
    assert b"VTIMEZONE" not in ics.calendar([ics.of_deadline(deadline)])


@pytest.mark.django_db
def test_an_hour_after_midnight_stays_on_its_day_in_shanghai(prosecutor):
    at = datetime(2026, 12, 30, 0, 30, tzinfo=clock.SHANGHAI)
    deadline = hours(prosecutor, at=at)

    start = only(ics.of_deadline(deadline))["dtstart"].dt

    assert start.astimezone(clock.SHANGHAI).date() == deadline.due_on


@pytest.mark.django_db
def test_a_moved_due_day_keeps_its_uid_and_raises_its_sequence_and_stamp(prosecutor):
    with clock.travel(date(2026, 8, 3)):
        deadline = DeadlineFactory(responsible=prosecutor)
    before = only(ics.of_deadline(deadline))

    with clock.travel(date(2026, 8, 10)):
        moved = clocks.extend(deadline, days=15, by=prosecutor, reason="调取工资台账")
    after = only(ics.of_deadline(moved))

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt > before["dtstart"].dt
    assert after["dtstamp"].dt > before["dtstamp"].dt


@pytest.mark.django_db
def test_what_is_met_or_cancelled_is_struck_and_rings_no_more(prosecutor):
    with clock.travel(date(2026, 8, 10)):
        met = clocks.meet(DeadlineFactory(responsible=prosecutor), on=date(2026, 8, 10), by=prosecutor)
        gone = clocks.cancel(DeadlineFactory(responsible=prosecutor), by=prosecutor, reason="登记有误")

    for deadline in (met, gone):
        event = only(ics.of_deadline(deadline))
        assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
        assert event.walk("VALARM") == []


@pytest.mark.django_db
def test_a_paused_period_is_tentative(prosecutor):
    with clock.travel(date(2026, 8, 10)):
        deadline = DeadlineFactory(responsible=prosecutor)
        paused = clocks.pause(deadline, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")

    event = only(ics.of_deadline(paused))

    assert event["status"] == "TENTATIVE"
    assert event.walk("VALARM") == []
    assert "等待鉴定" not in event["description"]


@pytest.mark.django_db
def test_the_same_rows_give_the_same_bytes_on_any_day(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)
    with clock.travel(date(2026, 8, 3)):
        first = ics.calendar([ics.of_deadline(deadline)])
    with clock.travel(date(2026, 9, 9)):
        assert ics.calendar([ics.of_deadline(deadline)]) == first


@pytest.mark.django_db
def test_lines_end_in_crlf_and_are_folded_by_octets(prosecutor):
    deadline = named(DeadlineFactory(responsible=prosecutor), "监督申请审查期限" * 12)

    raw = ics.calendar([ics.of_deadline(deadline)])

    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode()  # no character is cut in two
    assert str(only(ics.of_deadline(deadline))["summary"]).endswith("监督申请审查期限" * 12)


@pytest.mark.django_db
def test_a_hostile_name_opens_no_line_of_its_own(prosecutor):
    deadline = named(DeadlineFactory(responsible=prosecutor), HOSTILE)

    raw = ics.calendar([ics.of_deadline(deadline)])

    assert len(parsed(ics.of_deadline(deadline)).walk("VEVENT")) == 1
    assert raw.count(b"\r\nBEGIN:VEVENT") == 1
    assert rb"\," in raw
    assert rb"\;" in raw
    summary = only(ics.of_deadline(deadline))["summary"]
    assert "审查，期限;第1行\nBEGIN:VEVENT" in str(summary).replace("\r\n", "\n")


@pytest.mark.django_db
def test_the_calendar_says_its_name_and_how_often_to_come_back():
    whole = parsed()

    assert whole["x-wr-calname"] == "支持起诉期限"
    assert whole["refresh-interval"].params["VALUE"] == "DURATION"
    assert (whole["version"], whole["method"]) == ("2.0", "PUBLISH")
    assert (whole["calscale"], bool(whole["prodid"])) == ("GREGORIAN", True)


@pytest.mark.django_db
def test_a_hearing_stands_at_its_hour_and_a_to_do_on_its_day(prosecutor):
    url = "/cases/150902-2026-0016/"
    at = datetime(2026, 12, 1, 9, tzinfo=clock.SHANGHAI)
    hearing = TaskFactory(assigned_to=prosecutor, due_on=date(2026, 12, 1), owner_url=url, hearing_at=at)
    plain = TaskFactory(assigned_to=prosecutor, due_on=date(2026, 12, 1), title="给王建国打电话")

    timed, whole_day = only(ics.of_task(hearing)), only(ics.of_task(plain))

    assert timed["summary"] == "2026-0016 开庭"
    assert timed["dtstart"].dt == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert whole_day["summary"] == "待办"
    assert whole_day["dtstart"].dt == date(2026, 12, 1)
    assert urlsplit(whole_day["url"]).path == f"/tasks/{plain.pk}/"


@pytest.mark.django_db
def test_once_a_case_has_its_number_calendars_tell_it(prosecutor):
    url, old, new = "/cases/150902-2026-0016/", "150902-2026-0016", "集检民支〔2026〕16号"
    DeadlineFactory(responsible=prosecutor, owner_url=url, title=f"{old} 约定")
    TaskFactory(assigned_to=prosecutor, due_on=date(2026, 12, 1), owner_url=url)
    before = {str(each["uid"]): each["sequence"] for each in only_all(prosecutor)}

    clocks.rename(url, old=old, new=new)
    todos.told_anew(url)

    events = only_all(prosecutor)
    assert {str(each["summary"]).split(" ")[0] for each in events} == {new}
    assert all(each["sequence"] == before[str(each["uid"])] + 1 for each in events)
    assert Deadline.objects.get().title == f"{new} 约定"


def only_all(user):
    return parsed(*subscribed.events_of(user)).walk("VEVENT")


@pytest.mark.django_db
def test_a_hearing_is_one_by_its_fact_not_by_its_words_and_keeps_its_hour_on_its_day_only(prosecutor):
    facts = {"assigned_to": prosecutor, "owner_url": "/cases/150902-2026-0016/"}
    at = datetime(2026, 12, 1, 9, tzinfo=clock.SHANGHAI)
    typed = TaskFactory(title="王建国 2026-12-01 09:00 开庭", due_on=at.date(), **facts)
    moved = TaskFactory(due_on=date(2026, 12, 3), hearing_at=at, **facts)

    assert (hour_of(typed), hour_of(moved)) == (None, None)
    assert only(ics.of_task(typed))["summary"] == "2026-0016 待办"


@pytest.mark.django_db
def test_one_period_is_taken_along_as_a_file_without_a_name_in_it(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor, title="王建国诉某公司")

    answer = client_for(prosecutor).get(f"/calendar/event/{deadline.pk}.ics")

    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "王建国" not in body.decode() + answer["Content-Disposition"]
    assert len(Calendar.from_ical(body).walk("VEVENT")) == 1
