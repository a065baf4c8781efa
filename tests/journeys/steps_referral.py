"""The partner's part: write a lead, hand it in, follow it."""

from typing import Any

from playwright.sync_api import Page

from tests.hostile.files import picture
from tests.journeys.hands import fill, follow, paste, press
from tests.journeys.story import EMPLOYER, Worker, excel

CONSENTED = "已告知当事人将向检察院移送其姓名、身份证号和联系方式，并取得同意"


def open_form(page: Page) -> None:
    page.goto("/partner/")
    follow(page, "移送线索")


def describe(page: Page) -> None:
    """Everything about the lead but its workers and files."""
    fill(
        page,
        {
            "联系电话": "0474-8221234",
            "行业领域": "工程建设",
            "用人单位或包工头": EMPLOYER,
            "统一社会信用代码": "91350100M000100Y43",
            "法定代表人": "孙示例",
            "住所地": "示例区建设路1号",
            "项目名称": "白海子镇农村还建房二期",
            "项目地点": "白海子镇",
            "约定标准": "每天 300 元",
            "务工开始": "2025-04-01",
            "务工结束": "2025-11-30",
            "用工和催要经过": "2025年4月至11月由带班人招来做木工，完工后多次催要，至今未付。",
            "诉求": "支付拖欠的劳动报酬。",
            CONSENTED: True,
        },
    )


def photo(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture()}


def refer(page: Page, workers: list[Worker]) -> str:
    """Paste the sheet, add two photographs, hand it in; the code on the receipt."""
    open_form(page)
    paste(page, "第 1 行 姓名", excel(workers))
    describe(page)
    fill(page, {"工资表": photo("工资表.jpg"), "考勤、记工本": photo("记工本.jpg")})
    press(page, "提交线索")
    return receipt(page)


def receipt(page: Page) -> str:
    page.wait_for_url("**/receipt/")
    return page.locator("#receipt-number").inner_text()


def write_worker(page: Page, row: int, worker: Worker) -> None:
    """One worker typed into the cells of a row."""
    for column, value in [("姓名", worker.name), ("身份证号", worker.id_number), ("欠薪（元）", worker.owed)]:
        page.get_by_label(f"第 {row} 行 {column}", exact=True).fill(str(value))


def progress(page: Page, code: str) -> str:
    """办理进度 as the partner reads it."""
    page.goto(f"/partner/referrals/{code}/")
    return page.get_by_role("complementary").inner_text()
