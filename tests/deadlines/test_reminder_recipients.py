"""Who hears of a reminder, in which words."""

from datetime import date, datetime, timedelta

import pytest

from core import clock
from deadlines.models import Deadline
from deadlines.reminders import scan
from notifications.models import Notification, Topic
from tests.accounts.factories import AbsenceFactory, DeputyFactory, UserFactory
from tests.deadlines.factories import AUGUST, DeadlineFactory

DUE = date(2026, 8, 18)
FIRST, ESCALATED, TOP = DUE - timedelta(days=4), DUE + timedelta(days=1), DUE + timedelta(days=3)
LATE = "2026-0016 审查期限（内控目标）超期 1 天（08-18 到期）"


@pytest.fixture
def deadline(prosecutor) -> Deadline:
    with clock.travel(AUGUST):
        return DeadlineFactory(responsible=prosecutor, title="2026-0016")


def told_on(day: date | datetime) -> dict[str, str]:
    """Who hears that day, and what; what was due before that day was told before."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 9)
    with clock.travel(moment - timedelta(days=1)):
        scan()
    Notification.objects.all().delete()
    with clock.travel(moment):
        scan()
    rows = Notification.objects.select_related("recipient").order_by("pk")
    assert len({row.recipient_id for row in rows}) == len(rows)
    return {row.recipient.name: row.title for row in rows}


@pytest.mark.parametrize(
    ("day", "hear"),
    [
        (FIRST, ["李检察官"]),
        (DUE, ["李检察官"]),
        (ESCALATED, ["李检察官", "赵主任"]),
        (TOP, ["李检察官", "赵主任", "孙副检察长"]),
    ],
)
def test_lateness_climbs(deadline, head, chief, prosecutor2, other_head, other_chief, day, hear):
    assert list(told_on(day)) == hear


def test_an_escalation_says_whose_it_is(deadline, head):
    assert told_on(ESCALATED) == {"李检察官": LATE, "赵主任": f"待督办：{LATE}"}
    assert [*Notification.objects.order_by("pk").values_list("topic", "urgent")] == [
        (Topic.DEADLINE, True),
        (Topic.ESCALATION, True),
    ]


def test_only_what_is_due_knows_no_quiet_hours(deadline):
    told_on(FIRST)

    assert not Notification.objects.get().urgent


def test_a_head_who_is_responsible_hears_once_and_as_responsible(head):
    with clock.travel(AUGUST):
        DeadlineFactory(responsible=head, title="2026-0016")

    assert told_on(ESCALATED) == {"赵主任": LATE}


def test_without_a_head_the_chief_hears_and_without_a_chief_the_head(deadline, chief):
    assert list(told_on(ESCALATED)) == ["李检察官", "孙副检察长"]


def test_without_a_chief_the_last_stage_ends_with_the_head(deadline, head):
    assert list(told_on(TOP)) == ["李检察官", "赵主任"]


def test_a_leader_who_is_out_of_office_does_not_count(deadline, head, chief):
    head.is_active = False
    head.save()

    assert list(told_on(ESCALATED)) == ["李检察官", "孙副检察长"]


def test_when_the_responsible_is_gone_the_head_hears_from_the_first_stage_on(deadline, prosecutor, head):
    prosecutor.is_active = False
    prosecutor.save()

    words = "责任人已不在岗：2026-0016 审查期限（内控目标）剩 4 天（08-18 到期）"
    assert told_on(FIRST) == {"赵主任": words}


@pytest.mark.parametrize("change", ["moved", "became_auditor"])
def test_whoever_can_no_longer_open_it_counts_as_gone(deadline, prosecutor, head, other_office, change):
    if change == "moved":
        prosecutor.organisation = other_office
    else:
        prosecutor.role = "auditor"
    prosecutor.save()

    assert list(told_on(FIRST)) == ["赵主任"]


def test_where_nobody_leads_the_colleagues_hear_rather_than_nobody(deadline, prosecutor, assistant, sysadmin):
    prosecutor.is_active = False
    prosecutor.save()

    assert list(told_on(FIRST)) == ["王助理"]


def test_the_absent_and_the_one_who_covers_both_hear(deadline, prosecutor, assistant, head):
    AbsenceFactory(user=prosecutor, covered_by=assistant, starts_on=FIRST, ends_on=DUE, created_by=prosecutor)

    words = "2026-0016 审查期限（内控目标）剩 4 天（08-18 到期）"
    assert told_on(FIRST) == {"李检察官": words, "王助理": f"（代办）{words}"}


@pytest.mark.parametrize(
    ("change", "hear"),
    [
        ({"ends_on": FIRST - timedelta(days=1)}, ["李检察官"]),
        ({"starts_on": FIRST + timedelta(days=1)}, ["李检察官"]),
        ({"revoked_at": datetime(2026, 8, 4, 9, tzinfo=clock.SHANGHAI)}, ["李检察官"]),
        ({}, ["李检察官", "王助理"]),
    ],
)
def test_only_an_absence_in_force_that_day_counts(deadline, prosecutor, assistant, change, hear):
    dates = {"starts_on": AUGUST, "ends_on": DUE} | change
    AbsenceFactory(user=prosecutor, covered_by=assistant, **dates)

    assert list(told_on(FIRST)) == hear


def test_a_leaders_substitute_hears_too(deadline, head, chief, prosecutor2):
    DeputyFactory(absent=head, substitute=prosecutor2, starts_on=ESCALATED, ends_on=TOP)

    assert told_on(ESCALATED) == {
        "李检察官": LATE,
        "赵主任": f"待督办：{LATE}",
        "张检察官": f"（代办）待督办：{LATE}",
    }


def test_a_substitute_who_hears_anyway_hears_once(deadline, head, prosecutor, chief):
    DeputyFactory(absent=head, substitute=prosecutor, starts_on=ESCALATED, ends_on=TOP)
    DeputyFactory(absent=chief, substitute=head, starts_on=ESCALATED, ends_on=TOP)

    assert list(told_on(TOP)) == ["李检察官", "赵主任", "孙副检察长"]


def test_a_partners_period_stays_with_the_partner(legalaid, legalaid2, head, chief):
    with clock.travel(AUGUST):
        DeadlineFactory(code="P1S", responsible=legalaid, title="线索 XS-1", starts_on=DUE)

    assert [list(told_on(day)) for day in (DUE, ESCALATED, TOP)] == [["赵律师"]] * 3


def test_when_the_partner_is_gone_the_unit_hears(legalaid, legalaid2, labour, head):
    with clock.travel(AUGUST):
        DeadlineFactory(code="P1S", responsible=legalaid, title="线索 XS-1", starts_on=DUE)
    legalaid.is_active = False
    legalaid.save()

    assert told_on(DUE) == {"钱律师": "责任人已不在岗：线索 XS-1 线索补正今天到期（08-18 到期）"}


def test_a_mediators_period_of_the_office_climbs_in_the_office(mediator, head, office):
    with clock.travel(AUGUST):
        DeadlineFactory(responsible=mediator, organisation=office, title="2026-0016")

    assert told_on(ESCALATED) == {"马调解员": LATE, "赵主任": f"待督办：{LATE}"}


@pytest.mark.parametrize(
    ("whose", "on", "words"),
    [
        ("right", DUE, "今天届满（08-18 届满）"),
        ("right", ESCALATED, "届满 1 天（08-18 届满）"),
        ("others", ESCALATED, "对方超期 1 天（08-18 到期）"),
    ],
)
def test_words_follow_whose_period_it_is(deadline, whose, on, words):
    Deadline.objects.update(whose=whose)

    assert told_on(on)["李检察官"].endswith(f"审查期限（内控目标）{words}")


def test_hours_are_told_with_the_hour(prosecutor):
    starts = datetime(2026, 8, 3, 10, 30, tzinfo=clock.SHANGHAI)
    with clock.travel(starts):
        deadline = DeadlineFactory(code="C11", responsible=prosecutor, title="2026-0016", starts_at=starts)
        day = date.fromisoformat(deadline.plan[0]["on"])

    words = told_on(datetime(day.year, day.month, day.day, 9))["李检察官"]

    hours = int((deadline.due_on - day).days * 24 + 2)
    assert words.endswith(f"剩 {hours} 小时（{deadline.due_on:%m-%d} 10:30 到期）")


def test_another_year_is_said_in_full(prosecutor):
    with clock.travel(date(2026, 12, 30)):
        DeadlineFactory(code="P8", responsible=prosecutor, title="2026-0016", starts_on=date(2026, 12, 30))
        scan()
        deadline = Deadline.objects.get()
    Notification.objects.all().delete()
    Deadline.objects.update(
        remind_on=date(2026, 12, 30), plan=[{"stage": "b9", "on": "2026-12-30", "to": []}]
    )
    with clock.travel(date(2026, 12, 30)):
        scan()

    assert Notification.objects.get().title.endswith(f"（{deadline.due_on} 到期）")


def test_a_long_name_is_cut_and_what_matters_stays(office, head):
    person = UserFactory(organisation=office, name="名" * 40)
    with clock.travel(AUGUST):
        DeadlineFactory(responsible=person, title="案" * 80)

    told = told_on(TOP)

    assert all(len(title) <= 120 and title.endswith("超期 3 天（08-18 到期）") for title in told.values())
    assert told["赵主任"] == f"待督办：{'案' * 80} 审查期限（内控目标）超期 3 天（08-18 到期）"
