"""受理: the handler examines, the head accepts, each worker's own will is written down."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import follow, hand_in, take

CONDITIONS = [
    *("属于民事支持起诉的范围", "申请人是权利受到侵害的人", "有明确的被申请人", "属于本院管辖"),
    *(
        "本人自愿申请支持起诉",
        "诉讼能力不足，不能或者不敢起诉",
        "已寻求其他救济，未能实现",
        "法院尚未受理或者裁判",
    ),
]


def examine(page: Page, code: str) -> None:
    take(page, code, "受理审查")
    words = {"拟办意见": "建议受理", "审查意见": "材料齐全，符合受理条件。"}
    hand_in(page, dict.fromkeys(CONDITIONS, "是") | words, "保存受理审查", "已保存受理审查，等待决定")


def accept(page: Page, code: str) -> str:
    """受理; the 案号."""
    take(page, code, "受理")
    hand_in(page, {}, "受理", "已受理，审查期限开始计算")
    return page.locator(".idbar h1").inner_text().split()[0]


def record_consents(page: Page, code: str) -> None:
    """登记自愿申请 of everybody who has not been heard yet, one by one."""
    page.goto(f"/cases/{code}/claims/")
    waiting = page.get_by_role("link", name="的自愿申请")
    while left := waiting.count():
        waiting.first.click()
        hand_in(page, {"方式": "书面申请并签名"}, "登记自愿申请", "已登记自愿申请")
        expect(waiting).to_have_count(left - 1)


def serve(page: Page, code: str, paper: str, addressee: str) -> None:
    """登记送达 of a paper that was not issued here."""
    page.goto(f"/cases/{code}/services/new/")
    words = {"文书": paper, "受送达人": addressee, "送达方式": "直接送达"}
    hand_in(page, words, "登记送达", "已登记送达")


def serve_issued(page: Page, code: str, paper: str) -> None:
    """登记送达 of a paper that was issued here: everybody on its list signs for it, one by one."""
    page.goto(f"/cases/{code}/services/new/")
    page.get_by_role("main").get_by_role("link", name=paper).first.click()
    waiting = page.get_by_text("登记送出")
    while left := waiting.count():
        waiting.first.click()
        page.get_by_role("link", name="直接送达").first.click()
        unit = page.get_by_label("签收人身份").locator("option", has_text="单位收件人").count()
        words = {"签收人": "收件人员", "签收人身份": "单位收件人" if unit else "本人"}
        hand_in(page, words, "登记", "已登记")
        expect(waiting).to_have_count(left - 1)


def open_part(page: Page, code: str, part: str) -> None:
    """A part of the review, by way of its overview."""
    take(page, code, "填写审查")
    follow(page, part)
