"""Beginnings and their ends (公告、鉴定、中止 …): which is open, and which of a pair came last."""

from cases.models import Case, Occurrence
from cases.occurrences.kinds import STOPPERS, Kind


def pair_of(code: str, kind: Kind) -> tuple[str, ...]:
    """The codes of a beginning and its end; nothing for events that come alone."""
    if code in STOPPERS:
        return code, STOPPERS[code]
    return (kind.after, code) if kind.after else ()


def on_record(case: Case, *codes: str) -> list[Occurrence]:
    """What stands of these kinds, in the order in which it was registered."""
    return list(Occurrence.objects.filter(case=case, removed_at=None, kind__in=codes).order_by("pk"))


def open_begin(case: Case, code: str) -> Occurrence | None:
    """The beginning whose end is not on record yet."""
    found = on_record(case, code, STOPPERS[code])
    return found[-1] if found and found[-1].kind == code else None


def follower_of(case: Case, one: Occurrence, kind: Kind) -> Occurrence | None:
    """The event of the same pair, or of the same kind that starts anew, which was registered after this one."""
    codes = pair_of(one.kind, kind) or ((one.kind,) if kind.anew else ())
    later = [each for each in on_record(case, *codes) if each.pk > one.pk]
    return later[0] if later else None
