"""What every template keeps to: no inline code, no picture that is not there, no class without its style sheet."""

import re

import pytest
from django.template.loader import get_template

from tests.house import templates
from tests.look.assets import PAGE_CSS, drawn, only_in, used_classes, with_components, with_parents

PAPERS = [name for name in templates() if "/papers/" in name]
PAGES = {name: text for name, text in templates().items() if name not in PAPERS}
COMPONENTS = [name for name in PAGES if name.startswith("components/")]
INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style[\s>]",
    "inline script": r"<script(?![^>]*\ssrc=)[\s>]",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "htmx evaluation": r"hx-on|\bjs:|javascript:",
    "foreign address": r"""(?:src|href)=["'](?:https?:)?//""",
}


@pytest.mark.parametrize("kind", INLINE)
def test_no_template_breaks_the_content_policy(kind):
    assert [name for name, text in PAGES.items() if re.search(INLINE[kind], text)] == []


def test_every_picture_is_in_the_sprite():
    used = {name for text in PAGES.values() for name in re.findall(r"""\{% icon ["'](\w+)["']""", text)}
    used |= {
        name for text in PAGES.values() for name in re.findall(r"""with [^%]*\bicon=["'](\w+)["']""", text)
    }
    assert used - drawn() == set()


@pytest.mark.parametrize("name", PAGES)
def test_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_short_and_says_what_it_takes(name):
    text = PAGES[name]
    assert len(text.splitlines()) <= 60
    assert re.match(r"\{# .*(Params|Context): .*#\}|\{% comment %\}", text)


@pytest.mark.parametrize("sheet", PAGE_CSS)
def test_pages_link_the_style_sheet_of_their_classes(sheet):
    bare = [
        name
        for name in PAGES
        if "{% extends" in PAGES[name]
        and used_classes(with_components(name)) & only_in(sheet)
        and f"css/{sheet}.css" not in with_parents(name)
    ]
    assert bare == []


def test_every_post_form_carries_its_token():
    forms = {
        name: re.findall(r"<form[^>]*method=.post[^>]*>.{0,400}", text, flags=re.S)
        for name, text in PAGES.items()
    }
    without = [name for name, found in forms.items() if any("csrf_token" not in form for form in found)]
    assert without == ["components/try_again.html"]  # sends the token that came with what was typed


def test_a_button_outside_its_form_says_that_it_submits():
    """htmx sends the name of such a button only then: 退回修改 would arrive as nothing at all."""
    silent = [
        f"{name}: {tag}"
        for name, text in PAGES.items()
        for tag in re.findall(r"<button[^>]*\sform=[^>]*>", text)
        if 'type="submit"' not in tag
    ]
    assert silent == []
