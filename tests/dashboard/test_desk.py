"""The desk: everything due, by its clock; what waits for me; leaders see their people."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import navigation
from accounts.models import User
from accounts.navigation import counts_for
from approvals.waiting import steps_for
from cases.workflow import Matter
from core import clock
from dashboard import desk, desk_people, todo
from dashboard.scope import Scope
from deadlines import todos
from deadlines.models import Deadline
from jobs.models import Heartbeat
from referrals.models import Referral
from tests.accounts.factories import AbsenceFactory
from tests.cases.deciding import submitted
from tests.cases.following import listed, recover, with_clock
from tests.cast import client_for
from tests.deadlines.factories import TaskFactory
from tests.htmx import assert_panel_is_part_of_page

URL = reverse("dashboard:desk")


def read(user, **query) -> str:
    answer = client_for(user).get(URL, query)
    assert answer.status_code == 200
    return answer.content.decode()


def groups(page: str) -> list[str]:
    return re.findall(r'<h2 class="gh[^"]*" id="[^"]+">([^<]+) <span', page)


@pytest.fixture(autouse=True)
def _scheduler_is_alive(db):
    Heartbeat.objects.beat("beat")


def test_what_is_due_stands_in_the_order_of_the_clock(prosecutor):
    for due_in in (40, 2, -1, 0):
        with_clock(listed(prosecutor, review=True), due_in=due_in)

    page = read(prosecutor)

    assert groups(page) == ["已超期", "今天", "3 日内", "以后"]
    assert page.index("超期 1 天") < page.index("今天到期") < page.index("剩 2 天") < page.index("剩 40 天")


def test_a_row_says_which_period_of_which_case_and_leads_there(prosecutor):
    case = listed(prosecutor, review=True)
    with_clock(case, due_in=1)

    page = read(prosecutor)

    assert re.search(rf'href="{case.get_absolute_url()}" id="[^"]+">审查 {case}<', page)
    assert "审查期限（内控目标） · 院内" in page
    assert case.title in page


def test_prosecutors_see_their_own_leaders_the_whole_office(prosecutor, prosecutor2, head, chief, other):
    mine, colleagues = listed(prosecutor, review=True), listed(prosecutor2, review=True)
    theirs = listed(other, review=True)
    for case in (mine, colleagues, theirs):
        with_clock(case, due_in=1)

    def seen(user, **query) -> list[bool]:
        page = read(user, **query)
        return [case.get_absolute_url() in page for case in (mine, colleagues, theirs)]

    assert seen(prosecutor) == seen(prosecutor, whose="office") == [True, False, False]
    assert seen(head) == seen(chief) == [True, True, False]
    assert seen(head, whose="mine") == [False, False, False]


def test_paused_periods_stand_last_and_are_not_late(prosecutor):
    deadline = with_clock(listed(prosecutor, review=True), due_in=-5)
    Deadline.objects.filter(pk=deadline.pk).update(paused_on=clock.today())

    assert groups(read(prosecutor)) == ["停止计算"]


def test_personal_tasks_stand_among_the_periods(prosecutor):
    todos.add(title="电话核实申请人", assigned_to=prosecutor, by=prosecutor, due_on=clock.today())
    todos.add(title="整理卷宗", assigned_to=prosecutor, by=prosecutor)

    page = read(prosecutor)

    assert groups(page) == ["今天", "没有期限"]
    assert page.index("电话核实申请人") < page.index("整理卷宗")


def test_approvals_wait_for_whoever_decides(cast):
    proposal = submitted(cast, Matter.DECLINE)

    assert steps_for(cast.head).count() == 1
    assert ("待我审批" in read(cast.head), "待我审批" in read(cast.prosecutor)) == (True, False)
    assert f'href="{proposal.round.owner_url}"' in read(cast.head)


def test_money_waits_for_another_person_than_who_entered_it(prosecutor, clerk, chief):
    case = listed(prosecutor, enforcement=True)
    recover(case, "8000.00", by=clerk)

    assert "核对 " + str(case) in read(prosecutor)
    assert "待核对到账</h2>" not in read(clerk)
    assert "待核对到账</h2>" not in read(chief)


def test_numbers_count_ones_own_cases_and_this_months_money(prosecutor, prosecutor2, clerk, head):
    mine, other_case = listed(prosecutor, enforcement=True), listed(prosecutor2, enforcement=True)
    listed(prosecutor)
    recover(mine, "300.00", verified_by=clerk)
    recover(mine, "1.00")
    recover(other_case, "20.00", verified_by=clerk)

    assert desk.numbers(prosecutor) == {"open": 1, "received": Decimal("300.00"), "mine": True}
    assert desk.numbers(head) == {"open": 2, "received": Decimal("320.00"), "mine": False}


def test_leaders_see_who_has_how_much_and_each_number_leads_to_its_rows(cast):
    """Whose period it is counts, not who handles the case; hours that passed are late; paused and private count not."""
    today, case = clock.today(), listed(cast.prosecutor, review=True)
    for due_in in (-1, 3, 4):
        with_clock(case, due_in=due_in)
    for person, code, due_in in [
        (cast.assistant, "P8", -2),
        (cast.assistant, "P8", 0),
        (cast.prosecutor2, "P8", 2),
    ]:
        deadline = with_clock(case, code, due_in=due_in)
        Deadline.objects.filter(pk=deadline.pk).update(responsible=person)
    moment = clock.now() - timedelta(minutes=1)
    by_hour = with_clock(case, due_in=0)
    Deadline.objects.filter(pk=by_hour.pk).update(due_at=moment, starts_at=moment)
    paused = with_clock(case, due_in=-5)
    Deadline.objects.filter(pk=paused.pk).update(paused_on=today)
    of_case = {"owner_url": case.get_absolute_url(), "assigned_to": cast.clerk}
    TaskFactory(**of_case, due_on=today - timedelta(days=1))
    TaskFactory(**of_case, due_on=today)
    TaskFactory(assigned_to=cast.clerk, due_on=today - timedelta(days=1))

    found = {each.name: (each.open_cases, each.soon, each.late) for each in desk_people.people(cast.head)}

    assert found == {
        **{"李检察官": (1, 1, 2), "王助理": (0, 1, 1), "陈内勤": (0, 1, 1)},
        **{"张检察官": (0, 1, 0), "赵主任": (0, 0, 0)},
    }
    page = read(cast.head)
    links = re.findall(r'href="/desk/(\?person=\d+&due=\w+)">(\d+)<', page)
    assert len(links) == 7
    for link, count in links:
        rows = client_for(cast.head).get(URL + link).content.decode()
        assert rows.count('<li class="duty ') == int(count)
    assert "部门概况" not in read(cast.prosecutor)


def test_who_left_stands_among_the_people_until_somebody_takes_over(cast):
    with_clock(listed(cast.prosecutor2, review=True), due_in=-1)
    User.objects.filter(pk=cast.prosecutor2.pk).update(is_active=False)

    assert "张检察官 <span" in read(cast.head)
    cases = client_for(cast.head).get(reverse("cases:list"), {"view": "open", "handler": cast.prosecutor2.pk})
    assert "承办人：张检察官" in cases.content.decode()


def test_conditions_stand_over_the_list_and_can_be_taken_off(cast):
    with_clock(listed(cast.prosecutor, review=True), due_in=-1)
    query = {"person": cast.prosecutor2.pk, "due": "late"}

    page = read(cast.head, **query)

    assert "没有符合条件的事项。" in page
    assert "当前条件：责任人 张检察官、期限 已超期。" in page
    assert f'<a href="{URL}" aria-label' not in page
    assert f'href="{URL}?due=late"' in page
    assert f'<a class="btn" href="{URL}">清空条件' in page
    wrong = read(cast.head, person="²", due="never")
    assert "已选条件" not in wrong
    assert "你名下没有到期事项。" in read(cast.head, whose="mine")
    assert "已选条件" not in read(cast.prosecutor, person=cast.head.pk)


def test_todays_schedule_is_whole_however_much_is_late(cast, monkeypatch):
    monkeypatch.setattr(todo, "MOST", 2)
    for due_in in (-3, -2, -1):
        with_clock(listed(cast.prosecutor, review=True), due_in=due_in)
    with_clock(listed(cast.head, review=True), due_in=0)
    TaskFactory(assigned_to=cast.head, due_on=clock.today(), title="约谈用人单位")
    TaskFactory(assigned_to=cast.clerk, due_on=clock.today(), title="寄送材料", owner_url="/cases/1/")

    schedule = read(cast.head).split('id="desk-schedule"')[1].split("</section>")[0]

    assert "审查 " in schedule
    assert "约谈用人单位" in schedule
    assert "寄送材料" not in schedule


def test_newest_leads_are_those_that_wait(prosecutor):
    assert "没有待接收的线索。" in read(prosecutor)
    assert desk.newest_leads(prosecutor) == list(Referral.objects.none())


def test_a_dead_scheduler_shows(prosecutor):
    assert "定时器" not in read(prosecutor)

    Heartbeat.objects.filter(name="beat").update(beat_at=clock.now() - timedelta(minutes=9))

    assert "定时器已有 9 分钟没有动静，期限提醒可能没有发出。" in read(prosecutor)


def test_an_empty_desk_says_so(prosecutor):
    page = read(prosecutor)

    assert all(words in page for words in ("没有到期事项。", "打开过的案件会出现在这里。"))


def test_cases_that_were_opened_are_at_hand_as_long_as_they_may_be_seen(prosecutor, other):
    case = listed(prosecutor, review=True)
    browser = client_for(prosecutor)
    browser.get(case.get_absolute_url())
    assert case.get_absolute_url() in browser.get(URL).content.decode()

    type(case).objects.filter(pk=case.pk).update(organisation=other.organisation)
    assert case.get_absolute_url() not in browser.get(URL).content.decode()


def test_thirty_entries_cost_the_queries_of_one(cast, django_assert_max_num_queries):
    """With the numbers of the side bar counted anew."""
    browser = client_for(cast.head)
    browser.get(URL)

    def cost() -> int:
        with django_assert_max_num_queries(12) as queries:
            browser.get(URL)
        return len(queries)

    with_clock(listed(cast.prosecutor, review=True), due_in=1)
    one = cost()
    for _ in range(29):
        with_clock(listed(cast.prosecutor, review=True), due_in=1)

    assert cost() == one


@pytest.mark.parametrize(("due_in", "count"), [(-1, (1, True)), (3, (1, False)), (4, (0, False))])
def test_the_side_bar_counts_what_presses(prosecutor, due_in, count):
    with_clock(listed(prosecutor, review=True), due_in=due_in)

    assert counts_for(prosecutor, ["dashboard:desk"]) == {"dashboard:desk": count}


def test_the_side_bar_counts_to_dos_and_what_one_does_for_a_colleague_as_the_desk_does(
    prosecutor, prosecutor2, django_assert_num_queries
):
    AbsenceFactory(user=prosecutor2, covered_by=prosecutor)
    today = clock.today()
    with_clock(listed(prosecutor2, review=True), due_in=2)
    for days in (-1, 3, 4):
        TaskFactory(assigned_to=prosecutor, due_on=today + timedelta(days=days))
    TaskFactory(assigned_to=prosecutor2, due_on=today)
    scope = Scope(prosecutor, today, frozenset({prosecutor2.pk}))
    groups_of_desk = todo.duties(scope).groups

    pressing = sum(len(each.entries) for each in groups_of_desk if each.key in ("overdue", "today", "soon"))
    navigation._cache.clear()
    with django_assert_num_queries(1):
        assert counts_for(prosecutor, ["dashboard:desk"]) == {"dashboard:desk": (4, True)}
    assert pressing == 4


def test_a_late_to_do_wears_the_chip_of_the_clock(prosecutor):
    TaskFactory(assigned_to=prosecutor, due_on=clock.today() - timedelta(days=1))

    assert '<time data-clock="overdue"' in read(prosecutor)
    assert "<b>超期 1 天</b>" in read(prosecutor)


def test_the_side_bar_counts_open_cases(prosecutor, prosecutor2, head):
    listed(prosecutor, review=True)
    listed(prosecutor2, review=True)
    listed(prosecutor)

    assert counts_for(prosecutor, ["cases:list"]) == {"cases:list": (1, False)}
    assert counts_for(head, ["cases:list"]) == {"cases:list": (2, False)}


def test_the_panel_is_part_of_the_page(prosecutor):
    with_clock(listed(prosecutor, review=True), due_in=1)

    assert_panel_is_part_of_page(client_for(prosecutor), URL)


@pytest.mark.parametrize("who", ["city", "legalaid", "mediator", "sysadmin", "auditor"])
def test_who_works_on_no_cases_has_no_desk(cast, who):
    assert client_for(getattr(cast, who)).get(URL).status_code == 403
