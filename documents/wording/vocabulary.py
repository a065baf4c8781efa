"""可用的要素 (词汇表): what a wording may name, by the label that people know; nothing else can be reached.

A paper's dataclass gives each field a label (`documents.facts.fact`); a property joins in by `@worded`.
"""

import dataclasses
import types
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Getter = TypeVar("Getter", bound=Callable[[Any], Any])
ROW_NUMBER = "序号"
WORKED_OUT = "worked out"  # the source of what a property works out from other facts


def worded(label: str) -> Callable[[Getter], Getter]:
    """Let wordings name what this property works out. Stands below `@property`."""

    def mark(getter: Getter) -> Getter:
        getter.label = label  # type: ignore[attr-defined]  # a mark on the function, read by `words_of`
        return getter

    return mark


@dataclasses.dataclass(frozen=True)
class Word:
    """One name of the vocabulary: where its value is, which rows it has, whether a paper needs it, whence it came,
    whether a screen masks it.
    """

    label: str
    attribute: str
    rows: type | None = None  # the dataclass of a list's rows, or of a single part
    is_list: bool = False
    required: bool = False
    source: str = ""
    secret: str = ""


def words_of(kind: Any) -> dict[str, Word]:
    """Label → word of a facts class, its fields first."""
    return _words_of(kind)


@cache
def _words_of(kind: Any) -> dict[str, Word]:
    hints = get_type_hints(kind)
    found = [
        _of_field(field, hints[field.name]) for field in dataclasses.fields(kind) if "label" in field.metadata
    ]
    found += [
        _of_getter(value.fget, name)
        for each in reversed(kind.__mro__)
        for name, value in vars(each).items()
        if isinstance(value, property) and hasattr(value.fget, "label")
    ]
    return {word.label: word for word in found}


def _of_field(field: Any, hint: Any) -> Word:
    is_list, rows = _shape(hint)
    meta = field.metadata
    return Word(
        meta["label"],
        field.name,
        rows,
        is_list,
        meta.get("required", False),
        meta.get("source", ""),
        meta.get("secret", ""),
    )


def _of_getter(getter: Any, name: str) -> Word:
    is_list, rows = _shape(get_type_hints(getter).get("return"))
    return Word(getter.label, name, rows, is_list, source=WORKED_OUT)


def _shape(hint: Any) -> tuple[bool, type | None]:
    """Whether the hint is a list, and the dataclass that it is made of."""
    if get_origin(hint) in (Union, types.UnionType):
        return _shape(next(each for each in get_args(hint) if each is not type(None)))
    if get_origin(hint) in (list, tuple):
        row: Any = get_args(hint)[0]
        return True, row if isinstance(row, type) and dataclasses.is_dataclass(row) else None
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return False, hint
    return False, None
