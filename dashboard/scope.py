"""Which part of what is due the desk shows: one's own or the office's, of one colleague, late or near."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from accounts.http import Request
from accounts.models import User
from core import clock
from deadlines import policy

PK_DIGITS = 18
SOON_DAYS = 3
DUE = {"late": "已超期", "soon": "3 日内"}
# what the desk showed travels along, so that one comes back to it
KEPT = {"tab": ("todo", "done", "started", "cc"), "whose": ("office", "mine"), "due": tuple(DUE)}


class Chip(NamedTuple):
    """One condition in force and the address of the desk without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Scope:
    """Whose matters, of which day, and who asks. `person` and `due` are conditions (部门概况 leads to them)."""

    user: User
    today: date
    covered: frozenset[int] = frozenset()
    whole: bool = False
    person: User | None = None
    due: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.person or self.due)


def scope_of(request: Request) -> Scope:
    """As the address says. What is wrong in it is left out, not guessed; only leaders look at others."""
    user = request.user
    person, due = None, request.GET.get("due", "")
    if user.leads and (number := request.GET.get("person", "")) and is_key(number):
        person = User.objects.visible_to(user).filter(pk=number).first()
    return Scope(
        user,
        clock.today(),
        policy.covered_by(user),
        whole=user.leads and (person is not None or request.GET.get("whose") != "mine"),
        person=person,
        due=due if due in DUE else "",
    )


def chips(request: Request, scope: Scope) -> list[Chip]:
    """已选条件, each with its way off."""
    found = []
    if scope.person:
        found.append(Chip(f"责任人 {scope.person}", address(request, person=None)))
    if scope.due:
        found.append(Chip(f"期限 {DUE[scope.due]}", address(request, due=None)))
    return found


def address(request: Request, **more: str | None) -> str:
    """The desk as this page showed it; `more` changes a part of that, None takes it out."""
    return reverse("dashboard:desk") + kept(request, **more)


def kept(request: Request, **more: str | None) -> str:
    """The desk's own part of this address, as a query string."""
    found: dict[str, str | None] = {
        name: value for name, known in KEPT.items() if (value := request.GET.get(name)) in known
    }
    if is_key(number := request.GET.get("person", "")):
        found["person"] = number
    words = {name: value for name, value in (found | more).items() if value}
    return f"?{urlencode(words)}" if words else ""


def is_key(text: str) -> bool:
    """Whether this can be the number of a row."""
    return text.isascii() and text.isdecimal() and len(text) < PK_DIGITS
