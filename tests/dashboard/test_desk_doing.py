"""What one does on the desk, page by page: with a script in the row, without one on a page of its own."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Absence
from cases import clocks
from core import clock
from dashboard import desk_tabs, todo
from deadlines import doing, todos
from deadlines.models import Deadline, Task, Urge
from jobs.models import Heartbeat
from tests.cases.deciding import submitted
from tests.cases.following import listed, with_clock
from tests.cast import client_for
from tests.deadlines.factories import DeadlineFactory, TaskFactory
from tests.htmx import assert_panel_is_part_of_page, without_token

URL = reverse("dashboard:desk")


@pytest.fixture(autouse=True)
def _scheduler_is_alive(db):
    Heartbeat.objects.beat("beat")


def read(user, url=URL, **query) -> str:
    return client_for(user).get(url, query).content.decode()


def by_hand(person, due_in=1) -> Deadline:
    """回避决定 (P8), which the desk itself ends."""
    return with_clock(listed(person, review=True), "P8", due_in=due_in)


def at(deed, matter) -> str:
    kind = "task" if isinstance(matter, Task) else "deadline"
    return reverse(f"dashboard:{kind}_{deed}", args=[matter.pk])


def in_row(matter) -> dict[str, str]:
    """What htmx says of a form that stands in its row."""
    return {"HX-Request": "true", "HX-Target": f"row-{doing.key_of(matter)}"}


def key_in(page: str) -> str:
    return re.search(r'name="submission_key" value="([^"]+)"', page).group(1)


# -- rows --------------------------------------------------------------------------------------------------------


def test_a_row_offers_what_may_be_done_and_no_circle_that_lies(cast):
    ticked, led = by_hand(cast.prosecutor), with_clock(listed(cast.prosecutor, review=True), due_in=2)

    page = read(cast.prosecutor)

    assert f'href="{at("done", ticked)}"' in page
    assert f'href="{at("done", led)}"' not in page
    assert re.search(rf'href="{led.owner_url}" id="do-deadline-{led.pk}">去办理<', page)


def test_a_right_that_ran_out_is_to_be_noted(cast):
    over = with_clock(listed(cast.prosecutor, review=True), "C22", due_in=-3)

    page = read(cast.prosecutor)

    assert re.search(rf'href="{at("known", over)}"[^>]*>.*?知悉', page)
    assert "届满 3 天" in page
    assert "补登办结" in page


def test_what_a_colleague_left_stands_on_the_desk_of_who_covers_them(cast):
    deadline = by_hand(cast.prosecutor)
    task = TaskFactory(assigned_to=cast.prosecutor, title="寄送材料")
    assert "寄送材料" not in read(cast.assistant)

    today = clock.today()
    Absence.objects.create(
        user=cast.prosecutor, covered_by=cast.assistant, starts_on=today, ends_on=today, reason="年休假",
        created_by=cast.head,
    )  # fmt: skip

    page = read(cast.assistant)
    assert page.count("代 李检察官") == 2
    assert f'href="{at("done", deadline)}"' in page
    assert f'href="{task.get_absolute_url()}"' in page
    with clock.travel(today + timedelta(days=1)):
        assert "代 李检察官" not in read(cast.assistant)


def test_leaders_find_their_own_to_dos_among_the_periods_of_the_office(cast):
    with_clock(listed(cast.prosecutor, review=True), due_in=1)
    TaskFactory(assigned_to=cast.head, title="约谈用人单位")

    assert "约谈用人单位" in read(cast.head)
    assert "约谈用人单位" not in read(cast.chief)


def test_the_desk_reads_one_row_more_than_it_shows(cast, monkeypatch):
    monkeypatch.setattr(todo, "MOST", 2)
    for due_in in (-2, -1, 5):
        by_hand(cast.prosecutor, due_in)

    page = read(cast.prosecutor)

    assert '待办<span class="c hot">2+</span>' in page
    assert '已超期 <span class="c">2+</span>' in page
    assert "只列最近到期的 2 项" in page


def test_a_quiet_day_says_so_and_points_to_the_next(cast):
    by_hand(cast.prosecutor, due_in=2)

    page = read(cast.prosecutor)

    assert "今天没有到期事项。" in page
    assert '<a href="#due-soon">看看 3 日内的</a>' in page
    assert 'id="due-soon"' in page


def test_refreshing_keeps_nobody_signed_in_and_stops_with_the_session(cast):
    page = read(cast.head, whose="mine")
    assert f'hx-get="{URL}?whose=mine" hx-trigger="every 120s"' in page
    assert """hx-headers='{"X-Poll": "1"}'""" in page
    assert "data-refresh" not in read(cast.head, tab="done")

    browser = client_for(cast.prosecutor)
    browser.logout()
    ended = browser.get(URL, headers={"HX-Request": "true", "X-Poll": "1"})
    assert "/login/" in ended.headers["HX-Redirect"]


# -- done --------------------------------------------------------------------------------------------------------


def test_done_without_a_script_and_taken_back(cast):
    deadline, browser = by_hand(cast.prosecutor), client_for(cast.prosecutor)
    form = browser.get(at("done", deadline)).content.decode()
    assert f'value="{clock.today()}"' in form

    answer = browser.post(at("done", deadline), {"on": clock.today(), "note": "已决定"})

    assert answer.headers["Location"] == f"{URL}?done=deadline-{deadline.pk}"
    desk = browser.get(answer.headers["Location"]).content.decode()
    assert "已办结：" in desk
    assert f'action="{at("undo", deadline)}"' in desk
    browser.post(at("undo", deadline))
    deadline.refresh_from_db()
    assert (deadline.met_on, deadline.reopenings.count()) == (None, 1)


def test_done_in_the_row_and_taken_back(cast):
    deadline, browser = by_hand(cast.prosecutor), client_for(cast.prosecutor)
    row = browser.get(at("done", deadline), headers=in_row(deadline)).content.decode()
    assert row.strip().startswith("{#") or f'id="row-deadline-{deadline.pk}"' in row
    assert "<html" not in row
    assert "autofocus" in row

    settled = browser.post(at("done", deadline), {"on": clock.today()}, headers=in_row(deadline))
    assert settled.status_code == 200
    assert all(
        words in settled.content.decode() for words in ("已办结：", "撤销", f"row-deadline-{deadline.pk}")
    )

    again = browser.post(at("undo", deadline), headers=in_row(deadline)).content.decode()
    assert f'href="{at("done", deadline)}"' in again


def test_every_number_follows_a_deed_in_its_row_and_the_way_back(cast):
    """Each part that comes along is, to the letter, what the whole page shows then."""
    first, second = by_hand(cast.prosecutor, due_in=-1), by_hand(cast.prosecutor, due_in=-2)
    TaskFactory(assigned_to=cast.head, due_on=clock.today(), title="约谈用人单位")
    browser = client_for(cast.head)
    browser.get(URL)

    def comes_along(answer) -> str:
        words, page = without_token(answer), without_token(browser.get(URL))
        parts = re.split(r"(?=<[^>]* hx-swap-oob)", words)[1:]
        ids = [re.search(r'id="([^"]+)"', part).group(1) for part in parts]
        assert ids == ["desk-tabs", "desk-quiet", "gh-overdue", "schedule", "people"]
        for part in parts:
            assert part.replace(' hx-swap-oob="true"', "").strip() in page or "超期 <" in part
        return words

    def done(deadline) -> str:
        data = {"on": clock.today()}
        return comes_along(browser.post(at("done", deadline), data, headers=in_row(deadline)))

    words = done(first)
    assert '待办<span class="c hot">2<' in words
    assert 'class="gh overdue" id="gh-overdue" hx-swap-oob="true">已超期 <span class="c">1<' in words
    assert 'class="gh" id="gh-overdue" hx-swap-oob="true">已超期 <span class="c">0<' in done(second)

    assert '<input type="hidden" name="group" value="overdue">' in words
    words = comes_along(browser.post(at("undo", second), {"group": "overdue"}, headers=in_row(second)))
    assert 'class="gh overdue" id="gh-overdue" hx-swap-oob="true">已超期 <span class="c">1<' in words
    assert words.strip().startswith(f'<li class="duty overdue" id="row-deadline-{second.pk}">')
    settled, running = (browser.get(at("row", each), headers=in_row(each)) for each in (first, second))
    assert (settled.content.strip(), b"hx-swap-oob" in running.content) == (b"", False)


@pytest.mark.parametrize(("code", "example"), [("C22", "不上诉"), ("L3", "对方可能以时效届满抗辩")])
def test_the_example_of_a_note_fits_what_ran_out(cast, code, example):
    right = with_clock(listed(cast.prosecutor, review=True), code, due_in=-3)

    assert example in client_for(cast.prosecutor).get(at("known", right)).text


def test_noted_is_among_the_done_and_taken_back(cast):
    right, browser = (
        with_clock(listed(cast.prosecutor, review=True), "C22", due_in=-3),
        client_for(cast.prosecutor),
    )

    answer = browser.post(at("known", right), {"note": "当事人不再申请"}, follow=True).content.decode()

    assert "已登记知悉：" in answer
    done = read(cast.prosecutor, tab="done")
    assert all(
        words in done for words in ("已登记知悉", "当事人不再申请", f'action="{at("undo", right)}?tab=done"')
    )
    browser.post(at("undo", right))
    assert Deadline.objects.open().get() == right


def test_two_who_move_the_same_to_do_are_asked_which_day_it_is_to_be(cast):
    task = TaskFactory(assigned_to=cast.prosecutor, created_by=cast.head, due_on=clock.today())
    browser = client_for(cast.prosecutor)
    seen = re.search(r'name="seen" value="([^"]+)"', browser.get(at("day", task)).content.decode()).group(1)
    doing.reschedule(task, on=clock.today() + timedelta(days=1), by=cast.head, reason="等材料")
    data = {"on": clock.today() + timedelta(days=2), "reason": "外出", "seen": seen}

    stale = browser.post(at("day", task), data, headers=in_row(task))

    words = stale.content.decode()
    assert (stale.status_code, task.changes.count()) == (409, 1)
    assert "这一项刚被改动：现由李检察官办理" in words
    assert 'value="外出"' in words
    again = re.search(r'name="seen" value="([^"]+)"', words).group(1)
    assert browser.post(at("day", task), data | {"seen": again}).status_code == 302


def test_leaders_find_and_plan_what_their_people_gave_themselves_about_a_case(cast):
    case = listed(cast.prosecutor, review=True)
    mine = {"assigned_to": cast.clerk, "created_by": cast.clerk}
    task = TaskFactory(**mine, title="寄送材料", owner_url=case.get_absolute_url())
    private = TaskFactory(**mine, title="体检")

    page = read(cast.head)

    assert "寄送材料" in page
    assert all(f'href="{at(deed, task)}"' in page for deed in ("done", "day", "taker", "urge"))
    assert "体检" not in page
    assert client_for(cast.head).get(private.get_absolute_url()).status_code == 404
    assert "寄送材料" not in read(cast.head, whose="mine")
    assert f'href="{at("urge", task)}"' in read(cast.chief)
    assert "寄送材料" not in read(cast.assistant)


def test_what_was_typed_stays_when_something_is_wrong(cast):
    deadline = by_hand(cast.prosecutor)
    tomorrow = clock.today() + timedelta(days=1)

    answer = client_for(cast.prosecutor).post(
        at("done", deadline), {"on": tomorrow, "note": "已决定"}, headers=in_row(deadline)
    )

    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="已决定"' in words
    assert f'value="{tomorrow}"' in words
    assert "有 1 处需要修改" in words


def test_a_double_click_does_it_once(cast):
    deadline, browser = by_hand(cast.prosecutor), client_for(cast.prosecutor)
    key = key_in(browser.get(at("done", deadline)).content.decode())
    data = {"on": clock.today(), "submission_key": key}

    first, second = (browser.post(at("done", deadline), data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert (first.status_code, second.status_code) == (302, 302)


def test_a_double_click_gives_one_to_do_and_one_change_of_day(cast):
    browser, day = client_for(cast.prosecutor), clock.today() + timedelta(days=4)
    key = key_in(browser.get(reverse("dashboard:task_new")).content.decode())
    data = {"title": "打印文书", "assigned_to": cast.clerk.pk, "submission_key": key}
    for _ in range(2):
        assert browser.post(reverse("dashboard:task_new"), data).status_code == 302
    task = Task.objects.get()

    key = key_in(browser.get(at("day", task)).content.decode())
    for _ in range(2):
        browser.post(at("day", task), {"on": day, "reason": "等材料", "submission_key": key})
    assert task.changes.count() == 1


def test_a_colleague_is_told_whom_to_ask(cast):
    deadline = by_hand(cast.prosecutor)

    answer = client_for(cast.clerk).post(at("done", deadline), {"on": clock.today()})

    assert answer.status_code == 422
    assert "需要办理请联系李检察官。" in answer.content.decode()
    deadline.refresh_from_db()
    assert deadline.met_on is None


# -- 改期, 转办, 催办 --------------------------------------------------------------------------------------------


def test_a_new_day_moves_the_row(cast):
    task = TaskFactory(assigned_to=cast.prosecutor, due_on=clock.today(), title="寄送材料")
    browser = client_for(cast.prosecutor)

    later = clock.today() + timedelta(days=30)
    answer = browser.post(at("day", task), {"on": later, "reason": "等材料"}, headers=in_row(task))

    assert answer.headers["HX-Redirect"] == URL
    desk = browser.get(URL).content.decode()
    assert desk.index('id="due-later"') < desk.index("寄送材料")
    assert 'id="due-today"' not in desk


def test_a_day_fixed_by_law_says_where_to_go(cast):
    deadline = with_clock(listed(cast.prosecutor, review=True), "C5", due_in=9)

    assert f'href="{at("day", deadline)}"' not in read(cast.prosecutor)
    page = read(cast.prosecutor, at("day", deadline))
    assert "法定期限不能改期。法院、仲裁机构依法延长的，请在案件“期限”里登记延长。" in page
    assert '<button class="btn primary">' not in page


def test_one_comes_back_to_the_desk_as_it_was(cast):
    deadline, browser = by_hand(cast.prosecutor), client_for(cast.head)

    answer = browser.post(f"{at('urge', deadline)}?whose=mine&tab=//evil.example", {"note": "今天办完"})

    assert answer.headers["Location"] == f"{URL}?whose=mine"
    assert re.search(r"赵主任 \d\d-\d\d 催办：今天办完", read(cast.prosecutor))


def test_ticked_rows_are_urged_together(cast):
    mine, hers = by_hand(cast.prosecutor), by_hand(cast.prosecutor2)
    foreign, browser = by_hand(cast.other), client_for(cast.head)
    items = [doing.key_of(each) for each in (mine, hers, foreign)] + ["deadline-", "x-1", "deadline-9" * 9]

    answer = browser.post(reverse("dashboard:urge_many"), {"item": items}, follow=True)

    assert "已提醒 2 人" in answer.content.decode()
    assert {urge.deadline_id for urge in Urge.objects.all()} == {mine.pk, hers.pk}
    again = browser.post(reverse("dashboard:urge_many"), {"item": items}, follow=True).content.decode()
    assert "今天都已催办过" in again
    nothing = browser.post(reverse("dashboard:urge_many"), follow=True).content.decode()
    assert "还没勾选事项。请先在左侧勾选，再点“催办”。" in nothing


def test_a_person_is_urged_about_what_presses(cast):
    late, soon, _far = (by_hand(cast.prosecutor, due_in) for due_in in (-1, 3, 4))
    task = TaskFactory(assigned_to=cast.prosecutor, due_on=clock.today(), owner_url="/cases/1/")

    answer = client_for(cast.head).post(
        reverse("dashboard:urge_many"), {"person": cast.prosecutor.pk}, follow=True
    )

    assert "已提醒 1 人" in answer.content.decode()
    assert {urge.deadline_id or urge.task for urge in Urge.objects.all()} == {late.pk, soon.pk, task}
    stranger = client_for(cast.head).post(reverse("dashboard:urge_many"), {"person": cast.other.pk})
    assert stranger.status_code == 404


def test_colleagues_cannot_urge_by_ticking(cast):
    answer = client_for(cast.clerk).post(
        reverse("dashboard:urge_many"), {"item": doing.key_of(by_hand(cast.prosecutor))}, follow=True
    )

    assert "今天都已催办过，或者不由你催办" in answer.content.decode()
    assert not Urge.objects.exists()


# -- the other tabs ----------------------------------------------------------------------------------------------


def test_done_things_stand_newest_first_with_the_way_back_of_today(cast):
    deadline, task = by_hand(cast.prosecutor), TaskFactory(assigned_to=cast.prosecutor, title="寄送材料")
    with clock.travel(clock.now() - timedelta(days=1)):
        doing.finish(by_hand(cast.prosecutor), by=cast.prosecutor)
    doing.finish(deadline, by=cast.prosecutor, note="已决定")
    doing.finish(task, by=cast.prosecutor)

    page = read(cast.prosecutor, tab="done")

    assert page.count('class="duty line"') == 3
    assert page.index("寄送材料") < page.index("已决定")
    assert (page.count(" 登记办结"), page.count(" 办结</small>")) == (2, 1)
    assert page.count("撤销<") == 2
    assert f'action="{at("undo", task)}?tab=done"' in page


def test_what_one_began_says_how_it_stands(cast):
    given = todos.give(title="打印文书", assigned_to=cast.clerk, by=cast.head)
    doing.finish(given, by=cast.clerk)
    deadline = by_hand(cast.prosecutor)
    doing.urge(deadline, by=cast.head)
    doing.hand_over(deadline, to=cast.assistant, by=cast.head, reason="请假")
    proposal = submitted(cast, "decline")

    page = read(cast.head, tab="started")
    assert all(words in page for words in ("交给陈内勤", "催李检察官", "李检察官 → 王助理", "已办结"))
    assert str(proposal.round) in read(cast.prosecutor, tab="started")


def test_what_is_copied_to_me_leads_there(cast):
    task = todos.give(title="打印文书", assigned_to=cast.clerk, by=cast.head, cc=[cast.assistant])

    page = read(cast.assistant, tab="cc")

    assert f'href="{task.get_absolute_url()}"' in page
    assert "陈内勤办理 · 赵主任抄送" in page
    assert client_for(cast.assistant).get(task.get_absolute_url()).status_code == 200
    assert "没有抄送给你的事项。" in read(cast.clerk, tab="cc")


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "99999", "²", "1e9"])
def test_pages_of_the_tabs_bear_any_number(cast, number):
    answer = client_for(cast.prosecutor).get(URL, {"tab": "done", "page": number})
    assert answer.status_code == 200
    assert ("这一页没有内容。" in answer.content.decode()) == (number == "2")


def test_older_lines_stand_on_the_next_page(cast):
    tasks = [TaskFactory(assigned_to=cast.prosecutor, title=f"第{n}件") for n in range(31)]
    for task in tasks:
        doing.finish(task, by=cast.prosecutor)

    first, second = (read(cast.prosecutor, tab="done", page=n) for n in (1, 2))

    assert (first.count('class="duty line"'), second.count('class="duty line"')) == (30, 1)
    assert "更早的" in first
    assert "第0件" in second


def test_every_tab_costs_the_same_for_one_and_for_thirty(cast, django_assert_max_num_queries):
    browser = client_for(cast.head)

    def more(n: int) -> None:
        for _ in range(n):
            deadline, other = by_hand(cast.prosecutor), by_hand(cast.head)
            doing.urge(deadline, by=cast.head)
            doing.hand_over(by_hand(cast.prosecutor), to=cast.clerk, by=cast.head, reason="x")
            doing.hand_over(by_hand(cast.head), to=cast.clerk, by=cast.head, reason="x")
            doing.finish(other, by=cast.head)
            task = todos.give(title="x", assigned_to=cast.clerk, by=cast.head)
            doing.hand_over(task, to=cast.assistant, by=cast.head, reason="x")
            doing.finish(TaskFactory(assigned_to=cast.head), by=cast.head)
            TaskFactory(assigned_to=cast.head)

    def cost(tab: str) -> int:
        browser.get(URL)  # a minute may have passed: what renews the session is not the price of the tab
        with django_assert_max_num_queries(12) as queries:
            browser.get(URL, {"tab": tab})
        return len(queries)

    more(1)
    one = {tab: cost(tab) for tab in desk_tabs.TABS}
    more(29)
    assert {tab: cost(tab) for tab in desk_tabs.TABS} == one


def test_the_panels_are_parts_of_their_pages(cast):
    deadline, browser = by_hand(cast.prosecutor), client_for(cast.prosecutor)
    task = TaskFactory(assigned_to=cast.prosecutor)

    assert_panel_is_part_of_page(browser, URL, tab="done")
    assert_panel_is_part_of_page(browser, task.get_absolute_url())
    assert_panel_is_part_of_page(browser, reverse("dashboard:task_new"))
    assert_panel_is_part_of_page(browser, reverse("dashboard:task_edit", args=[task.pk]))
    assert_panel_is_part_of_page(browser, at("day", deadline))


# -- to-dos ------------------------------------------------------------------------------------------------------


def test_a_to_do_is_given_about_a_case_and_tells_its_story(cast):
    case = listed(cast.prosecutor, review=True)
    browser = client_for(cast.prosecutor)
    page = browser.get(reverse("dashboard:task_new"), {"case": case.code}).content.decode()
    assert f'value="{case.code}"' in page

    due_on = clock.today() + timedelta(days=2)
    data = {"title": "调取工资表", "assigned_to": cast.clerk.pk, "due_on": due_on, "case": case.code}
    answer = browser.post(reverse("dashboard:task_new"), data | {"cc": [cast.assistant.pk]})

    task = Task.objects.get()
    assert answer.headers["Location"] == task.get_absolute_url()
    assert (task.owner_url, task.due_on, task.assigned_to) == (case.get_absolute_url(), due_on, cast.clerk)
    doing.reschedule(task, on=due_on + timedelta(days=1), by=cast.clerk, reason="单位盘点")
    doing.urge(task, by=cast.prosecutor, note="请先要复印件")
    page = read(cast.clerk, task.get_absolute_url())
    assert page.index("单位盘点") < page.index("请先要复印件")
    assert all(words in page for words in ("王助理", case.get_absolute_url(), "催办陈内勤"))


def test_a_to_do_about_a_case_one_does_not_see_is_refused(cast):
    data = {"title": "x", "assigned_to": cast.prosecutor.pk, "case": listed(cast.other, review=True).code}

    answer = client_for(cast.prosecutor).post(reverse("dashboard:task_new"), data)

    assert answer.status_code == 422
    assert "没有找到编号为" in answer.content.decode()


def test_two_who_change_a_to_do_choose_what_stays(cast):
    task = todos.give(title="打印文书", assigned_to=cast.clerk, by=cast.prosecutor, cc=[cast.assistant])
    url, browser = reverse("dashboard:task_edit", args=[task.pk]), client_for(cast.prosecutor)
    data = {"title": "打印并送达文书", "seen": "打印文书", "cc": [cast.head.pk]}
    assert browser.post(url, data).status_code == 302
    assert [each.user for each in task.watchers.all()] == [cast.head]

    stale = browser.post(url, {"title": "邮寄文书", "seen": "打印文书"})

    words = stale.content.decode()
    assert stale.status_code == 409
    assert "已有人改成“打印并送达文书”" in words
    assert 'value="邮寄文书"' in words
    assert 'name="seen" value="打印并送达文书"' in words


def test_the_case_page_leads_to_giving_and_to_the_to_dos(cast):
    case = listed(cast.prosecutor, review=True)
    task = TaskFactory(assigned_to=cast.prosecutor, owner_url=case.get_absolute_url())

    page = read(cast.prosecutor, case.get_absolute_url())

    assert f'href="{reverse("dashboard:task_new")}?case={case.code}"' in page
    assert f'href="{task.get_absolute_url()}"' in page


def test_what_ends_with_the_case_leaves_the_desk(cast):
    case = listed(cast.prosecutor, review=True)
    with_clock(case, due_in=1)

    clocks.cancel_all(case, by=cast.prosecutor, reason="撤回")

    assert "今天没有到期事项。" in read(cast.prosecutor)
    assert not DeadlineFactory._meta.model.objects.open().exists()
