"""The tripwire itself: it must bite, and it must not cry wolf."""

import logging

import pytest
from celery import shared_task
from django.http import HttpResponse, JsonResponse

from core.masking import mask_card, mask_id, mask_phone
from tests.tripwire import CANARY, personal, trips, tripwire


@shared_task
def carry(number):
    """A task that does what none may do."""


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"身份证 {CANARY.id_number}。", ["身份证号"]),
        ("11010519491231002X", ["身份证号"]),
        (f'<td data-x="{CANARY.phone}">', ["手机号"]),
        (f"tel:{CANARY.phone}", ["手机号"]),
        (CANARY.bank_card, ["银行卡号"]),
        (CANARY.address, ["住址"]),
    ],
)
def test_personal_numbers_trip_it(text, kinds):
    assert personal(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        mask_id(CANARY.id_number),
        mask_phone(CANARY.phone),
        mask_card(CANARY.bank_card),
        "XS-150902-2026-0088",
        "91150902552808456X",
        "405,000.00",
        "2026-11-23T09:00:00+08:00",
        "8f3a21d4c0e9b1391234567890abcdef",
        "0474-8220000",
    ],
)
def test_what_belongs_on_a_page_does_not(text):
    assert personal(text) == []


@pytest.mark.parametrize(
    ("response", "found"),
    [
        (HttpResponse(CANARY.phone), ["body: 手机号"]),
        (JsonResponse({"id": CANARY.id_number}), ["body: 身份证号"]),
        (HttpResponse(headers={"Location": f"/?q={CANARY.phone}"}), ["header Location: 手机号"]),
        (HttpResponse(b"%PDF", content_type="application/pdf"), []),
    ],
)
def test_answers_are_searched(response, found):
    assert trips(response) == found


def test_an_allowed_kind_may_stand_in_the_body_only():
    response = HttpResponse(CANARY.phone, headers={"X": CANARY.phone})

    assert trips(response, allowed=("手机号",)) == ["header X: 手机号"]


def test_addresses_are_searched(client):
    assert "address: 手机号" in trips(client.get("/login/", {"q": CANARY.phone}))


def test_logs_and_tasks_are_searched(caplog):
    with tripwire(caplog) as tripped:
        logging.getLogger("x").warning("saved %s", CANARY.id_number)
        logging.getLogger("x").warning("saved %s", CANARY.name)
        carry.delay(CANARY.phone)

    assert tripped() == [
        "log x: 身份证号",
        "log x: 姓名",
        "task tests.security.test_tripwire.carry: 手机号",
    ]


def test_quiet_work_trips_nothing(caplog, prosecutor):
    with tripwire(caplog) as tripped:
        logging.getLogger("x").info("case 150902-2026-0016 accepted")
        carry.delay(42)

    assert tripped() == []
