"""Asks every cell of the access matrix. How to add rows: see tests/access/matrix.py."""

import pytest
from django.urls import reverse

from tests.access.matrix import PRINCIPALS, SIGN_IN, Row, addresses, rows
from tests.access.stage import answer, ask, browser, unprotected

ROWS = rows()
DENIED = frozenset({SIGN_IN, 403, 404, 405, 409, 422})
each_row = pytest.mark.parametrize("row", ROWS, ids=str)


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


@each_row
@pytest.mark.usefixtures("_nothing_drawn")
def test_everybody_gets_the_answer_of_the_table_and_the_denied_change_nothing(row: Row, cast):
    """Also: every answer, whatever it is, carries the protecting headers."""
    url = row.url(row.kwargs(cast))
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

    assert wrong == []


@each_row
@pytest.mark.usefixtures("_nothing_drawn")
def test_no_other_method_opens_what_get_and_post_keep_shut(row: Row, cast):
    url = row.url(row.kwargs(cast))
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

    assert wrong == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.make], ids=str)
@pytest.mark.usefixtures("_nothing_drawn")
def test_spelling_an_address_differently_opens_nothing(row: Row, cast):
    url = reverse(row.name, kwargs=row.kwargs(cast))
    spellings = [
        url.rstrip("/"),
        url.upper(),
        f"http://testserver/{url}",  # whole, else the client takes what follows two slashes for a host
        f"http://testserver{url.replace('/', '//')}",
        f"{url}./",
        f"{url}%2e/",
        f"{url};x/",
    ]
    shut = [(p, a) for p, a in _one_of_each(row, "get") if a in DENIED]
    opened = [
        f"{spelling} as {principal}"
        for principal, _ in shut
        for spelling in spellings
        if ask(browser(cast, principal), "get", spelling)[0].status_code < 300
    ]

    assert opened == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.post != 405], ids=str)
@pytest.mark.usefixtures("_nothing_drawn")
def test_a_post_without_the_token_is_refused(row: Row, cast):
    url = row.url(row.kwargs(cast))
    for principal, _ in _one_of_each(row, "post"):
        client = browser(cast, principal, enforce_csrf_checks=True)
        response, written = ask(client, "post", url, row.data)

        assert (response.status_code, written) == (403, []), principal


@pytest.mark.parametrize("row", [row for row in ROWS if row.make], ids=str)
def test_a_foreign_object_looks_exactly_like_a_missing_one(row: Row, cast):
    kwargs = row.kwargs(cast)
    strangers = [p for p, expected in _one_of_each(row, "get") if expected == 404]
    for principal in strangers:
        client = browser(cast, principal)
        foreign = ask(client, "get", row.url(kwargs))[0]
        missing = ask(client, "get", row.url(_nowhere(kwargs)))[0]

        assert foreign.content == missing.content
        assert sorted(foreign.headers) == sorted(missing.headers)


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
