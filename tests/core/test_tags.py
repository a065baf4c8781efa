"""What templates may use."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from core import clock


def shown(text, **context):
    return Template("{% load zhichi %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("{{ it|yuan }}", Decimal("405000"), "405,000.00"),
        ("{{ it|yuan }}", None, "—"),
        ("{{ it|mask_id }}", "152301198501010017", "1523**********0017"),
        ("{{ it|mask_phone }}", "13800002201", "138****2201"),
        ("{{ it|mask_card }}", "6217000012341234", "**** **** **** 1234"),
        ("{{ it|mask_name }}", "王建国", "王某某"),
        ("{{ it|day }}", date(2026, 11, 25), "2026-11-25"),
        ("{{ it|day }}", datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "2026-11-25"),
        ("{{ it|short_day }}", date(2026, 1, 5), "01-05"),
        ("{{ it|short_day }}", date(2028, 7, 31), "2028-07-31"),
        ("{{ it|weekday }}", date(2026, 11, 25), "周三"),
        ("{{ it|day }}{{ it|short_day }}{{ it|weekday }}", None, ""),
    ],
)
def test_filters(text, value, result):
    with clock.travel(date(2026, 11, 23)):
        assert shown(text, it=value) == result


def test_a_figure_can_be_read_by_machines():
    money = shown('{% figure "recovered_amount" it %}', it=Decimal("405000.00"))
    people = shown('{% figure "recovered_workers" it unit="人" %}', it=1500)

    assert '<data data-figure="recovered_amount" value="405000.00">405,000.00</data>' in money
    assert '<data data-figure="recovered_workers" value="1500">1,500</data>' in people


def test_an_icon_comes_from_the_sprite():
    assert shown('{% icon "clock" %}') == (
        '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#clock"/></svg>'
    )


@pytest.mark.parametrize(
    ("tag", "result"),
    [
        ("{% query page=2 %}", "?stage=review&q=%E7%8E%8B&page=2"),
        ('{% query stage="closed" %}', "?stage=closed&q=%E7%8E%8B"),
        ("{% query q=None stage=None %}", "?"),
    ],
)
def test_the_query_string_is_kept_but_for_the_changes(tag, result):
    request = RequestFactory().get("/cases/?stage=review&q=王&page=7")
    text = Template("{% load zhichi %}{% autoescape off %}" + tag + "{% endautoescape %}")

    assert text.render(RequestContext(request, {})) == result


class Blank:
    """Has every attribute, and nothing in it."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def __getattr__(self, name):
        return Blank()

    def __bool__(self):
        return bool(self.__dict__)

    def __str__(self):
        return ""


def test_the_clock_chip_keeps_its_contract():
    deadline = Blank(
        due_on=date(2026, 11, 25),
        starts_on=date(2026, 11, 10),
        state=lambda today: "soon" if today == date(2026, 11, 23) else "ok",
        label=lambda today: "剩 2 天",
        percent=lambda today: 86,
    )
    with clock.travel(date(2026, 11, 23)):
        chip = shown("{% clock it %}", it=deadline)

    assert '<time data-clock="soon" datetime="2026-11-25">' in chip
    assert "剩 2 天" in chip
    assert "data-clock" not in shown("{% clock it %}", it=None)
