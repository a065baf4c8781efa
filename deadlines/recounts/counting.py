"""重算一项: a running deadline by a newer rule or a newer calendar. Changes the object, saves nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import Organisation
from deadlines import counting, stages
from deadlines.calendars import Calendar
from deadlines.models import Deadline, Holiday, Recount, Term
from deadlines.models.deadline import DeadlineQuerySet
from deadlines.models.holiday import version_of
from deadlines.models.term import rule_of
from deadlines.rules import Unit

Cause = Recount.Cause
FIELDS = (*counting.FIELDS, "term", "rule", "kind", "whose", "stops")


@dataclass(frozen=True)
class Basis:
    """What is counted with now: the holidays, and for a change of rules the rules that hold for the office."""

    cause: str
    organisation: Organisation | None
    calendar: Calendar
    terms: dict[str, Term]

    @property
    def fingerprint(self) -> str:
        """Another one means: the list that somebody looked at is no longer what would happen."""
        rules = sorted(f"{term.pk}.{term.version}.{term.is_active}" for term in self.terms.values())
        return hashlib.sha256(" ".join([version_of(self.calendar), *rules]).encode()).hexdigest()

    @property
    def candidates(self) -> DeadlineQuerySet:
        """Open deadlines that were counted with something older. Paused ones run on and are counted too."""
        running = Deadline.objects.open()
        if self.cause == Cause.HOLIDAY:
            return running.exclude(calendar_version=version_of(self.calendar))
        up_to_date = Q(pk__in=[])
        for term in self.terms.values():
            up_to_date |= Q(term=term, rule__version=term.version)
        off = [term.code for term in self.terms.values() if not term.is_active]
        return running.filter(organisation=self.organisation).exclude(up_to_date).exclude(term__code__in=off)


@dataclass(frozen=True)
class Outcome:
    """What a recount did to one deadline: the days before and after, and the versions it rests on."""

    old_due: date
    new_due: date
    old_basis: str
    new_basis: str
    moved: bool
    touched: bool


def basis(cause: str, organisation: Organisation | None) -> Basis:
    """Rules and holidays as they are now (two queries)."""
    terms = Term.objects.in_force(organisation) if cause == Cause.TERM and organisation else {}
    return Basis(cause, organisation, Holiday.objects.calendar(), terms)


def recount(deadline: Deadline, now: Basis) -> Outcome:
    """Count with what holds now. A length that the event fixed stays; so do pauses, extensions and the start."""
    old_due, old_at, old_basis, before = (
        deadline.due_on,
        deadline.due_at,
        _basis_of(deadline),
        _seen(deadline),
    )
    if now.cause == Cause.TERM:
        _follow(deadline, now.terms.get(deadline.rule["code"]))
    sequence = deadline.sequence
    counting.count(deadline, now.calendar)
    if deadline.due_on == old_due and _has_old_plan(deadline, now.calendar):
        counting.count(deadline, now.calendar, replan=True)
    moved = (deadline.due_on, deadline.due_at) != (old_due, old_at)
    if moved and deadline.sequence == sequence:  # another hour of the same day
        deadline.sequence += 1
    return Outcome(old_due, deadline.due_on, old_basis, _basis_of(deadline), moved, _seen(deadline) != before)


def _follow(deadline: Deadline, term: Term | None) -> None:
    """Take over the rule as it is now; hours and days cannot replace one another, so such a rule is left alone."""
    if term is None or not term.is_active or (term.unit == Unit.HOUR) != bool(deadline.starts_at):
        return
    fixed = deadline.rule["length"] if deadline.rule.get("fixed") else None
    latest = {name: deadline.rule[name] for name in ("not_after", "anew") if name in deadline.rule}
    deadline.term, deadline.rule = term, term.snapshot(fixed) | latest
    deadline.kind, deadline.whose, deadline.stops = term.kind, term.whose, term.stops


def _has_old_plan(deadline: Deadline, calendar: Calendar) -> bool:
    """Whether the reminders stand where other stages, or other holidays, had put them."""
    wanted = stages.from_json(deadline.rule.get("stages", []))
    rule = rule_of(deadline.rule)
    return stages.plan(wanted, deadline.due_on, deadline.due_set_on, rule, calendar) != deadline.plan


def _basis_of(deadline: Deadline) -> str:
    return f"{deadline.rule['code']} 第 {deadline.rule['version']} 版，日历 {deadline.calendar_version}"


def _seen(deadline: Deadline) -> list[date | datetime | str | int | list[object] | dict[str, object] | None]:
    """Everything that a recount may write, but the version of the calendar."""
    names = [name for name in FIELDS if name not in ("calendar_version", "term")]
    return [getattr(deadline, name) for name in names]
