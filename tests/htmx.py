"""The fragment equals the page: one template, two answers."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client


def assert_panel_is_part_of_page(client: Client, url: str, **query: Any) -> None:
    """What htmx receives is, to the letter, what stands in the whole page, and no cache mixes them up."""
    page = client.get(url, query)
    panel = client.get(url, query, headers={"HX-Request": "true"})

    assert (page.status_code, panel.status_code) == (200, 200)
    assert 0 < len(panel.content) < len(page.content)
    assert without_token(panel).strip() in without_token(page)
    assert "HX-Request" in panel.headers["Vary"]


def without_token(response: HttpResponse) -> str:
    """The body without what differs by nature: the CSRF token, a form's submission key, which window it is."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())
    return re.sub(r'(name="(?:submission_key|page)" value=")[^"]+', r"\1", body)
