"""The desk in a real browser: the order of the clock, done and taken back, another day, on a phone, without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from deadlines.models import Deadline, Task, Urge
from jobs.models import Heartbeat
from tests.cases.factories import case_of_office
from tests.cases.following import with_clock
from tests.deadlines.factories import TaskFactory
from tests.journeys.hands import fill, hears, is_no_wider_than_the_screen, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
EACH = pytest.mark.parametrize(
    ("viewport", "script"),
    [(WIDE, True), (PHONE, True), (PHONE, False)],
    ids=["desktop", "phone", "no-script"],
)


@pytest.fixture
def desk(browser_context, sign_in, cast):
    """The page of one member of the cast, standing at the desk."""
    Heartbeat.objects.beat("beat")

    def open_desk(user, viewport=WIDE, *, script=True, query=""):
        page = browser_context(viewport=viewport, java_script_enabled=script).new_page()
        sign_in(page, user)
        page.goto(f"/desk/{query}")
        return page

    return open_desk


def row(page, words):
    return page.locator("li.duty", has_text=words)


def more(page, words, deed):
    """Open 更多 of a row and choose."""
    row(page, words).locator(".menu summary").click()
    row(page, words).get_by_role("link", name=deed, exact=True).click()


@EACH
def test_the_desk_stands_in_the_order_of_the_clock(desk, cast, viewport, script):
    case = case_of_office(cast, review=True)
    for code, due_in in [("P6b", 60), ("P8", 2), ("C1", -1), ("P6a", 0), ("P11", 2)]:
        with_clock(case, code, due_in=due_in)

    page = desk(cast.prosecutor, viewport, script=script)

    shown = [each.get_attribute("datetime") for each in page.locator(".duty time[data-clock]").all()]
    in_order = [str(each.due_on) for each in Deadline.objects.open().by_clock()]
    assert shown == in_order == sorted(shown)
    assert page.locator(".gh").first.inner_text().startswith("已超期")
    assert is_no_wider_than_the_screen(page)


@EACH
def test_done_and_taken_back(desk, cast, viewport, script):
    deadline = with_clock(case_of_office(cast, review=True), "P8", due_in=1)
    page = desk(cast.prosecutor, viewport, script=script)

    row(page, "回避决定").get_by_role("link", name=re.compile("^办结")).click()
    fill(page.locator("#panel"), {"办结说明": "不需要回避"})
    press(page.locator("#panel"), "办结")
    hears(page, "已办结：回避决定")
    deadline.refresh_from_db()
    assert (deadline.met_on, deadline.met_note) == (clock.today(), "不需要回避")

    press(page.locator("#panel"), "撤销")
    expect(row(page, "回避决定").get_by_role("link", name=re.compile("^办结"))).to_be_visible()
    deadline.refresh_from_db()
    assert deadline.met_on is None
    assert is_no_wider_than_the_screen(page)


def soon(page, selector, event):
    """Do not wait for the hours and minutes of the page: what is set off by time is set off by hand."""
    page.evaluate(
        "e => { e.setAttribute('hx-trigger', 'now'); htmx.process(e) }", page.query_selector(selector)
    )
    with page.expect_response(event):
        page.evaluate("selector => htmx.trigger(selector, 'now')", selector)


def test_every_number_follows_what_is_done_in_a_row_and_what_is_taken_back(desk, cast):
    case = case_of_office(cast, review=True)
    late = [with_clock(case, "P8", due_in=due_in) for due_in in (-2, -1)]
    TaskFactory(assigned_to=cast.prosecutor, title="寄送材料", due_on=clock.today())
    page = desk(cast.prosecutor)
    count, group, today = (page.locator(each) for each in (".views .c", "#gh-overdue", "#schedule"))

    def finish(deadline):
        page.locator(f"#do-deadline-{deadline.pk}").click()
        press(page.locator(f"#row-deadline-{deadline.pk}"), "办结")

    finish(late[0])
    expect(count).to_have_text("2")
    expect(group).to_have_text(re.compile("已超期 1"))
    finish(late[1])
    expect(group).to_have_text(re.compile("已超期 0"))
    expect(group).not_to_contain_class("overdue")
    settled = page.locator(f"#row-deadline-{late[1].pk}")
    press(settled, "撤销")
    expect(group).to_have_text(re.compile("已超期 1"))
    expect(group).to_contain_class("overdue")
    expect(count).to_have_text("2")

    row(page, "寄送材料").get_by_role("link", name=re.compile("^办结")).click()
    press(row(page, "寄送材料"), "办结")
    expect(today).to_contain_text("今天没有日程。")


def test_what_is_settled_goes_by_itself_and_news_arrives_again(desk, cast):
    deadline = with_clock(case_of_office(cast, review=True), "P8", due_in=1)
    page = desk(cast.prosecutor)
    row(page, "回避决定").get_by_role("link", name=re.compile("^办结")).click()
    press(page.locator("#panel"), "办结")
    hears(page, "已办结：回避决定")
    expect(page.locator(".settled")).to_have_attribute("hx-trigger", "every 8s")

    soon(page, ".settled", "**/row/")
    expect(page.locator(f"#row-deadline-{deadline.pk}")).to_have_count(0)
    expect(page.locator("#due-soon")).to_be_hidden()

    TaskFactory(assigned_to=cast.prosecutor, title="打印文书", due_on=clock.today())
    soon(page, "#refresh", "**/desk/")
    expect(row(page, "打印文书")).to_be_visible()


def test_what_a_row_offers_is_reached_by_the_keyboard(desk, cast):
    task = TaskFactory(assigned_to=cast.prosecutor, title="寄送材料", due_on=clock.today())
    page = desk(cast.prosecutor)
    page.locator(f"#do-task-{task.pk}").focus()

    page.keyboard.press("Tab")
    expect(page.locator(f"#more-task-{task.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="改期", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(row(page, "寄送材料").locator(".menu[open]")).to_have_count(0)
    expect(page.locator(f"#more-task-{task.pk}")).to_be_focused()
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_label("新日期")).to_be_focused()


@EACH
def test_another_day_with_its_reason_moves_the_row(desk, cast, viewport, script):
    task = TaskFactory(assigned_to=cast.prosecutor, title="寄送材料", due_on=clock.today())
    page, later = desk(cast.prosecutor, viewport, script=script), clock.today() + timedelta(days=40)
    expect(page.locator("#due-today").get_by_role("link", name="寄送材料", exact=True)).to_be_visible()

    more(page, "寄送材料", "改期")
    fill(page.locator("#panel"), {"新日期": later.isoformat()})
    press(page.locator("#panel"), "改期")
    hears(page, "还没填改期事由。")
    fill(page.locator("#panel"), {"改期事由": "等单位盖章"})
    press(page.locator("#panel"), "改期")

    expect(page.locator("#due-later").get_by_role("link", name="寄送材料", exact=True)).to_be_visible()
    task.refresh_from_db()
    assert (task.due_on, task.changes.get().reason) == (later, "等单位盖章")
    assert is_no_wider_than_the_screen(page)


def test_a_leader_urges_what_is_ticked_and_hands_a_to_do_out(desk, cast):
    case = case_of_office(cast, review=True)
    for code, due_in in [("P8", -1), ("P11", 1)]:
        with_clock(case, code, due_in=due_in)
    names = (str(cast.clerk), str(cast.assistant))
    page = desk(cast.head)

    for each in page.get_by_role("checkbox", name=re.compile("^勾选")).all():
        each.check()
    press(page, "催办勾选的")
    hears(page, "已提醒 1 人")
    assert Urge.objects.count() == 2
    expect(row(page, "回避决定")).to_contain_text("赵主任")

    page.get_by_role("link", name="登记待办").click()
    fill(page, {"事项": "核对到账", "承办人": names[0], names[1]: True})
    press(page.locator("#panel"), "登记待办")
    page.wait_for_url("**/tasks/*/")
    hears(page, "王助理")
    assert Task.objects.get().assigned_to == cast.clerk


def test_news_arrives_by_itself_but_not_under_an_open_menu_or_form(desk, cast):
    """The two minutes are not waited for: the same event is sent by hand."""
    TaskFactory(assigned_to=cast.prosecutor, title="寄送材料", due_on=clock.today())
    page = desk(cast.prosecutor)
    refresh = "htmx.trigger('#refresh', 'refresh-now')"
    page.evaluate(
        "e => { e.setAttribute('hx-trigger', 'refresh-now'); htmx.process(e) }",
        page.query_selector("#refresh"),
    )

    row(page, "寄送材料").locator(".menu summary").click()
    TaskFactory(assigned_to=cast.prosecutor, title="打印文书", due_on=clock.today())
    page.evaluate(refresh)
    page.wait_for_timeout(500)
    assert row(page, "打印文书").count() == 0
    expect(row(page, "寄送材料").locator(".menu[open]")).to_have_count(1)

    page.keyboard.press("Escape")
    row(page, "寄送材料").locator(".menu summary").focus()
    with page.expect_response("**/desk/") as answered:
        page.evaluate(refresh)
    assert answered.value.request.headers["x-poll"] == "1"
    expect(row(page, "打印文书")).to_be_visible()
    expect(page.locator("[id^=more-task-]:focus")).to_have_count(1)
    expect(page.locator(".views .c").first).to_have_text("2")
