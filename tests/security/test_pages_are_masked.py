"""A tour through every address as the main kinds of people: no page shows a number that is to be masked.

A page that legitimately carries one kind (the form in which it is typed) is listed here, with the reason.
"""

import pytest

from tests.access.matrix import rows
from tests.access.stage import ask, browser
from tests.tripwire import trips

TOURISTS = ("prosecutor", "chief", "city", "legalaid", "mediator", "sysadmin")
# URL name → kinds that may stand in its body
ALLOWED: dict[str, tuple[str, ...]] = {
    "cases:document": (
        "身份证号",
        "手机号",
        "住址",
    ),  # the paper as it goes to court names its parties in full
    "partner:referral": ("手机号",),  # of the unit's own contact, typed by themselves
    "partner:supplement": ("手机号",),  # the same, in its form
    "referrals:supplement": ("手机号",),  # the same, on the office's own form
}


@pytest.mark.parametrize("row", [row for row in rows() if row.get != 405], ids=str)
def test_no_page_shows_what_is_to_be_masked(row, cast):
    url = row.url(row.kwargs(cast))
    found = []
    for tourist in TOURISTS:
        if row.expected("get", tourist) == 200 or row.public:
            response, _ = ask(browser(cast, tourist), "get", url)
            found += [f"{tourist}: {leak}" for leak in trips(response, allowed=ALLOWED.get(row.name, ()))]

    assert found == []


def test_every_exception_is_a_page_of_the_table():
    assert set(ALLOWED) <= {row.name for row in rows()}
