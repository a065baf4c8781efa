"""An office full of cases for the measurements, laid down in bulk inside the caller's transaction."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from accounts.models import Organisation, User
from cases.models import Case, CaseDeadline, Claimant, ClaimItem, Person
from cases.workflow import Stage
from core import clock
from core.search import terms
from deadlines.models import Deadline, Term

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡", "建国秀英志强丽娟海龙永胜德福春梅铁柱"
STAGES = [Stage.REVIEW, Stage.SUPPORTED, Stage.TRIAL, Stage.ENFORCEMENT, Stage.CLOSED]


def name(n: int) -> str:
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n % len(GIVEN)] + GIVEN[(n // len(GIVEN)) % len(GIVEN)]


def fill(cases: int, workers: int) -> User:
    """An office with one prosecutor, `cases` cases of `workers` workers each, and a clock for every second case."""
    office = Organisation.objects.create(
        code="999998", name="测速人民检察院", abbreviation="测", kind="procuratorate", region_code="999998"
    )
    handler = User.objects.create(username="bench-list", name="测速", role="prosecutor", organisation=office)
    made = Case.objects.bulk_create([case(n, office, handler) for n in range(cases)], batch_size=1000)
    people = Person.objects.bulk_create(
        [Person(organisation=office, name=name(n)) for n in range(cases * workers)], batch_size=2000
    )
    claimants = Claimant.objects.bulk_create(
        [
            Claimant(case=made[n // workers], person=person, recorded_by=handler)
            for n, person in enumerate(people)
        ],
        batch_size=2000,
    )
    ClaimItem.objects.bulk_create(
        [
            ClaimItem(claimant=each, due=Decimal(5000 + each.pk % 900), recorded_by=handler)
            for each in claimants
        ],
        batch_size=2000,
    )
    clocks(made[::2], office, handler)
    search(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return handler


def case(n: int, office: Organisation, handler: User) -> Case:
    day = clock.today() - timedelta(days=n % 300)
    return Case(
        organisation=office,
        code=f"999998-2026-{n:05}",
        official_number=f"测检民支〔2026〕{n}号",
        title=f"{name(n)}等 10 人诉测速建设工程有限公司劳务合同纠纷",
        stage=STAGES[n % 5],
        handler=handler,
        source="legal_aid",
        received_on=day,
        accepted_on=day,
        created_by=handler,
    )


def clocks(cases: list[Case], office: Organisation, handler: User) -> None:
    term = Term.objects.get(code="P6a", organisation=None)
    due: list[date] = [clock.today() + timedelta(days=n % 90 - 5) for n in range(len(cases))]
    rows = Deadline.objects.bulk_create(
        [
            Deadline(
                organisation=office,
                responsible=handler,
                term=term,
                title=str(one),
                owner_url=one.get_absolute_url(),
                rule=term.snapshot(),
                kind=term.kind,
                starts_on=day - timedelta(days=15),
                due_on=day,
                warn_on=day - timedelta(days=3),
                explanation="",
                created_by=handler,
            )
            for one, day in zip(cases, due, strict=True)
        ],
        batch_size=1000,
    )
    CaseDeadline.objects.bulk_create(
        [CaseDeadline(case=one, deadline=row) for one, row in zip(cases, rows, strict=True)], batch_size=2000
    )


def search(cases: list[Case]) -> None:
    rows = [(terms(one.title, one.official_number), one.pk) for one in cases]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE cases_case SET search = to_tsvector('simple', %s) WHERE id = %s", rows)
