"""The one way into the log."""

from typing import Any

from django.http import HttpRequest

from audit.models import Entry, Verb
from core import request_id

SYSTEM = "系统"


def record(
    actor: Any,
    verb: Verb | str,
    target_label: Any,
    target_id: Any = "",
    detail: str = "",
    organisation: Any = None,
    request: HttpRequest | None = None,
) -> Entry:
    """Write down that `actor` (a user, or None for the system) did this to that, in the caller's transaction.

    If the entry cannot be written the caller's work fails with it. Never pass personal data: labels are
    codes, file numbers and names of units; the unit is the actor's unless told.
    """
    unit = organisation if organisation is not None else getattr(actor, "organisation", None)
    return Entry.objects.create(
        actor_number=getattr(actor, "pk", None),
        actor=_cut(actor if getattr(actor, "pk", None) else SYSTEM, "actor"),
        organisation=_cut(getattr(unit, "code", unit) or "", "organisation"),
        verb=Verb(verb),
        target_label=_cut(target_label, "target_label"),
        target_id=_cut(target_id, "target_id"),
        detail=_cut(detail, "detail"),
        ip=request.META.get("REMOTE_ADDR") or None if request else None,
        request_id=request_id.current(),
    )


def _cut(value: Any, column: str) -> str:
    """Text that fits its column, on one line: a name cannot forge a line of a printed log."""
    longest = getattr(Entry._meta.get_field(column), "max_length", 0)
    return " ".join(str(value).replace("\x00", "").split())[:longest]
