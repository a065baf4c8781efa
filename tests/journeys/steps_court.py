"""法院、履行、办结、归档: what the handler writes down after the support decision."""

from playwright.sync_api import Page

from tests.journeys.hands import fill, follow, hand_in, take
from tests.journeys.story import COURT, FIFTEEN, Worker

NUMBER = "（2026）内0902民初112号"


def file(page: Page, code: str) -> None:
    take(page, code, "登记法院立案")
    words = {"受理法院": COURT, "法院案号": NUMBER, "审理程序": "简易程序", "诉讼费处理": "不预交"}
    hand_in(page, words, "登记立案", "已登记法院立案")


def hear(page: Page, code: str) -> None:
    take(page, code, "登记开庭")
    words = {"开庭时间": "2026-04-08T09:30", "地点": "第三审判庭", "庭审情况": "双方到庭，当庭质证。"}
    words |= {"检察官出庭": True, "宣读支持起诉书": True}
    hand_in(page, words, "登记开庭", "已登记开庭")


def judge(page: Page, code: str, workers: list[Worker] = FIFTEEN) -> None:
    """登记裁判 with each worker's sum; not everybody has been served yet."""
    take(page, code, "登记裁判")
    fill(page, {f"{worker.name}的确认金额": worker.owed for worker in workers})
    words = {"文书种类": "判决", "结果": "全部支持", "支持意见采纳情况": "全部采纳"}
    hand_in(page, words | {"裁判文书号": f"{NUMBER}民事判决书"}, "登记裁判", "已登记裁判")


def serve_judgment(page: Page, code: str) -> None:
    take(page, code, "登记裁判送达")
    hand_in(page, {}, "登记送达", "已登记裁判送达")


def take_effect(page: Page, code: str) -> None:
    take(page, code, "登记生效")
    hand_in(page, {"履行期限届满日": "2026-05-25"}, "登记生效", "裁判已生效")


def apply_for_enforcement(page: Page, code: str) -> None:
    take(page, code, "登记申请执行")
    hand_in(page, {"执行法院": COURT, "执行案号": "（2026）内0902执88号"}, "登记申请执行", "已登记申请执行")


def follow_up(page: Page, code: str) -> None:
    page.goto(f"/cases/{code}/enforcement/")
    follow(page, "登记跟进")
    words = {"类型": "回访申请人", "情况": "履行期限已满，申请人还没有收到钱，打算申请执行。"}
    hand_in(page, words, "登记跟进", "已登记跟进")


def close(page: Page, code: str) -> None:
    take(page, code, "办结")
    hand_in(page, {"结果": "全部到账"}, "办结案件", "案件已办结")


def archive(page: Page, code: str) -> None:
    take(page, code, "归档")
    hand_in(page, {"档号": "民支-2026-1", "页数": 86}, "归档", "案件已归档")
