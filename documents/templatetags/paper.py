"""What templates of papers may use besides plain facts."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html

from core import money
from documents.conventions import paper_day
from documents.facts import is_blank

register = template.Library()


@register.filter
def fill(value: object, label: str) -> object:
    """The fact, or the red 【待填：…】 that stops a paper before approval."""
    return format_html('<span class="missing">【待填：{}】</span>', label) if is_blank(value) else value


@register.filter
def yuan(amount: Decimal) -> str:
    """405,000.00"""
    return money.yuan(amount)


@register.filter
def day(value: date | None) -> str:
    """2026年8月3日, in the office's way of writing."""
    return paper_day(value) if value else ""


@register.filter
def paragraphs(text: str) -> list[str]:
    """The lines of a longer text, each a paragraph of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]
