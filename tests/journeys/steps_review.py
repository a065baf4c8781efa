"""审查: legal relation, limitation, inquiry, evidence, opinions, checklist; then the letter and the proposal."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import fill, follow, hand_in, press, take
from tests.journeys.steps_intake import open_part
from tests.journeys.steps_referral import photo
from tests.journeys.story import COURT, EMPLOYER

QUESTIONS = [
    *("申请人是适格原告", "申请人诉讼能力不足，不能或者不敢起诉"),
    "每名申请人自愿，知道支持起诉不是代理、不收费、不保证胜诉",
    *("其他机关处理后仍未实现，确有支持必要", "被告明确，责任链条已查清", "拟诉法院有管辖权"),
    *("事实清楚，证据基本充分", "已听取被申请人意见或者记明无法联系", "已征询双方和解意愿"),
    *("没有以工资名义追索工程款等虚假诉讼情形", "不损害国家、社会公共利益和他人利益"),
]
OPINIONS = {
    "查明事实": f"申请人等15人在白海子镇农村还建房二期务工，经结算，{EMPLOYER}尚欠劳动报酬合计405,000.00元。",
    "证据分析": "工资表、记工本与各方陈述相互印证。",
    "法律分析": f"申请人付出劳动后依法享有取得报酬的权利，{EMPLOYER}应当按照结算支付。",
    "必要性与自愿性": "申请人收集证据、参加诉讼确有困难，自愿申请支持起诉。",
}


def find_track(page: Page, code: str) -> None:
    open_part(page, code, "认定法律关系")
    words = {"法律关系": "劳务关系", "认定理由": "由带班人招用、按日计酬，不受单位规章约束。"}
    hand_in(page, words, "认定法律关系", "已认定法律关系")


def check_limitation(page: Page, code: str) -> None:
    open_part(page, code, "时效审查")
    words = {"时效起算日": "2025-12-01", "审查意见": "自应付之次日起三年，未届满。"}
    hand_in(page, words, "保存时效审查", "已保存时效审查")


def inquire(page: Page, code: str) -> None:
    open_part(page, code, "调查核实")
    words = {
        "方式": "询问",
        "对象": "被申请人负责人",
        "调查人员": "李检察官、王助理",
        "核实情况": "承认欠薪数额。",
    }
    hand_in(page, words, "登记调查核实", "已登记调查核实")


def add_evidence(page: Page, code: str) -> None:
    page.goto(f"/cases/{code}/evidence/")
    follow(page, "登记证据")
    words = {
        "证据种类": "结算单",
        "证据名称": "完工结算单",
        "证明目的": "应付与欠付的数额",
        "已核对原件": True,
    }
    hand_in(page, words | {"文件": photo("结算单.jpg")}, "登记证据", "已登记证据")


def write_opinions(page: Page, code: str) -> None:
    open_part(page, code, "填写审查意见")
    hand_in(page, OPINIONS, "保存审查意见", "已保存审查意见")


def answer_checklist(page: Page, code: str) -> None:
    page.goto(f"/cases/{code}/review/checklist/")
    hand_in(page, dict.fromkeys(QUESTIONS, "是"), "保存审查清单", "已保存审查清单")


def draft_letter(page: Page, code: str) -> None:
    """起草支持起诉书; the court is the only thing left to fill in."""
    page.goto(f"/cases/{code}/documents/")
    press(page, "起草支持起诉书")
    page.wait_for_url("**/documents/*/")
    hand_in(page, {"致送法院": COURT}, "保存", "已保存")
    expect(page.get_by_text("已填齐")).to_be_visible()


def propose_support(page: Page, code: str) -> None:
    take(page, code, "提交处理意见")
    fill(page, {"理由": "事实清楚，证据基本充分，符合支持起诉条件。"})
    press(page, "提交审批")
    page.wait_for_url("**/approval/")


def agree(page: Page, opinion: str) -> None:
    """From the list of what waits for me, through the whole text, to 同意."""
    page.goto("/approvals/")
    page.get_by_role("main").get_by_role("link", name="支持起诉").click()
    page.get_by_text("全文完").scroll_into_view_if_needed()
    expect(page.get_by_text("已读到文末")).to_be_visible()
    fill(page, {"意见": opinion})
    press(page, "同意")
    page.wait_for_url("**/approvals/")


def letter(page: Page, code: str) -> bytes:
    """The PDF of the issued 支持起诉书, by the link on the page of the case's papers."""
    page.goto(f"/cases/{code}/documents/")
    link = page.get_by_role("link", name="下载 PDF")
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()
