"""Which group a day falls into, through the week and over its ends."""

from datetime import date, timedelta

import pytest

from dashboard.todo import Entry, Group, groups, place
from deadlines.models import Task

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
    assert place(entry(None), MONDAY) == "later"


def test_groups_stand_in_order_their_entries_by_day_and_empty_ones_are_left_out(prosecutor):
    tasks = [
        Task(title=title, due_on=due_on, assigned_to=prosecutor)
        for title, due_on in [
            ("九", MONDAY + timedelta(9)),
            ("无", None),
            ("迟", MONDAY - timedelta(1)),
            ("八", MONDAY + timedelta(8)),
        ]
    ]

    found = groups([], tasks, MONDAY)

    assert [(group.label, group.tone) for group in found] == [("已超期", "overdue"), ("以后", "")]
    assert [each.title for each in found[1].entries] == ["八", "九", "无"]
    assert all(isinstance(group, Group) for group in found)
