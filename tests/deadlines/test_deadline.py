from datetime import date, datetime, timedelta

import pytest
from django.db.models import Q
from django.template import Context, Template

from core import clock
from deadlines import clocks
from deadlines.models import Deadline
from tests.deadlines.factories import AUGUST, DeadlineFactory

DUE = date(2026, 8, 18)


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    """15 days from 3 August: soon from Friday the 14th (three days before the 18th would be a Saturday)."""
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=prosecutor)


@pytest.mark.parametrize(
    ("day", "state", "label", "percent"),
    [
        ("2026-08-03", "ok", "剩 15 天", 0),
        ("2026-08-13", "ok", "剩 5 天", 66),
        ("2026-08-14", "soon", "剩 4 天", 73),
        ("2026-08-18", "soon", "今天到期", 100),
        ("2026-08-19", "overdue", "超期 1 天", 100),
        ("2026-09-01", "overdue", "超期 14 天", 100),
    ],
)
def test_the_state_follows_from_the_day(deadline, day, state, label, percent):
    today = date.fromisoformat(day)

    assert (deadline.state(today), deadline.label(today), deadline.percent(today)) == (state, label, percent)


def test_paused_shows_paused_and_stands_still(deadline, prosecutor):
    paused = clocks.pause(deadline, on=date(2026, 8, 9), by=prosecutor, reason="等待鉴定")
    late = date(2026, 9, 30)

    assert (paused.state(late), paused.label(late), paused.percent(late)) == ("paused", "停止计算", 40)
    resumed = clocks.resume(paused, on=date(2026, 8, 19), by=prosecutor)
    assert (resumed.due_on, resumed.percent(date(2026, 8, 19))) == (date(2026, 8, 28), 40)


def test_met_shows_met(deadline, prosecutor):
    met = clocks.meet(deadline, on=date(2026, 8, 9), by=prosecutor)

    assert (met.state(DUE), met.label(DUE), met.percent(DUE)) == ("met", "已完成", 100)


@pytest.mark.parametrize(
    ("hours", "state", "label"),
    [
        (1, "ok", "剩 47 小时"),
        (15, "soon", "剩 33 小时"),
        (47.5, "soon", "剩 1 小时"),
        (50, "overdue", "对方超期 2 小时"),
        (100, "overdue", "对方超期 52 小时"),
    ],
)
def test_terms_of_hours_are_told_by_the_hour(prosecutor, hours, state, label):
    starts_at = datetime(2026, 8, 3, 9, tzinfo=clock.SHANGHAI)
    deadline = DeadlineFactory(responsible=prosecutor, code="C11", starts_on=AUGUST, starts_at=starts_at)

    with clock.travel(starts_at + timedelta(hours=hours)):
        assert (deadline.state(clock.today()), deadline.label(clock.today())) == (state, label)


def test_the_chip_carries_rule_basis_and_count(deadline):
    chip = deadline.chip(date(2026, 8, 16))

    assert (chip.state, chip.label, chip.due_on, chip.kind) == ("soon", "剩 2 天", DUE, "院内")
    assert (chip.name, chip.basis) == ("审查期限（内控目标）", "本院办案目标")
    assert (chip.unconfirmed, chip.warning, chip.how_counted) == ("待本院确认", "", deadline.explanation)


def test_a_due_day_in_a_year_without_holidays_warns_on_its_chip(prosecutor):
    with clock.travel(date(2026, 11, 23)):
        ceiling = DeadlineFactory(responsible=prosecutor, code="P6b", starts_on=date(2026, 11, 20))

    assert ceiling.due_on == date(2027, 2, 22)
    assert ceiling.chip(date(2026, 11, 23)).warning == "2027 年节假日安排尚未录入，到期日可能变动"


def test_reading_a_chip_asks_the_database_nothing(deadline, django_assert_num_queries):
    found = Deadline.objects.get()
    with django_assert_num_queries(0):
        found.chip(DUE)


def test_overdue_counts_statute_and_office_but_not_what_is_paused_met_or_agreed(prosecutor):
    late, paused, met, gone, agreed, today = DeadlineFactory.create_batch(6, responsible=prosecutor)
    Deadline.objects.filter(pk=agreed.pk).update(kind="agreed")
    Deadline.objects.filter(pk=today.pk).update(due_on=date(2026, 8, 19))
    clocks.pause(paused, on=date(2026, 8, 10), by=prosecutor, reason="等待鉴定")
    clocks.meet(met, on=date(2026, 8, 30), by=prosecutor)
    clocks.cancel(gone, by=prosecutor, reason="撤回申请")
    day = date(2026, 8, 19)

    assert [*Deadline.objects.overdue(day)] == [late]
    assert {*Deadline.objects.past_due(day)} == {late, agreed}
    assert {*Deadline.objects.open()} == {late, paused, agreed, today}
    assert ([*Deadline.objects.paused()], {*Deadline.objects.stoppable()}) == (
        [paused],
        {late, paused, agreed, today},  # a clock may stand still for another cause as well
    )
    assert {*Deadline.objects.due_within(0, day)} == {today}


def test_by_clock_puts_the_nearest_first_and_statute_before_targets(prosecutor):
    internal = DeadlineFactory(responsible=prosecutor, code="P7")
    later = DeadlineFactory(responsible=prosecutor, starts_on=date(2026, 8, 4))
    agreed = DeadlineFactory(responsible=prosecutor, code="M1", starts_on=DUE)
    statutory = DeadlineFactory(responsible=prosecutor, code="C8")

    assert [*Deadline.objects.by_clock()] == [statutory, internal, agreed, later]


def test_the_owners_deadlines_are_found_by_its_page(deadline, prosecutor):
    DeadlineFactory(responsible=prosecutor)

    assert [*Deadline.objects.for_owner(deadline.owner_url)] == [deadline]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("prosecutor2", ["office"]),
        ("clerk", ["office"]),
        ("head", ["office"]),
        ("chief", ["office"]),
        ("other", ["other"]),
        ("legalaid", ["partner"]),
        ("mediator", ["mediator"]),
        ("legalaid2", []),
        ("city", []),
        ("sysadmin", []),
        ("security", []),
        ("auditor", []),
    ],
)
def test_who_sees_which_deadlines(cast, who, sees):
    DeadlineFactory(responsible=cast.prosecutor, title="office")
    DeadlineFactory(responsible=cast.other, title="other")
    DeadlineFactory(responsible=cast.legalaid, title="partner")
    DeadlineFactory(responsible=cast.mediator, title="mediator")

    assert [d.title for d in Deadline.objects.visible_to(getattr(cast, who))] == sees


def test_the_desk_and_the_office_have_their_partial_indexes():
    indexes = {index.name: (index.fields, index.condition) for index in Deadline._meta.indexes}

    assert indexes["deadline_desk"][0] == ["responsible", "due_on"]
    assert indexes["deadline_office"][0] == ["organisation", "due_on"]
    assert indexes["deadline_desk"][1] == indexes["deadline_office"][1] == Q(met_on=None, cancelled_at=None)


def test_the_chip_on_the_page_shows_count_basis_and_the_missing_year(prosecutor):
    with clock.travel(date(2026, 11, 23)):
        ceiling = DeadlineFactory(responsible=prosecutor, code="P6b", starts_on=date(2026, 11, 20))
        html = Template("{% load zhichi %}{% clock d %}").render(Context({"d": ceiling}))

    assert '<time data-clock="ok" datetime="2027-02-22">' in html
    for part in (
        "加 3 个月至 2027-02-20（周六）",
        "参照监督规则第52条",
        "2027 年节假日安排尚未录入",
        "待本院确认",
    ):
        assert part in html
