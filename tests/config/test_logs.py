import json
import logging
import sys

import pytest

from config.logs import JsonFormatter, scrub


def _entry(message: str, *args: object, **more: object) -> dict[str, str]:
    record = logging.LogRecord("cases", logging.INFO, __file__, 1, message, args, more.pop("exc_info", None))
    return json.loads(JsonFormatter().format(record))


def test_an_entry_is_one_line_of_json_with_time_and_zone():
    record = logging.LogRecord("cases", logging.INFO, __file__, 1, "两行\n文字", (), None)

    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert json.loads(line)["message"] == "两行\n文字"
    assert json.loads(line)["time"].endswith("+00:00")


@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "110105194912310021", "13800138000", "6222021234567890123", "6222021234567890"],
)
def test_numbers_of_persons_are_blacked_out(number):
    assert number not in _entry("申请人 %s 已登记", number)["message"]


def test_case_codes_and_amounts_stay_readable():
    text = "150902-2026-0016 405000.00 2026-11-23 0.0123456789012345678s"

    assert scrub(text) == text


def test_what_the_database_quotes_of_a_refused_row_is_blacked_out():
    refusal = ValueError("duplicate key\nDETAIL:  Key (name)=(王建国) already exists.")
    try:
        raise refusal
    except ValueError:
        entry = _entry("出错", exc_info=sys.exc_info())

    assert "duplicate key" in entry["error"]
    assert "王建国" not in entry["error"]


@pytest.mark.parametrize(
    "text", ["GET /calendar/feed/abc-DEF_1.ics HTTP/1.1", "/calendar/feed/abc-DEF_1.ics"]
)
def test_the_secret_of_a_calendar_address_is_blacked_out(text):
    assert "abc-DEF_1" not in scrub(text)
    assert "/calendar/feed/[已隐去]" in scrub(text)
    assert scrub("/calendar/feeds/7/revoke") == "/calendar/feeds/7/revoke"
