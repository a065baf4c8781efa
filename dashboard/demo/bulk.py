"""批量数据: realistic volume for measuring and load, written by bulk_create. Its rows did not walk the verbs.

Constraints and triggers of the database hold all the same. The same seed gives the same rows for the same day.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.db import models, transaction

from accounts.models import Organisation
from approvals.models import ApprovalRound, ApprovalStep
from cases import models as case_models
from core import clock
from dashboard.demo.bulk_office import Office
from dashboard.demo.bulk_plan import SHARES, stages
from dashboard.demo.bulk_way import Way
from deadlines.models import Deadline, Holiday
from documents.models import Document, Issue, Number, Version

SEED = 2026
AT_ONCE = 250  # cases held in memory
# what others point at comes first
ORDER: list[type[models.Model]] = [
    case_models.Company,
    case_models.Project,
    case_models.Person,
    case_models.Case,
    case_models.Claimant,
    case_models.ClaimItem,
    case_models.Consent,
    case_models.Respondent,
    case_models.AcceptanceReview,
    case_models.Acceptance,
    case_models.Review,
    Number,
    Document,
    Version,
    Issue,
    ApprovalRound,
    ApprovalStep,
    case_models.Proposal,
    case_models.Decision,
    case_models.Filing,
    case_models.Hearing,
    case_models.Judgment,
    case_models.Award,
    case_models.Recovery,
    case_models.Allocation,
    case_models.Closure,
    case_models.Archiving,
    Deadline,
    case_models.CaseDeadline,
    case_models.CaseEvent,
]


class Rows:
    """Rows that wait to be written, table by table."""

    def __init__(self) -> None:
        self.waiting: defaultdict[type[models.Model], list[Any]] = defaultdict(list)

    def add(self, row: Any) -> Any:
        self.waiting[type(row)].append(row)
        return row

    def write(self) -> None:
        for model in ORDER:
            model._base_manager.bulk_create(self.waiting.pop(model, []), batch_size=2_000)


def sizes(cases: int, workers: int) -> list[int]:
    """How many applicants each case has: `workers` on average, from one to nearly twice as many."""
    random = Random(SEED)
    return [random.randint(1, 2 * workers - 1) for _ in range(cases)]


@transaction.atomic
def fill(units: Sequence[Organisation], sizes: Sequence[int]) -> None:
    """Write one case for each of `sizes` (its number of applicants), a hundred to each office in turn."""
    random, rows, calendar = Random(SEED), Rows(), Holiday.objects.calendar()
    offices = [Office(unit, random) for unit in units]
    today, deck = clock.today(), stages()
    for n, workers in enumerate(sizes):
        stage = deck[n % len(deck)]
        _, newest, oldest = SHARES[stage]
        received = today - timedelta(days=random.randint(newest, oldest))
        way = Way(offices[n // len(deck) % len(offices)], stage, received, rows.add)
        way.register(workers)
        way.go()
        way.log()
        way.set_clocks(calendar)
        if n % AT_ONCE == AT_ONCE - 1:
            rows.write()
    rows.write()
    for office in offices:
        office.save_numbers()
