"""Dates of 程序事件 and 中止审查: what starts clocks, and what stops them and lets them run on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cases.correction.stated import Bounds, Stated
from cases.models import Case, Judgment, Occurrence
from cases.occurrences.bounds import causes, look_back
from cases.occurrences.kinds import Kind, kind_of
from cases.occurrences.pairs import pair_of
from deadlines.models import Deadline

Resting = dict[tuple[str, date | None], Bounds]


def of_suspensions(case: Case) -> Iterator[Stated]:
    """中止审查、恢复审查, each after the one before."""
    found = list(case.suspensions.order_by("starts_on", "pk"))
    ends: list[date | None] = [None, *(one.lifted_on for one in found)]
    begins: list[date | None] = [*(one.starts_on for one in found[1:]), case.decided_on]
    for one, ended, begins_next in zip(found, ends, begins, strict=False):
        yield Stated(
            f"suspension-{one.pk}",
            "中止审查日期",
            one.starts_on,
            one,
            "starts_on",
            after=(("受理日期", case.accepted_on), ("上次恢复日期", ended)),
            before=(("恢复审查日期", one.lifted_on),),
        )
        if one.lifted_on:
            yield Stated(
                f"suspension_end-{one.pk}",
                "恢复审查日期",
                one.lifted_on,
                one,
                "lifted_on",
                after=(("中止审查日期", one.starts_on),),
                before=(("下一次中止或者决定的日期", begins_next),),
            )


def service_by_announcement(judgment: Judgment) -> Stated | None:
    """公告期满 with which this judgment was served: it bears the same day as the service."""
    one = Occurrence.objects.filter(judgment=judgment, removed_at=None).first()
    return _stated(one) if one else None


def _stated(one: Occurrence) -> Stated:
    return Stated(f"occurrence-{one.pk}", f"{kind_of(one.kind).label}的日期", one.on, one, "on")


def of_events(case: Case) -> Iterator[Stated]:
    """程序事件, each within what it rests on, what was done on it, and the other one of its pair."""
    standing = list(Occurrence.objects.filter(case=case, removed_at=None).order_by("pk"))
    met = _met(case)
    rests: dict[str, Bounds] = {}
    for one in standing:
        if one.judgment_id:  # the day of the service stands with the judgment
            continue
        kind = kind_of(one.kind)
        if one.kind not in rests:
            rests[one.kind] = _rests(case, kind, one.paper)
        earlier, later = _neighbours(one, kind, standing)
        stated = _stated(one)
        after, before = (*rests[one.kind], *earlier), (*later, *met.get(stated.key, ()))
        yield replace(stated, after=after, before=before, ahead=kind.ahead)


def resting_events(case: Case) -> Resting:
    """By the name and the day of what an event rests on: those events, whose day lies there or later."""
    found: Resting = {}
    for one in Occurrence.objects.filter(case=case, removed_at=None).order_by("pk"):
        kind = kind_of(one.kind)
        for key in _causes(case, kind, one.paper):
            found[key] = (*found.get(key, ()), (f"“{kind.label}”的日期", one.on))
    return found


def _causes(case: Case, kind: Kind, paper: str) -> Bounds:
    return tuple(causes(case, replace(kind, after="", anew=False), paper))


def _rests(case: Case, kind: Kind, paper: str) -> Bounds:
    return (*_causes(case, kind, paper), ("收到申请前三年的", look_back(case)))


def _neighbours(one: Occurrence, kind: Kind, standing: list[Occurrence]) -> tuple[Bounds, Bounds]:
    """The event of its pair that was registered before it, and the one after it."""
    codes = pair_of(one.kind, kind)
    found = [each for each in standing if each.kind in codes]
    at = next((n for n, each in enumerate(found) if each.pk == one.pk), None)
    if at is None:
        return (), ()
    before, after = found[max(at - 1, 0) : at], found[at + 1 : at + 2]
    return _days(before), _days(after)


def _days(found: list[Occurrence]) -> Bounds:
    return tuple((f"“{kind_of(each.kind).label}”的日期", each.on) for each in found)


def _met(case: Case) -> dict[str, Bounds]:
    """The days on which clocks that run from an event were done; of those counted back the end comes first."""
    found: dict[str, Bounds] = {}
    of_events_ = Deadline.objects.filter(case_link__case=case, case_link__rests_on__startswith="occurrence-")
    for each in of_events_.filter(met_on__isnull=False).select_related("case_link"):
        if not each.rule["backward"]:
            key = each.case_link.rests_on
            found[key] = (*found.get(key, ()), (f"“{each.rule['name']}”的办结日期", each.met_on))
    return found
