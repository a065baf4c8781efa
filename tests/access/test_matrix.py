"""Asks every cell of the access matrix. How to add rows: see tests/access/matrix.py."""

import pytest
from django.template.backends.django import Template
from django.urls import reverse

from tests.access.matrix import PRINCIPALS, SIGN_IN, Row, addresses, rows
from tests.access.stage import answer, ask, browser, unprotected
from tests.cast import Cast

ROWS = rows()
DENIED = frozenset({SIGN_IN, 403, 404, 405, 409, 422})


def test_every_address_has_a_row():
    missing = sorted(set(addresses()) - {row.name for row in ROWS})

    assert missing == [], "add a row to tests/access/rows_<app>.py"


def test_every_row_has_an_address():
    assert sorted({row.name for row in ROWS} - set(addresses())) == []


def test_only_the_health_pages_the_sign_in_page_calendar_feeds_and_codes_of_papers_are_public():
    public = {row.name for row in ROWS if row.public}
    # a feed and the check of a paper are opened by the secret in their address
    known = {"accounts:sign_in", "deadlines:feed", "documents:verify"}

    assert {name for name in public if not name.endswith(("healthz", "readyz"))} == known


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_cell_answers_as_the_table_says_and_the_denied_change_nothing(row: Row, cast, monkeypatch):
    """All proofs of a row share its people and its object: each question is taken back, so none disturbs the next."""
    kwargs = row.kwargs(cast)
    found = unlike_missing(row, kwargs, cast) if row.make else []
    # answers are asked for, not looks: templates are found but not rendered
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
    found += wrong_answers(row, row.url(kwargs), cast)
    found += opened_by_other_methods(row, row.url(kwargs), cast)
    if row.make:
        found += opened_by_spelling(row, reverse(row.name, kwargs=kwargs), cast)
    if row.post != 405:
        found += taken_without_token(row, row.url(kwargs), cast)

    assert found == []


def wrong_answers(row: Row, url: str, cast: Cast) -> list[str]:
    """GET and POST of everybody. Every answer, whatever it is, carries the protecting headers."""
    wrong = []
    clients = {principal: browser(cast, principal) for principal in PRINCIPALS}
    for method, data in [("get", None), ("post", row.data)]:
        for principal in row.asked(method):
            client, expected = clients[principal], row.expected(method, principal)
            response, written = ask(client, method, url, data)
            if answer(response) != expected:
                wrong.append(f"{method} as {principal}: {answer(response)}, the table says {expected}")
            if written and expected in DENIED:
                wrong.append(f"{method} as {principal}: {expected}, but wrote {written}")
            wrong += [f"{method} as {principal}: header {name}" for name in unprotected(response)]
    return wrong


def opened_by_other_methods(row: Row, url: str, cast: Cast) -> list[str]:
    """No other method opens what GET and POST keep shut."""
    wrong = []
    for principal, expected in _one_of_each(row, "get"):
        client = browser(cast, principal)
        head = answer(ask(client, "head", url)[0])
        if head not in {expected, 405}:
            wrong.append(f"head as {principal}: {head}, get is {expected}")
        for method in ["options", "put", "patch", "delete", "trace"]:
            response, written = ask(client, method, url)
            if answer(response) not in {403, 404, 405, SIGN_IN} or written:
                wrong.append(f"{method} as {principal}: {answer(response)} {written}")
    return wrong


def opened_by_spelling(row: Row, url: str, cast: Cast) -> list[str]:
    """Spelling an address differently opens nothing."""
    spellings = [
        url.rstrip("/"),
        url.upper(),
        f"http://testserver/{url}",  # whole, else the client takes what follows two slashes for a host
        f"http://testserver{url.replace('/', '//')}",
        f"{url}./",
        f"{url}%2e/",
        f"{url};x/",
    ]
    return [
        f"{spelling} as {principal}"
        for principal, expected in _one_of_each(row, "get")
        if expected in DENIED
        for client in [browser(cast, principal)]
        for spelling in spellings
        if ask(client, "get", spelling)[0].status_code < 300
    ]


def taken_without_token(row: Row, url: str, cast: Cast) -> list[str]:
    """A POST without the token is refused."""
    wrong = []
    for principal, _ in _one_of_each(row, "post"):
        response, written = ask(browser(cast, principal, enforce_csrf_checks=True), "post", url, row.data)
        if (response.status_code, written) != (403, []):
            wrong.append(f"post without token as {principal}: {response.status_code} {written}")
    return wrong


def unlike_missing(row: Row, kwargs: dict, cast: Cast) -> list[str]:
    """A foreign object looks exactly like a missing one, to the letter."""
    wrong = []
    for principal in [principal for principal, expected in _one_of_each(row, "get") if expected == 404]:
        client = browser(cast, principal)
        foreign, missing = (ask(client, "get", row.url(each))[0] for each in (kwargs, _nowhere(kwargs)))
        if (foreign.content, sorted(foreign.headers)) != (missing.content, sorted(missing.headers)):
            wrong.append(f"foreign and missing differ for {principal}")
    return wrong


def test_the_django_admin_is_shut_to_the_whole_cast(cast):
    url = reverse("admin:index")

    found = {principal: answer(ask(browser(cast, principal), "get", url)[0]) for principal in PRINCIPALS}

    assert found == {p: SIGN_IN if p in {"visitor", "deactivated"} else 404 for p in PRINCIPALS}


def _one_of_each(row: Row, method: str) -> list[tuple[str, int]]:
    """One principal for each different answer of the row."""
    found: dict[int, str] = {}
    for principal in PRINCIPALS:
        found.setdefault(row.expected(method, principal), principal)
    return [(principal, expected) for expected, principal in found.items()]


def _nowhere(kwargs: dict) -> dict:
    """The kwargs of an object that does not exist, in the same shape."""
    return {key: _unlike(value) for key, value in kwargs.items()}


def _unlike(value: object) -> object:
    if isinstance(value, int):
        return value + 900_000_000
    return "".join({"0": "9", "1": "8", "2": "7"}.get(c, c) for c in str(value))
