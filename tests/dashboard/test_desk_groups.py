"""Which group a day falls into, through the week and over its ends."""

from datetime import date, datetime, time, timedelta

import pytest

from core import clock
from dashboard.entries import Entry, of_matter
from dashboard.todo import Group, groups, place, schedule_of
from deadlines.models import Deadline, Task
from tests.deadlines.factories import TaskFactory

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)


def entry(due_on, state="ok") -> Entry:
    return Entry("审查", "/", "", "", due_on, state)


@pytest.mark.parametrize(
    ("today", "after", "group"),
    [
        (MONDAY, 0, "today"),
        (MONDAY, 1, "soon"),
        (MONDAY, 3, "soon"),
        (MONDAY, 4, "week"),
        (MONDAY, 6, "week"),
        (MONDAY, 7, "later"),
        (FRIDAY, 3, "soon"),
        (FRIDAY, 4, "later"),
        (SUNDAY, 1, "soon"),
        (SUNDAY, 4, "later"),
    ],
)
def test_a_day_falls_into_its_group(today, after, group):
    assert place(entry(today + timedelta(days=after)), today) == group


def test_late_and_paused_go_by_their_state_and_no_day_goes_last():
    assert place(entry(MONDAY, "overdue"), MONDAY) == "overdue"
    assert place(entry(MONDAY - timedelta(days=9), "paused"), MONDAY) == "paused"
    assert place(entry(None), MONDAY) == "none"


def test_groups_stand_in_order_their_entries_by_day_and_empty_ones_are_left_out(prosecutor):
    entries = [
        Entry(title, "/", "", "", due_on, state)
        for title, due_on, state in [
            ("迟", MONDAY - timedelta(1), "overdue"),
            ("八", MONDAY + timedelta(8), "ok"),
            ("九", MONDAY + timedelta(9), "ok"),
            ("停", MONDAY + timedelta(9), "paused"),
            ("无", None, "ok"),
        ]
    ]

    found = groups(entries, MONDAY)

    assert [(group.label, group.tone) for group in found] == [
        ("已超期", "overdue"),
        ("以后", ""),
        ("没有期限", ""),
        ("停止计算", ""),
    ]
    assert [each.title for each in found[1].entries] == ["八", "九"]
    assert all(isinstance(group, Group) and not group.open_ended for group in found)


def test_where_rows_were_left_out_the_last_group_has_no_certain_number():
    found = groups([entry(MONDAY, "overdue"), entry(MONDAY + timedelta(1))], MONDAY, cut=True)

    assert [(group.key, group.open_ended) for group in found] == [("overdue", False), ("soon", True)]


def test_of_one_day_the_law_stands_before_the_office_before_what_was_agreed_and_to_dos_last(prosecutor):
    def due(code, hour=None):
        kind = {"C1": "statutory", "P8": "internal", "M1": "agreed"}[code]
        at = datetime(2026, 11, 27, hour, tzinfo=clock.SHANGHAI) if hour else None
        rule = {"code": code, "name": code, "by_hand": True, "backward": False}
        return Deadline(
            kind=kind, rule=rule, responsible=prosecutor, due_on=FRIDAY, due_at=at, warn_on=FRIDAY, title=""
        )

    people = {"assigned_to": prosecutor, "created_by": prosecutor}
    task = Task(pk=1, title="task", due_on=FRIDAY, **people)
    rows = [task, due("M1"), due("P8"), due("C1", 17), due("C1", 9), due("C1")]
    for pk, row in enumerate(rows, start=1):
        row.pk = pk

    ordered = sorted((of_matter(row, prosecutor, MONDAY) for row in rows), key=lambda each: each.order)

    assert [each.key for each in ordered] == [
        *("deadline-5", "deadline-4", "deadline-6", "deadline-3", "deadline-2", "task-1")
    ]


def hour(hour, minute=0):
    return datetime.combine(MONDAY, time(hour, minute), tzinfo=clock.SHANGHAI)


def test_todays_schedule_is_ones_own_of_this_day_with_the_hours_first(prosecutor, prosecutor2):
    def due(person, title, day=MONDAY, at=None):
        return of_matter(
            TaskFactory(title=title, assigned_to=person, due_on=day, owner_url="/cases/1/", hearing_at=at),
            prosecutor,
            MONDAY,
            frozenset({prosecutor2.pk}) if title == "代办" else frozenset(),
        )

    rows = [
        due(prosecutor, "整理卷宗"),
        due(prosecutor, "下午开庭", at=hour(14, 30)),
        due(prosecutor, "上午开庭", at=hour(9)),
        due(prosecutor, "明天的", FRIDAY),
        due(prosecutor2, "同事的"),
        due(prosecutor2, "代办"),
    ]

    shown = schedule_of(rows, MONDAY)

    assert [entry.title for entry in shown] == [
        "上午开庭",
        "下午开庭",
        "整理卷宗",
        "代办",
    ]


def test_hearings_of_one_day_stand_by_the_hour_before_what_has_none(prosecutor):
    def to_do(title, at=None):
        facts = {"assigned_to": prosecutor, "due_on": MONDAY, "owner_url": "/cases/1/"}
        return of_matter(TaskFactory(title=title, hearing_at=at, **facts), prosecutor, MONDAY)

    rows = [to_do("下午开庭", hour(14)), to_do("整理卷宗"), to_do("上午开庭", hour(9))]

    ordered = sorted(rows, key=lambda each: each.order)

    assert [each.title for each in ordered] == [
        "上午开庭",
        "下午开庭",
        "整理卷宗",
    ]


def test_a_title_that_reads_like_a_hearing_is_a_to_do_without_an_hour(prosecutor):
    facts = {"assigned_to": prosecutor, "due_on": MONDAY, "owner_url": "/cases/1/"}
    row = TaskFactory(title=f"{MONDAY} 09:00 开庭", **facts)

    assert of_matter(row, prosecutor, MONDAY).hour is None
