"""Text of a paper on the screen (屏幕上的文书): numbers of persons masked on the server; the file shows them."""

import re
from collections.abc import Container, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.masking import mask_address, mask_card, mask_id, mask_phone
from documents import body
from documents.body import Content, Element
from documents.text import DAY, NUMBER

Secrets = Mapping[str, str] | None  # a number or address of a person → its kind (id, phone, address, card)
MASKS = {"id": mask_id, "phone": mask_phone, "address": mask_address, "card": mask_card}
WORD = re.compile(r"[a-z0-9 -]{1,40}")


def shown(
    html: str, *, number: str = "", day: str = "", secrets: Secrets = None, own: Container[str] = ()
) -> SafeString:
    """The body for a page, built anew from its tree: known elements and classes only, text escaped, numbers masked.

    `number` and `day` stand where a draft leaves their places open. `secrets` are masked wherever they stand: a text
    that came back from Word, or that was made before numbers were marked, has no marks to go by. What is the writer's
    `own` is not marked as taken from the case.
    """
    html = html.replace(NUMBER, "<span>\uf8ff</span>").replace(DAY, "<span>\uf8fe</span>")
    return _content(body.parse(html), _Reading({"\uf8ff": number, "\uf8fe": day}, secrets or {}, own))


class _Reading:
    """What stands in for which text: the places of number and day, the secrets of this paper; what is not marked."""

    def __init__(self, places: dict[str, str], secrets: Mapping[str, str], own: Container[str]) -> None:
        self.places, self.secrets, self.own = places, secrets, own
        longest_first = sorted((re.escape(each) for each in secrets if each), key=len, reverse=True)
        self.found = re.compile("|".join(longest_first)) if longest_first else None

    def of(self, text: str) -> str:
        if text in self.places:
            return self.places[text]
        if self.found is None:
            return text
        return self.found.sub(lambda match: MASKS[self.secrets[match[0]]](match[0]), text)


def _content(content: Content, places: _Reading) -> SafeString:
    return format_html_join("", "{}", ((_one(each, places),) for each in content))


def _one(each: Element | str, places: _Reading) -> str:
    if isinstance(each, str):
        return places.of(each)
    if each.tag == "br":
        return format_html("<br>")
    if each.tag == "mark" and each.text in places.own:
        return _content(each.inside, places)
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
