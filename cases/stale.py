"""Optimistic locking of editable rows: the form's version against the row's, the comparison when they differ."""

from typing import Any

from django.db.models import Model

from core.refusals import Conflict

SOMEBODY_WAS_FIRST = "同事在你打开之后改过这里，请选择保留哪个。"


class Untouched(str):
    """What stands masked in the comparison and is posted as blank, which leaves the stored value as it is."""


def guard(
    row: Model,
    version: int,
    facts: dict[str, Any],
    who: str,
    besides: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    """Conflict with (mine, theirs) of every differing value, unless the row is still what the form showed.

    When somebody else wrote, but nothing of this differs, there is nothing to choose and the form goes through.
    `besides` are pairs of (mine, theirs) that are saved under the same version, but kept in another row.
    """
    if row.version == version:  # type: ignore[attr-defined]
        return
    pairs = {name: (value, getattr(row, name)) for name, value in facts.items()} | (besides or {})
    differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if differing:
        raise Conflict(f"{who}在你打开之后改过这里，请选择保留哪个。", current=row, fields=differing)


def save(row: Model, facts: dict[str, Any], extra: tuple[str, ...] = ()) -> None:
    """Write the facts and count the version one further."""
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1  # type: ignore[attr-defined]
    row.save(update_fields=[*facts, *extra, "version"])
