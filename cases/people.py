"""按证件号码或手机检索: a whole number finds its person by the blind index and never stays in an address."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User
from audit.log import record
from audit.models import Verb
from cases.models import Case, Person
from core.crypto import blind_index
from core.identity import parse_id_number, parse_phone

NOBODY = UUID(int=0)
# reader of the number, column, name of the blind index, what the log says
NUMBERS: list[tuple[Callable[[str], str], str, str, str]] = [
    (parse_id_number, "id_index", "person.id", "证件号码"),
    (parse_phone, "phone_index", "person.phone", "手机号"),
]


def search(text: str, *, by: User, request: HttpRequest) -> list[UUID] | None:
    """The office's persons with this ID number or phone, put on record; None when the text is neither.

    Nobody found is answered like somebody found: with one key that opens an empty list.
    """
    for read, column, index, what in NUMBERS:
        try:
            number = read(text)
        except ValueError:
            continue
        found = Person.objects.visible_to(by).filter(**{column: blind_index(index, number)})
        keys = list(found.values_list("pk", flat=True)[:20])
        record(by, Verb.SEARCH, "案件", detail=f"按{what}检索，找到 {len(keys)} 人", request=request)
        return keys or [NOBODY]
    return None


def parties(keys: list[UUID]) -> Q:
    """Cases in which one of these persons is a claimant or a respondent."""
    cases = Case.objects.filter(Q(claimants__person__in=keys) | Q(respondents__person__in=keys))
    return Q(pk__in=cases.values("pk"))


def names(user: User, keys: list[UUID]) -> str:
    found = Person.objects.visible_to(user).filter(pk__in=keys).values_list("name", flat=True)
    return "、".join(found) or "没有找到"
