"""提醒对象: who hears of a deadline today, in person or standing in for somebody who is away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Absence, Deputy, User
from accounts.permissions import OFFICE_ROLES, Role
from deadlines.models import Deadline
from deadlines.stages import Rank

ROLES = {Rank.HEAD: Role.DEPARTMENT_HEAD, Rank.CHIEF: Role.CHIEF}
GUESTS = frozenset({Role.PARTNER, Role.MEDIATOR})  # they answer for what is theirs in units of their own


@dataclass(frozen=True)
class Hearer:
    """One person and as what they hear it; `instead_of` is whom they stand in for."""

    person: User
    rank: str
    instead_of: User | None = None


def is_in_place(deadline: Deadline) -> bool:
    """Whether the responsible is still here and would find the deadline (`Deadline.visible_to`)."""
    person = deadline.responsible
    here = person.organisation_id == deadline.organisation_id
    return person.is_active and (person.role in GUESTS or (person.is_office_staff and here))


class Directory:
    """谁在岗: leaders, colleagues and stand-ins of a batch of deadlines, loaded once, in three statements."""

    def __init__(self, deadlines: Iterable[Deadline], today: date) -> None:
        batch = list(deadlines)
        self._people: dict[int, list[User]] = defaultdict(list)
        self._stand_ins: dict[int, list[User]] = defaultdict(list)
        for person in _staff(batch):
            self._people[person.organisation_id].append(person)
        known = {deadline.responsible_id for deadline in batch}
        known |= {person.pk for people in self._people.values() for person in people}
        for absence in Absence.objects.on(today).filter(user__in=known).select_related("covered_by"):
            self._stand_ins[absence.user_id].append(absence.covered_by)
        for deputy in Deputy.objects.on(today).filter(absent__in=known).select_related("substitute"):
            self._stand_ins[deputy.absent_id].append(deputy.substitute)

    def hearers(self, deadline: Deadline, to: Iterable[str]) -> list[Hearer]:
        """Whoever answers, the ranks that the stage climbs to, and who stands in for them; nobody twice.

        Ranks are those of the office that the deadline belongs to; a partner's own unit has none.
        """
        found: dict[int, Hearer] = {}
        for hearer in self._called(deadline, list(to)):
            found.setdefault(hearer.person.pk, hearer)
        for absent in list(found.values()):
            for person in self._stand_ins[absent.person.pk]:
                found.setdefault(person.pk, Hearer(person, absent.rank, instead_of=absent.person))
        return list(found.values())

    def _called(self, deadline: Deadline, to: list[str]) -> Iterator[Hearer]:
        if is_in_place(deadline):
            yield Hearer(deadline.responsible, Rank.RESPONSIBLE)
        else:
            yield from self._instead(deadline)
        for rank in (rank for rank in ROLES if rank in to):
            yield from self._leaders(deadline, rank)

    def _instead(self, deadline: Deadline) -> list[Hearer]:
        """The responsible is gone: the head hears; among guests, and where nobody leads, the colleagues do."""
        if deadline.responsible.role not in GUESTS and (leaders := self._leaders(deadline, Rank.HEAD)):
            return leaders
        return [Hearer(person, Rank.RESPONSIBLE) for person in self._people[_unit(deadline)]]

    def _leaders(self, deadline: Deadline, rank: str) -> list[Hearer]:
        """Those of the rank; where nobody holds it, the other one hears."""
        for each in sorted(ROLES, key=lambda other: other != rank):
            people = self._people[deadline.organisation_id]
            if found := [Hearer(person, each) for person in people if person.role == ROLES[each]]:
                return found
        return []


def _unit(deadline: Deadline) -> int:
    """Where colleagues are looked for: guests' own unit, else the office that the deadline belongs to."""
    responsible = deadline.responsible
    return responsible.organisation_id if responsible.role in GUESTS else deadline.organisation_id


def _staff(deadlines: list[Deadline]) -> Iterable[User]:
    """Leaders of every office in the batch, and everybody who could answer where somebody is gone."""
    offices = {deadline.organisation_id for deadline in deadlines}
    orphaned = {_unit(deadline) for deadline in deadlines if not is_in_place(deadline)}
    leads = Q(organisation__in=offices, role__in=ROLES.values())
    could_answer = Q(organisation__in=orphaned, role__in=OFFICE_ROLES | GUESTS)
    return User.objects.active().filter(leads | could_answer).order_by("pk")
