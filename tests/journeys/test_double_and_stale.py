"""Double clicks, second tabs and ended sessions in a real browser: nothing twice, nothing lost."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Recovery, Review
from referrals.models import Referral
from tests.cases.factories import case_of_office
from tests.journeys.hands import fill, hears, labelled, press, sign_in_by_hand
from tests.journeys.steps_referral import describe, open_form, write_worker
from tests.journeys.story import FIFTEEN
from tests.referrals.factories import submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
EXPLANATION = "欠薪事实清楚，可由劳动监察责令支付。"


def page_of(browser_context, sign_in, user, **options):
    page = browser_context(viewport={"width": 1366, "height": 900}, **options).new_page()
    sign_in(page, user)
    return page


def press_twice(page, button):
    """A double click; without script, a second click because the answer to the first got lost on the way."""
    if page.evaluate("window.htmx !== undefined"):
        button.dblclick()
        return
    answers = []

    def lose(route):
        page.unroute("**/*")
        answers.append(route.fetch(max_redirects=0))

    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.route("**/*", lose)
    page.mouse.click(*middle)
    while not answers:
        page.wait_for_timeout(20)
    assert answers[0].status == 302
    page.mouse.click(*middle)


@SCRIPT
def test_a_double_click_hands_in_one_lead(browser_context, sign_in, legalaid, clerk, script):
    page = page_of(browser_context, sign_in, legalaid, java_script_enabled=script)
    open_form(page)
    write_worker(page, 1, FIFTEEN[0])
    describe(page)

    press_twice(page, page.get_by_role("button", name="提交线索"))
    page.wait_for_url("**/receipt/")

    assert page.locator("#receipt-number").inner_text() == Referral.objects.get().code


@SCRIPT
def test_a_double_click_enters_one_payment(browser_context, sign_in, cast, script):
    case = case_of_office(cast, enforcement=True)
    page = page_of(browser_context, sign_in, cast.clerk, java_script_enabled=script)
    page.goto(f"/cases/{case.code}/money/new/")
    words = {"到账金额（元）": "5000", "渠道": "主动履行", "付款人": "示例公司", "凭证说明": "本人当面确认"}
    fill(page, words | {f"{case.claimants.first()}的分配金额": "5000"})

    press_twice(page, page.locator("#panel").get_by_role("button", name="登记到账"))
    page.wait_for_url("**/money/")

    assert Recovery.objects.get().amount == 5000


def test_a_second_tab_hears_what_became_of_the_lead_and_keeps_what_was_typed(people, cast):
    lead = submitted(cast.legalaid)
    first, second = people.clerk, people.assistant
    first.goto(f"/referrals/{lead.code}/return/")
    second.goto(f"/referrals/{lead.code}/redirection/")
    fill(second, {"引导去向": "集宁区劳动人事争议仲裁委员会", "说明": EXPLANATION})

    fill(first, {"需要补正的内容": "工程项目名称和地点"})
    press(first, "退回补正")
    hears(first, "已退回补正")
    press(second, "引导其他途径")

    hears(second, f"线索 {lead.code} 已有变化")
    for kept in ("陈内勤", "集宁区劳动人事争议仲裁委员会", EXPLANATION):
        hears(second, kept)
    lead.refresh_from_db()
    assert lead.status == "returned"


def test_two_who_write_the_same_opinion_choose_what_stays(people, cast):
    case = case_of_office(cast, review=True)
    first, second = people.prosecutor, people.assistant
    for page in (first, second):
        page.goto(f"/cases/{case.code}/review/opinions/")
    fill(first, {"查明事实": "承办人写的事实。"})
    fill(second, {"查明事实": "助理写的事实。", "风险提示": "助理写的风险。"})

    press(first, "保存审查意见")
    hears(first, "已保存审查意见")
    press(second, "保存审查意见")

    hears(second, "承办人写的事实。")
    hears(second, "助理写的事实。")
    second.get_by_label("助理写的事实。").check()
    second.locator("#panel").get_by_role("button").first.click()
    hears(second, "已保存审查意见")
    review = Review.objects.get(case=case)
    assert (review.facts_found, review.risks) == ("助理写的事实。", "助理写的风险。")


def test_a_session_that_ended_leads_to_the_sign_in_page_and_back(people, cast, calendar):
    case = case_of_office(cast, review=True)
    page = people.prosecutor
    page.goto(f"/cases/{case.code}/review/track/")
    fill(page, {"法律关系": "劳务关系", "认定理由": "由带班人招用、按日计酬。"})

    calendar.pass_by(minutes=31)
    press(page, "认定法律关系")

    page.wait_for_url(re.compile(r"/login/\?next="))
    hears(page, "超过 30 分钟没有操作，已退出，请重新登录。")
    assert Review.objects.get(case=case).legal_track == "undecided"
    sign_in_by_hand(page, "prosecutor")
    assert page.url.endswith(f"/cases/{case.code}/review/track/")
    expect(labelled(page, "认定理由")).to_be_visible()
