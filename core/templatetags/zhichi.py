"""What every template of ours may use."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock as program_clock
from core import masking, money

register = template.Library()
WEEKDAYS = "一二三四五六日"

register.filter("mask_id", masking.mask_id)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_card", masking.mask_card)
register.filter("mask_name", masking.mask_name)
register.filter("mask_address", masking.mask_address)


@register.filter
def yuan(amount: Decimal | int | None) -> str:
    """405,000.00; a dash for what is not known."""
    return "—" if amount is None or amount == "" else money.yuan(amount)


@register.filter
def day(moment: date | datetime | None) -> str:
    """2026-11-25"""
    return _day(moment).isoformat() if moment else ""


@register.filter
def short_day(moment: date | datetime | None) -> str:
    """11-25; of another year 2028-07-31, so that nobody takes it for this one."""
    if not moment:
        return ""
    found = _day(moment)
    return f"{found:%m-%d}" if found.year == program_clock.today().year else found.isoformat()


@register.filter
def weekday(moment: date | datetime | None) -> str:
    """周三"""
    return f"周{WEEKDAYS[_day(moment).weekday()]}" if moment else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture of the sprite static/icons.svg; the text beside it says what it means."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.inclusion_tag("components/figure.html")
def figure(name: str, value: Decimal | int, unit: str = "") -> dict[str, Any]:
    """A figure that machines can read too: name and raw value in attributes, the shown value inside."""
    if isinstance(value, Decimal):
        return {"name": name, "value": f"{value:.2f}", "shown": money.yuan(value), "unit": unit}
    return {"name": name, "value": str(value), "shown": f"{value:,}", "unit": unit}


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """This page's query string with changes; None or "" takes a key out. A new filter starts at page 1."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.inclusion_tag("components/clock.html")
def clock(deadline: Any) -> dict[str, Any]:
    """期限: the chip of a Deadline or None. Contract: <time data-clock="STATE" datetime="YYYY-MM-DD">."""
    if deadline is None:
        return {"deadline": None}
    today = program_clock.today()
    return {
        "deadline": deadline,
        "state": deadline.state(today),
        "label": deadline.label(today),
        "percent": deadline.percent(today),
    }


@register.inclusion_tag("components/clock_big.html")
def clock_big(deadline: Any) -> dict[str, Any]:
    """期限, large, with its rule written out: the rail of a case."""
    return clock(deadline)


def _day(moment: date | datetime) -> date:
    """The day in Shanghai of an instant, or the day itself."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return moment.astimezone(program_clock.SHANGHAI).date()
    return moment.date() if isinstance(moment, datetime) else moment
