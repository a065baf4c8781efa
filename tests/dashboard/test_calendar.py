"""日程: what falls on which day, for whom, and how the page says it."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Absence
from core import clock
from dashboard import calendar_data
from deadlines import clocks, todos
from deadlines.models import Deadline, Holiday
from jobs.models import Heartbeat
from tests.cases.following import listed
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory, TaskFactory
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:calendar")
TODAY = date(2026, 8, 12)  # a Wednesday; periods of the factory end on Tuesday 2026-08-18
DUE = date(2026, 8, 18)


@pytest.fixture(autouse=True)
def _on_a_wednesday(db):
    with clock.travel(TODAY):
        Heartbeat.objects.beat("beat")
        yield


def read(user, **query) -> str:
    answer = client_for(user).get(URL, query)
    assert answer.status_code == 200
    return answer.content.decode()


def day_of(page: str, day: date) -> str:
    """The cell of one day, as far as the next."""
    return page.split(f'datetime="{day}"')[-1].split('<p class="dh">')[0]


def due_on(deadline: Deadline, day: date) -> Deadline:
    Deadline.objects.filter(pk=deadline.pk).update(due_on=day, warn_on=day - timedelta(days=3))
    return deadline


def hearing(user, day: date, hour: str, number: str = "集检民支〔2026〕16号"):
    at = datetime.combine(day, time.fromisoformat(hour), tzinfo=clock.SHANGHAI)
    facts = {"title": f"{number} {at:%Y-%m-%d %H:%M} 开庭", "owner_url": "/cases/150902-2026-0016/"}
    return TaskFactory(assigned_to=user, due_on=day, hearing_at=at, **facts)


def covers(substitute, absent, *, first=TODAY, last=TODAY):
    Absence.objects.create(
        user=absent, covered_by=substitute, starts_on=first, ends_on=last, reason="休假", created_by=absent
    )


def test_a_period_stands_on_its_day_with_its_state_in_words_and_a_way_to_its_case(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor, title="集检民支〔2026〕16号")

    cell = day_of(read(prosecutor), DUE)

    assert f'href="{deadline.owner_url}"' in cell
    assert deadline.rule["name"] in cell
    assert "集检民支〔2026〕16号" in cell
    assert "<b>剩 6 天</b>" in cell


def test_overdue_paused_and_met_are_told_in_words(prosecutor):
    late = due_on(DeadlineFactory(responsible=prosecutor), date(2026, 8, 11))
    clocks.pause(DeadlineFactory(responsible=prosecutor), on=TODAY, by=prosecutor, reason="鉴定")
    clocks.meet(DeadlineFactory(responsible=prosecutor), on=TODAY, by=prosecutor)

    page = read(prosecutor)

    assert re.search(
        r'class="ev overdue".+?<b>超期 1 天</b>', day_of(page, late_day := date(2026, 8, 11)), re.S
    )
    assert late.owner_url in day_of(page, late_day)
    cell = day_of(page, DUE)
    assert re.search(r'class="ev paused".+?<b>停止计算</b>', cell, re.S)
    assert re.search(r'class="ev met".+?<b>已完成</b>', cell, re.S)


def test_what_is_cancelled_is_gone(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor)
    clocks.cancel(deadline, by=prosecutor, reason="登记有误")

    assert deadline.owner_url not in read(prosecutor)


def test_overdue_of_any_month_also_stands_on_top(prosecutor):
    late = due_on(DeadlineFactory(responsible=prosecutor), date(2026, 5, 6))
    TaskFactory(assigned_to=prosecutor, title="整理旧卷", due_on=date(2026, 8, 10))

    top = read(prosecutor, on="2026-11-25").split("calbar")[0]

    assert 'class="c">2</span>' in top
    assert late.owner_url in top
    assert top.index("超期 98 天") < top.index("整理旧卷")


def test_a_long_list_of_overdue_ends_in_a_way_to_the_rest(prosecutor):
    for _ in range(calendar_data.LATEST + 2):
        due_on(DeadlineFactory(responsible=prosecutor), date(2026, 5, 6))

    page = read(prosecutor)

    assert page.split("calbar")[0].count('class="ev overdue"') == calendar_data.LATEST
    assert ">还有 2 项</a>" in page


def test_a_full_day_shows_three_and_a_way_to_the_rest(prosecutor):
    for _ in range(4):
        DeadlineFactory(responsible=prosecutor)
    TaskFactory(assigned_to=prosecutor, due_on=DUE)

    month, week = read(prosecutor), read(prosecutor, view="week", on=str(DUE))

    assert day_of(month, DUE).count('class="ev ') == 3
    assert f'href="?view=week&amp;on={DUE}">还有 2 项' in day_of(month, DUE)
    assert day_of(week, DUE).count('class="ev ') == 5
    assert "还有" not in day_of(week, DUE)


def test_a_hearing_shows_its_hour_and_hours_come_first(prosecutor):
    TaskFactory(assigned_to=prosecutor, due_on=DUE, title="整理卷宗")
    hearing(prosecutor, DUE, "14:30")
    hearing(prosecutor, DUE, "09:00", number="集检民支〔2026〕17号")

    cell = day_of(read(prosecutor, on=str(DUE), view="week"), DUE)

    assert cell.index("09:00") < cell.index("14:30") < cell.index("整理卷宗")
    assert "2026-08-18 14:30 开庭" not in cell


def test_a_to_do_leads_to_its_own_page_with_its_case_beside(prosecutor):
    case = listed(prosecutor, review=True)
    alone = TaskFactory(assigned_to=prosecutor, due_on=DUE, title="取材料")
    of_case = TaskFactory(
        assigned_to=prosecutor, due_on=DUE, title="王建国一案 开庭", owner_url=case.get_absolute_url()
    )

    cell = day_of(read(prosecutor, on=str(DUE), view="week"), DUE)

    assert f'<a href="/tasks/{alone.pk}/" title="取材料">取材料</a>' in cell
    assert f'<a href="/tasks/{of_case.pk}/" title="王建国一案 开庭">王建国一案 开庭</a>' in cell
    assert f'<a class="no" href="{case.get_absolute_url()}">{case}</a>' in cell
    assert "<b>开庭</b>" not in cell  # what somebody typed makes no hearing


def test_a_leader_sees_what_hangs_on_cases_of_the_office_and_nothing_private(head, prosecutor):
    task = hearing(prosecutor, DUE, "09:00")
    TaskFactory(assigned_to=prosecutor, due_on=DUE, title="与家人开庭")

    cell = day_of(read(head, view="week", on=str(DUE)), DUE)

    assert f'<a href="/tasks/{task.pk}/" title="开庭">开庭</a>' in cell
    assert f'<a class="no" href="{task.owner_url}">2026-0016</a>' in cell
    assert "与家人" not in cell


def test_a_period_of_hours_that_ran_out_today_is_overdue_on_top(prosecutor):
    now = datetime.combine(TODAY, time(15), tzinfo=clock.SHANGHAI)
    at = now - timedelta(hours=48)
    over, running = (
        DeadlineFactory(
            code="C11", responsible=prosecutor, starts_on=at.date(), starts_at=at + timedelta(hours=h)
        )
        for h in (-1, 1)
    )
    assert over.due_on == running.due_on == TODAY

    with clock.travel(now):
        page = read(prosecutor)

    top = page.split("calbar")[0]
    assert ('class="c">1</span>' in top, over.owner_url in top) == (True, True)
    assert running.owner_url not in top
    assert page.count(f'href="{over.owner_url}"') == 2


def test_a_period_of_hours_shows_its_hour(prosecutor):
    at = datetime(2026, 8, 17, 15, 20, tzinfo=clock.SHANGHAI)
    deadline = DeadlineFactory(code="C11", responsible=prosecutor, starts_on=at.date(), starts_at=at)

    assert "15:20</time>" in day_of(read(prosecutor), deadline.due_on)


def test_a_finished_to_do_is_struck(prosecutor):
    todos.finish(TaskFactory(assigned_to=prosecutor, due_on=DUE), by=prosecutor)

    assert re.search(r'class="ev met".+?整理卷宗.+?<b>已完成</b>', day_of(read(prosecutor), DUE), re.S)


def test_mine_is_mine_and_of_those_whom_i_cover_today(prosecutor, prosecutor2, assistant):
    theirs = DeadlineFactory(responsible=prosecutor2)
    hearing(prosecutor2, DUE, "09:00")
    TaskFactory(assigned_to=prosecutor2, due_on=DUE, title="给家里打电话")
    DeadlineFactory(responsible=assistant)
    assert theirs.owner_url not in read(prosecutor)

    covers(prosecutor, prosecutor2)
    cell = day_of(read(prosecutor), DUE)

    assert theirs.owner_url in cell
    assert "09:00" in cell
    assert "张检察官" in cell
    assert "给家里打电话" in cell
    assert "王助理" not in cell


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 3)])
def test_whom_i_covered_yesterday_or_cover_tomorrow_is_not_shown(prosecutor, prosecutor2, first, last):
    theirs = DeadlineFactory(responsible=prosecutor2)
    covers(prosecutor, prosecutor2, first=TODAY + timedelta(days=first), last=TODAY + timedelta(days=last))

    assert theirs.owner_url not in read(prosecutor)


def test_leaders_see_the_office_or_only_what_is_theirs(head, prosecutor, other):
    of_office, foreign = DeadlineFactory(responsible=prosecutor), DeadlineFactory(responsible=other)
    TaskFactory(assigned_to=prosecutor, due_on=DUE, title="给家里打电话")
    hearing(prosecutor, DUE, "09:00")

    whole, mine = read(head, view="week", on=str(DUE)), read(head, view="week", on=str(DUE), whose="mine")

    assert of_office.owner_url in whole
    assert "09:00" in whole
    assert "李检察官" in day_of(whole, DUE)
    assert foreign.owner_url not in whole
    assert "给家里打电话" not in whole
    assert of_office.owner_url not in mine


def test_who_leads_nobody_does_not_see_the_office_by_asking(prosecutor, prosecutor2):
    theirs = DeadlineFactory(responsible=prosecutor2)

    assert theirs.owner_url not in read(prosecutor, whose="office")


def test_holidays_and_working_weekends_are_named(prosecutor):
    page = read(prosecutor, on="2026-10-01")

    holiday = day_of(page, date(2026, 10, 1))
    assert ("休</span>" in holiday, "国庆节" in holiday) == (True, True)
    (work,) = Holiday.objects.filter(kind="work", day__year=2026, day__month=10)
    assert "班</span>" in day_of(page, work.day)
    assert "尚未录入" not in page


def test_a_year_without_holidays_is_marked_on_each_day_and_said_once(prosecutor):
    page = read(prosecutor, on="2031-03-05")

    assert page.count("2031 年节假日安排尚未录入") == 1
    assert page.count("假日待录") == 42


def test_today_is_marked_and_the_ways_lead_on(prosecutor):
    page = read(prosecutor, on="2026-12-31", view="week")

    assert "2026-12-28 至 2027-01-03" in page
    assert 'href="?on=2027-01-07&amp;view=week"' in page
    assert "今天</span>" not in page
    assert "今天</span>" in day_of(read(prosecutor), TODAY)


def test_the_calendar_costs_the_same_at_1_and_30_rows_and_little(head, prosecutor):
    browser = client_for(head)

    def cost(**query) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(URL, query).status_code == 200
        return len(queries)

    def fill(number: int) -> None:
        for _ in range(number):
            DeadlineFactory(responsible=prosecutor)
            due_on(DeadlineFactory(responsible=prosecutor), date(2026, 8, 3))
            hearing(prosecutor, DUE, "09:00")

    views = [{}, {"whose": "mine"}, {"view": "week", "on": str(DUE)}, {"view": "week", "print": "1"}]
    cost()
    fill(1)
    once = [cost(**view) for view in views]
    fill(29)

    assert [cost(**view) for view in views] == once
    assert max(once) <= 12


def test_one_days_crowd_does_not_load_every_row(prosecutor):
    for _ in range(9):
        DeadlineFactory(responsible=prosecutor)
    scope = calendar_data.Scope(prosecutor, whole_office=False, today=TODAY)
    cell = calendar_data.Cell(DUE)

    with CaptureQueriesContext(connection) as queries:
        calendar_data.fill([cell], scope, room=3)

    loaded = calendar_data._first_of_each_day(scope.deadlines(), Q(due_on__lt=TODAY), (DUE, DUE), 3)
    assert (len(cell.entries), cell.more, len(queries)) == (3, 6, 2)
    assert len(loaded) == calendar_data.LATEST


def test_the_week_on_paper_says_who_printed_it_when_and_of_whom(prosecutor):
    deadline = DeadlineFactory(responsible=prosecutor, title="集检民支〔2026〕16号")
    hearing(prosecutor, DUE, "09:00")

    page = read(prosecutor, view="week", on=str(DUE), print="1")

    assert "集宁区人民检察院 一周日程" in page
    assert "2026-08-17 至 2026-08-23" in page
    assert "打印人 李检察官 2026-08-12 09:00" in page
    row = re.sub(r"\s+", " ", day_of(page, DUE))
    for said in (
        deadline.rule["name"],
        "集检民支〔2026〕16号",
        deadline.rule["basis"],
        "李检察官",
        "09:00 开庭",
    ):
        assert said in row
    assert 'colspan="5">无<' in day_of(page, date(2026, 8, 17))


def test_what_is_overdue_stands_on_paper_before_the_days(prosecutor):
    due_on(DeadlineFactory(responsible=prosecutor, title="集检民支〔2026〕9号"), date(2026, 5, 6))

    page = read(prosecutor, view="week", print="1")

    assert page.index("已超期 1 项") < page.index("集检民支〔2026〕9号") < page.index("2026-05-06 超期 98 天")


def test_names_of_the_parties_stand_neither_in_the_calendar_nor_on_paper(prosecutor):
    canary = "王建国"
    case = listed(prosecutor, review=True)
    case.title = f"{canary}追索劳动报酬支持起诉案"
    case.save(update_fields=["title"])
    deadline = DeadlineFactory(responsible=prosecutor, title=str(case), owner_url=case.get_absolute_url())
    clocks.extend(deadline, days=1, by=prosecutor, reason=f"联系{canary}")

    for query in (
        {"on": str(DUE)},
        {"view": "week", "on": str(DUE)},
        {"view": "week", "on": str(DUE), "print": "1"},
    ):
        page = read(prosecutor, **query)
        assert str(case) in page
        assert canary not in page


def test_the_panel_is_part_of_the_page(prosecutor):
    DeadlineFactory(responsible=prosecutor)

    for view in ("month", "week"):
        assert_panel_is_part_of_page(client_for(prosecutor), URL, view=view, on=str(DUE))
