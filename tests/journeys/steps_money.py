"""到账: the clerk enters and shares out, the handler verifies, the figures follow."""

from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.journeys.hands import figure, fill, follow, hand_in, hears, labelled, press, take
from tests.journeys.steps_referral import photo
from tests.journeys.story import EMPLOYER, FIFTEEN, TOTAL

FIGURES = [
    *("recovered_amount", "recovered_workers", "accepted_cases", "supported_cases"),
    *("claimed_amount", "open_cases", "overdue"),
]


def enter(page: Page, code: str) -> None:
    """405,000 yuan in one payment, shared by 按比例分配: as all of it came, everybody gets what is theirs."""
    take(page, code, "登记到账")
    fill(
        page,
        {"到账金额（元）": "405000", "渠道": "执行到位", "付款人": EMPLOYER, "凭证": photo("银行回单.jpg")},
    )
    press(page, "按比例分配")
    hears(page, "已把 405,000.00 元按各人还应得的比例分配")
    for worker in FIFTEEN:
        expect(labelled(page, f"{worker.name}的分配金额")).to_have_value(f"{worker.owed}.00")
    expect(page.locator("[data-total]")).to_have_text(f"{TOTAL:,}")
    hand_in(page, {}, "登记到账", "已登记到账，等待另一人核对")


def verify(page: Page, code: str, day: str) -> None:
    page.goto(f"/cases/{code}/money/")
    follow(page, day)
    press(page, "核对无误")
    hears(page, "已核对到账")


def recovered(page: Page, code: str) -> Decimal:
    """已到账 as the case's own page of money says it."""
    page.goto(f"/cases/{code}/money/")
    shown = page.locator("dl.money div").filter(has_text="已到账").locator("dd").inner_text()
    return Decimal(shown.split()[0].replace(",", ""))


def dashboard(page: Page) -> dict[str, Decimal]:
    """The figures of the dashboard; each drill page shows the same total."""
    page.goto("/dashboard/")
    shown = {name: Decimal(figure(page, name)) for name in FIGURES}
    for name in FIGURES:
        page.goto(f"/dashboard/drill/{name}/")
        assert Decimal(figure(page, name)) == shown[name]
    return shown
