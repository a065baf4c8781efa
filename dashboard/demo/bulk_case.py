"""The rows of one bulk case, as they would stand there had the office walked it; nothing is saved here."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from accounts.models import User
from accounts.permissions import Role
from cases.models import (
    AcceptanceReview,
    Answer,
    Case,
    CaseDeadline,
    CaseEvent,
    Claimant,
    ClaimItem,
    Consent,
    Respondent,
    Source,
)
from cases.workflow import Act, Move, Stage
from core.clock import SHANGHAI
from core.masking import group_title
from core.search import terms
from dashboard.demo.bulk_office import Office
from dashboard.demo.bulk_plan import CLOCKS, DAYS, DECISIONS, EVENTS, SUPPORTED, WAYS
from dashboard.demo.people import JOBS
from deadlines import counting
from deadlines.calendars import Calendar
from deadlines.models import Deadline

COURT = "集宁区人民法院"
CAUSE = ("144", "劳务合同纠纷")
QUESTIONS = (
    *("in_scope", "right_holder", "clear_respondent", "jurisdiction"),
    *("voluntary", "weak_ability", "other_relief", "not_in_court"),
)
SOURCES = [Source.LEGAL_AID, Source.LABOUR_INSPECTION, Source.WALK_IN, Source.HOTLINE, Source.TRADE_UNION]


class BulkCase:
    """One case on its way to the stage `until`; `add` takes each row as it is made."""

    def __init__(self, office: Office, until: Stage, received: date, add: Callable[[Any], Any]) -> None:
        self.office, self.until, self.received, self.add = office, until, received, add
        self.steps = WAYS[until]
        self.handler: User = office.random.choice(office.people[Role.PROSECUTOR])
        self.clerk, self.head, self.chief = (
            office.people[role][0] for role in (Role.CLERK, Role.DEPARTMENT_HEAD, Role.CHIEF)
        )
        self.claims: list[tuple[Claimant, Decimal]] = []

    def day(self, step: str) -> date:
        return self.received + timedelta(days=DAYS[step])

    def at(self, step: str) -> datetime:
        return datetime.combine(self.day(step), time(10), tzinfo=SHANGHAI)

    def by(self, step: str, user: User) -> dict[str, Any]:
        return {"recorded_by": user, "recorded_at": self.at(step)}

    def when(self, step: str) -> date | None:
        """The day of a step that this case has reached."""
        return self.day(step) if step in self.steps else None

    def register(self, workers: int) -> Case:
        """申请登记: case, number, claimants with one claim item each, one respondent."""
        office, add = self.office, self.add
        persons = [office.person() for _ in range(workers)]
        company, project = office.company(add), office.project(add)
        self.case = add(
            Case(
                organisation=office.unit,
                code=office.code(self.received.year),
                title=f"{group_title(persons[0].name, workers)}诉{company}{CAUSE[1]}"[:160],
                stage=self.until,
                cause=CAUSE[0],
                cause_name=CAUSE[1],
                handler=self.handler,
                source=office.random.choice(SOURCES),
                received_on=self.received,
                project=project,
                facts="在工地务工，经结算尚欠劳动报酬，多次催要未付。",
                request="支付所欠劳动报酬。",
                intended_court=COURT,
                green_channel=workers > 5,
                created_by=self.clerk,
                created_at=self.at("received"),
                updated_at=self.at(self.steps[-1]),
                accepted_on=self.when("accepted"),
                decided_on=self.when("decided"),
                closed_on=self.when("closed"),
                archived_on=self.when("archived"),
            )
        )
        for person in persons:
            self._claimant(add(person))
        position = Respondent.Position.SUBCONTRACTOR
        add(Respondent(case=self.case, company=company, position=position, **self.by("received", self.clerk)))
        self._examine()
        texts = [
            self.case.code,
            self.case.title,
            COURT,
            company.name,
            project.name,
            *(p.name for p in persons),
        ]
        self.case.search = SearchVector(Value(terms(*texts)), config="simple")
        return self.case

    def _claimant(self, person: Any) -> None:
        random, written = self.office.random, self.by("received", self.clerk)
        ended = self.received - timedelta(days=random.randrange(20, 120))
        period = {"worked_from": ended - timedelta(days=90), "worked_to": ended}
        job = random.choice(JOBS)
        claimant = self.add(Claimant(case=self.case, person=person, job=job, **period, **written))
        due = Decimal(random.randrange(30, 420)) * 100
        self.claims.append((claimant, due))
        self.add(ClaimItem(claimant=claimant, due=due, period_from=ended, period_to=ended, **written))
        self.add(Consent(claimant=claimant, kind=Consent.Kind.SIGNED, given_on=self.received, **written))

    def _examine(self) -> None:
        is_rejected = self.until == Stage.REJECTED
        self.add(
            AcceptanceReview(
                case=self.case,
                **dict.fromkeys(QUESTIONS, Answer.YES),
                proposal="reject" if is_rejected else "accept",
                ground="no_respondent" if is_rejected else "",
                opinion="材料齐全，符合条件。",
                examined_on=self.day("examined"),
                **self.by("examined", self.handler),
            )
        )

    def log(self) -> None:
        """流程记录 of every step; the announcements of these events are nobody's business any more."""
        for step in self.steps:
            for kind, before, after in EVENTS.get(step, []):
                self._event(step, kind, before, after)
        if "decided" in self.steps:
            move, after = DECISIONS.get(self.until, SUPPORTED)
            self._event("decided", move, Stage.APPROVAL, after)
        if self.until == Stage.REJECTED:
            self._event("accepted", Move.REJECT, Stage.REGISTERED, Stage.REJECTED)

    def _event(self, step: str, kind: Move | Act, before: Stage, after: Stage) -> None:
        event = CaseEvent(case=self.case, kind=kind, actor=self.handler, from_stage=before, to_stage=after)
        event.happened_at = self.at(step)
        self.add(event)

    def set_clocks(self, calendar: Calendar) -> None:
        """期限: started and met as the steps say; counted by the same arithmetic as any other."""
        for code, (start, end) in CLOCKS.items():
            if start in self.steps:
                met = end in self.steps or (self.until == Stage.REJECTED and code == "P3")
                self._clock(code, start, end if met else "", calendar)

    def _clock(self, code: str, start: str, end: str, calendar: Calendar) -> None:
        term = self.office.term(code)
        deadline = Deadline(
            organisation=self.office.unit,
            responsible=self.handler,
            term=term,
            title=str(self.case),
            owner_url=self.case.get_absolute_url(),
            rule=term.snapshot(),
            kind=term.kind,
            whose=term.whose,
            stops=term.stops,
            event=term.trigger,
            starts_on=self.day(start),
            created_by=self.handler,
            created_at=self.at(start),
        )
        if end:
            deadline.met_on, deadline.met_at, deadline.met_by = self.day(end), self.at(end), self.handler
        counting.count(deadline, calendar)
        self.add(deadline)
        self.add(CaseDeadline(case=self.case, deadline=deadline))
