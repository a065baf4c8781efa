"""Facts of a paper (文书要素): a dataclass, stored as canonical JSON so that its hash means something."""

import dataclasses
import json
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


def fact(
    label: str,
    *,
    required: bool = False,
    source: str = "",
    secret: str = "",
    hint: str = "",
    is_long: bool = False,
    choices: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Metadata of a field: its name on the screen and in wordings, and whether a paper may leave the house without it.

    `source` names where the case keeps it: what stands there can be taken over anew. `secret` is the kind of number
    that a screen masks (id, phone, address). `hint` is said below the field; a long text gets several lines;
    `choices` are the only words that it may be, besides none.
    """
    return {
        "label": label,
        "required": required,
        "source": source,
        "secret": secret,
        "hint": hint,
        "is_long": is_long,
        "choices": choices,
    }


def missing(facts: Any) -> list[str]:
    """Labels of required facts that are still empty (待填), and what the rows of a table lack (`rows_lack`)."""
    required = (field for field in dataclasses.fields(facts) if field.metadata.get("required"))
    labels = [field.metadata["label"] for field in required if is_blank(getattr(facts, field.name))]
    return labels + list(lacking_in_rows(facts).values())


def lacking_in_rows(facts: Any) -> dict[str, str]:
    """Field → what its rows lack, for papers that may not leave without it; such a paper says so by `rows_lack`."""
    return facts.rows_lack() if hasattr(facts, "rows_lack") else {}


def is_blank(value: Any) -> bool:
    return value is None or (not value.strip() if isinstance(value, str) else value in ([], ()))


def differing(kind: type, mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Label → (mine, theirs) of the facts in which two versions differ."""
    labels = {field.name: field.metadata.get("label", field.name) for field in dataclasses.fields(kind)}
    return {
        label: (mine.get(name), theirs.get(name))
        for name, label in labels.items()
        if mine.get(name) != theirs.get(name)
    }


def to_json(facts: Any) -> str:
    """One spelling for one content: sorted keys, no blanks, amounts as plain decimals, days as ISO."""
    return json.dumps(
        dataclasses.asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_spell
    )


def from_json(kind: type, text: str, older: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> Any:
    """The dataclass again; `older` reads what an earlier class stored. Facts that this one no longer knows are left
    behind.
    """
    stored = json.loads(text)
    return _build(kind, older(stored) if older else stored)


def _spell(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be a fact of a paper")


def _build(kind: Any, value: Any) -> Any:
    if value is None or kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        hints, make = get_type_hints(kind), cast(Any, kind)
        return make(**{name: _build(hint, value[name]) for name, hint in hints.items() if name in value})
    if get_origin(kind) in (Union, types.UnionType):
        return _build(next(each for each in get_args(kind) if each is not type(None)), value)
    if get_origin(kind) in (list, tuple):
        return get_origin(kind)(_build(get_args(kind)[0], each) for each in value)
    if kind is Decimal:
        return Decimal(value)
    return date.fromisoformat(value) if kind is date else value
