"""Days and people of the journeys."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from core import clock
from tests.cast import Cast

WIDE = {"width": 1366, "height": 900}


class Calendar:
    """The wall clock that the program reads, for the test and for the server's threads alike.

    `clock.travel` is a context variable and stays in its thread, so a journey moves what lies below it. Django's
    own sessions and cookies keep real time: a person who comes back on another day signs in anew.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return timezone.now() + self.ahead

    def turn_to(self, day: str, hour: int = 10) -> date:
        """It is now that day, 10:00 in Shanghai; time goes on from there."""
        moment = datetime.combine(date.fromisoformat(day), time(hour), tzinfo=clock.SHANGHAI)
        self.ahead = moment - timezone.now()
        return clock.today()

    def pass_by(self, **time: int) -> None:
        """`pass_by(minutes=31)`: nobody did anything for so long."""
        self.ahead += timedelta(**time)


@pytest.fixture
def calendar(monkeypatch) -> Calendar:
    calendar = Calendar()
    monkeypatch.setattr(clock, "timezone", calendar)
    return calendar


class People:
    """`people.head`: the page of this member of the cast, each in a browser of their own, signed in today."""

    def __init__(self, cast: Cast, make: Callable[..., BrowserContext], sign_in: Callable[..., None]) -> None:
        self._cast, self._make, self._sign_in = cast, make, sign_in
        self._pages: dict[str, tuple[Page, date]] = {}

    def __getattr__(self, name: str) -> Page:
        page, last = self._pages.get(name, (None, None))
        page = page or self._make(viewport=WIDE).new_page()
        if last != clock.today():
            page.context.clear_cookies()
            self._sign_in(page, getattr(self._cast, name))
        self._pages[name] = page, clock.today()
        return page


@pytest.fixture
def people(cast, browser_context, sign_in) -> People:
    for name in ("prosecutor", "assistant", "clerk", "head", "chief", "legalaid"):
        getattr(cast, name)
    return People(cast, browser_context, sign_in)
