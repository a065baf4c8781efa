"""When no answer can be made: a number that is in the log, what is safe, and what was typed. No database is needed."""

import json
import logging
import re

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.logs import JsonFormatter
from config.urls import handler500 as handler500
from config.urls import urlpatterns as real
from core import request_id
from tests.cast import client_for

AWAY = {
    "refused": psycopg.OperationalError("connection refused"),
    "stopping": psycopg.errors.AdminShutdown(),
    "starting": psycopg.errors.CannotConnectNow(),
    "full": psycopg.errors.TooManyConnections(),
}
pytestmark = pytest.mark.urls("tests.security.test_failures")


@csrf_exempt
def broken(request):
    raise ValueError("geheim")


@csrf_exempt
def away(request, how):
    try:
        raise AWAY[how]
    except psycopg.Error as error:
        raise OperationalError("geheim") from error


@csrf_exempt
def refused_in_time(request):
    try:
        raise psycopg.errors.QueryCanceled
    except psycopg.Error as error:
        raise OperationalError("statement timeout") from error


@csrf_exempt
def left_behind(request):
    try:
        raise InterfaceError("connection already closed")
    except InterfaceError:
        raise RuntimeError("the transaction is gone")  # noqa: B904 - what a rollback does


urlpatterns = [
    *real,
    path("broken/", broken),
    path("away/<slug:how>/", away),
    path("slow/", refused_in_time),
    path("left/", left_behind),
]


@pytest.fixture
def visitor(prosecutor):
    """Somebody at work, whose client shows the answer instead of raising."""
    client = client_for(prosecutor)
    client.raise_request_exception = False
    return client


def number_in(text):
    return re.search(r'错误编号 <b class="num">([0-9A-F]{4}-[0-9A-F]{2})</b>', text)[1]


def test_the_number_on_the_page_finds_the_cause_in_the_log(visitor, caplog):
    answer = visitor.get("/broken/")

    record = next(each for each in caplog.records if each.name == "django.request")
    request_id.begin(answer["X-Request-ID"])  # the log writes while the request lasts
    request_id.Filter().filter(record)
    written = json.loads(JsonFormatter().format(record))
    assert answer.status_code == 500
    assert written["error_number"] == number_in(answer.content.decode())
    assert written["request"] == answer["X-Request-ID"]
    assert "ValueError: geheim" in written["error"]


def test_only_errors_carry_the_number_in_the_log():
    request_id.begin("8f3a21" + "0" * 26)
    record = logging.makeLogRecord({"levelno": logging.INFO, "msg": "。"})
    request_id.Filter().filter(record)

    assert (request_id.spoken(), "error_number" in json.loads(JsonFormatter().format(record))) == (
        "8F3A-21",
        False,
    )


def test_a_page_that_fails_says_what_is_safe_and_offers_another_try(visitor):
    page = visitor.get("/broken/", {"q": "甲&乙"}).content.decode()

    assert "这一页没有打开" in page
    assert "已保存的内容不受影响" in page
    assert 'href="/broken/?q=%E7%94%B2%26%E4%B9%99"' in page
    assert "geheim" not in page


def test_what_was_typed_goes_with_the_page_and_can_be_sent_again(visitor):
    typed = {"title": '<b>"甲"</b>', "tick": ["1", "2"], "csrfmiddlewaretoken": "x" * 32}

    answer = visitor.post("/broken/?tab=2", typed)

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "没有保存成功，你填的内容还在" in page
    assert '<form method="post" action="/broken/?tab=2">' in page
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page) == [
        ("title", "&lt;b&gt;&quot;甲&quot;&lt;/b&gt;"),
        ("tick", "1"),
        ("tick", "2"),
        ("csrfmiddlewaretoken", "x" * 32),
    ]
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"username": "a", "password": "geheim-1"}, None),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        ({}, None),
    ],
)
def test_passwords_and_what_cannot_be_read_are_not_repeated(visitor, data, kind):
    page = visitor.post("/broken/", data, **({"content_type": kind} if kind else {})).content.decode()

    assert "<h1>没有办成</h1>" in page
    assert "你填的内容还在" not in page
    assert "geheim" not in page


@pytest.mark.parametrize("how", AWAY)
def test_while_the_database_is_away_it_is_maintenance(visitor, how):
    answer = visitor.get(f"/away/{how}/")

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "<h1>系统维护中</h1>" in page
    assert number_in(page)
    assert "geheim" not in page


def test_a_broken_transaction_on_top_of_a_lost_connection_is_maintenance_too(visitor):
    assert visitor.get("/left/").status_code == 503


def test_a_statement_that_took_too_long_is_an_error_of_ours(visitor):
    assert visitor.get("/slow/").status_code == 500


def test_the_page_is_made_without_the_database_whoever_asks(monkeypatch, visitor):
    def refuse(*args):
        raise OperationalError("connection refused")

    visitor.cookies["theme"] = "dark"
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        signed_in = visitor.get("/cases/")
        typed = visitor.post("/account/preferences", {"theme": "light"})
        stranger = Client(raise_request_exception=False).get("/healthz")

    assert [each.status_code for each in (signed_in, typed, stranger)] == [503, 503, 200]
    assert "系统维护中，你填的内容还在" in typed.content.decode()
    assert 'data-theme="dark"' in signed_in.content.decode()


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("/broken/", 500, "没有保存成功，内容还在本页。"),
        ("/away/refused/", 503, "系统维护中，数据库暂时没有应答。没有保存成功，内容还在本页。"),
    ],
)
def test_htmx_gets_a_notice_for_the_corner_and_leaves_page_and_address_alone(visitor, url, status, sentence):
    answer = visitor.post(url, {"title": "甲"}, headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert answer.status_code == status
    assert (answer["HX-Push-Url"], answer["HX-Replace-Url"], answer["HX-Reselect"]) == (
        "false",
        "false",
        "#failure",
    )
    assert re.search(r'<dialog open class="alert danger" id="failure">', text)
    assert sentence in text
    assert number_in(text)
    assert "<html" not in text
