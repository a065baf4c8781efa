"""Text of a paper on the screen (屏幕上的文书): numbers of persons masked on the server; the file shows them."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.masking import mask_address, mask_card, mask_id, mask_phone
from documents import body
from documents.body import Content, Element
from documents.text import DAY, NUMBER

MASKS = {"id": mask_id, "phone": mask_phone, "address": mask_address, "card": mask_card}
WORD = re.compile(r"[a-z0-9 -]{1,40}")


def shown(html: str, *, number: str = "", day: str = "") -> SafeString:
    """The body for a page, built anew from its tree: known elements and classes only, text escaped, numbers masked.

    `number` and `day` stand where a draft leaves their places open.
    """
    html = html.replace(NUMBER, "<span>\uf8ff</span>").replace(DAY, "<span>\uf8fe</span>")
    return _content(body.parse(html), {"\uf8ff": number, "\uf8fe": day})


def _content(content: Content, places: dict[str, str]) -> SafeString:
    return format_html_join("", "{}", ((_one(each, places),) for each in content))


def _one(each: Element | str, places: dict[str, str]) -> str:
    if isinstance(each, str):
        return places.get(each, each)
    if each.tag == "br":
        return format_html("<br>")
    css, span = _css(each), each.span
    inside = MASKS[each.css](each.text) if each.css in MASKS else _content(each.inside, places)
    if span > 1:
        return format_html('<{0} class="{1}" colspan="{2}">{3}</{0}>', _tag(each), css, span, inside)
    if css:
        return format_html('<{0} class="{1}">{2}</{0}>', _tag(each), css, inside)
    return format_html("<{0}>{1}</{0}>", _tag(each), inside)


def _tag(element: Element) -> str:
    """One of `body.ELEMENTS`; the titles of a paper are below those of the page."""
    return {"h1": "h3", "h2": "h4"}.get(element.tag, element.tag)


def _css(element: Element) -> str:
    return element.css if WORD.fullmatch(element.css) else ""
