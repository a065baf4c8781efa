"""One case on its way through the months: who acts, on which day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from accounts.models import Organisation, User
from cases.models import Case, Claimant
from core import clock
from core.clock import SHANGHAI
from dashboard.demo.people import Workers
from dashboard.demo.plot import Plot

COURT = "集宁区人民法院"
SERVICE_CAUSE = "144"


class Stride:
    """One case on its way. `at(n)` is the n-th day after the lead came in, never later than now."""

    def __init__(self, plot: Plot, office: Organisation, people: dict[str, User], workers: Workers) -> None:
        self.plot, self.office, self.people, self.workers = plot, office, people, workers
        self.handler = people[plot.handler]
        self.head = people["head" if office.code == "150902" else "other-head"]
        self.first_day = clock.today() - timedelta(days=plot.days_ago)
        self.case: Case

    @contextmanager
    def at(self, days: int, hour: int = 10) -> Iterator[date]:
        """09:00–17:00 of that day; what would lie in the future happens this minute."""
        day = self.first_day + timedelta(days=days)
        moment = datetime.combine(day, time(hour, (self.plot.days_ago * 7) % 60), tzinfo=SHANGHAI)
        with clock.travel(min(moment, clock.now())):
            yield clock.today()

    @property
    def clerk(self) -> User:
        return self.people["clerk"] if self.office.code == "150902" else self.handler

    @staticmethod
    def owed(claimant: Claimant) -> Decimal:
        return sum((item.owed for item in claimant.items.all()), Decimal())
