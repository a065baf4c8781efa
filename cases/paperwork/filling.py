"""要素的填写: facts of a paper from the case, from what was typed, and where the two differ."""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.models import Case
from cases.paperwork.known import Known
from documents.body import lines
from documents.facts import is_blank
from documents.wording.composing import printable
from documents.wording.vocabulary import words_of
from documents.wording.writing import closed_up, written

FEW = 3  # names said of those who are more
SUMS = ("owed", "amount", "left", "awarded")  # what the rows of a table add up to, the first that they have
OFFICE_WRITES = "office"  # the one fact that nobody changes: who issues


def filled(kind: type, case: Case) -> Any:
    """The first draft: everything that the case knows, the defaults for what only the writer knows."""
    return kind(**values_of(kind, case))


def values_of(
    kind: type, case: Case, names: Collection[str] | None = None, known: Known | None = None
) -> dict[str, Any]:
    """What the case says now, by field; only for fields that have a source. `known` spares asking twice."""
    known = known or Known(case)
    return {
        field.name: getattr(known, field.metadata["source"])
        for field in dataclasses.fields(kind)
        if field.metadata.get("source") and (names is None or field.name in names)
    }


def own_lines(facts: Any, now: dict[str, Any]) -> frozenset[str]:
    """The lines of these facts that are not what the case says `now`: written by hand, or changed in the case since."""
    return frozenset(
        line
        for name, there in now.items()
        if not is_rows(here := getattr(facts, name)) and here != there
        for line in _lines(here) - _lines(there)
    )


def _lines(value: Any) -> set[str]:
    text = "" if is_blank(value) or is_rows(value) else printable(written(value))
    return {line.strip() for each in (text, closed_up(text)) for line in each.split("\n")}


def editable(kind: type) -> list[dataclasses.Field[Any]]:
    """Fields that people may write: texts, days, sums, yes or no, lines. Tables come from the case alone."""
    return [
        field
        for field in dataclasses.fields(kind)
        if field.name != OFFICE_WRITES and not is_table(kind, field)
    ]


def is_table(kind: type, field: dataclasses.Field[Any]) -> bool:
    """Rows of persons, sums or evidence: shown, and taken over from the case as a whole."""
    return words_of(kind)[field.metadata["label"]].rows is not None


@dataclass(frozen=True)
class Difference:
    """不一致: what the paper says, what the case says now. Not `is_forced`: a long text, which is the writer's own."""

    name: str
    label: str
    here: str
    there: str
    is_forced: bool = True
    is_sum: bool = False
    is_pressed: bool = True  # False: no press can put it right, only the writer

    @property
    def remedy(self) -> str:
        """What the button beside it does."""
        return "用案件金额替换" if self.is_sum or self.name.endswith(".sum") else "恢复为案件数据"


def differences(
    facts: Any, case: Case, held: Collection[str] = (), known: Known | None = None
) -> list[Difference]:
    """Every fact with a source that no longer says what the case says; what the case does not know is no difference.

    Long texts are the writer's own: `compared` names them, nothing forces them back but where they are `held`.
    """
    now = values_of(type(facts), case, known=known)
    return [each for each in compared(facts, now, held) if each.is_forced]


def compared(facts: Any, now: dict[str, Any], held: Collection[str] = ()) -> list[Difference]:
    """The facts beside what the case says `now` (`values_of`), long texts too."""
    found = []
    for field in dataclasses.fields(facts):
        if field.name not in now:
            continue
        here, there = getattr(facts, field.name), now[field.name]
        if here != there and not is_blank(there):
            one = _difference(field, here, there)
            found.append(dataclasses.replace(one, is_forced=True) if field.name in held else one)
    return found


def _difference(field: dataclasses.Field[Any], here: Any, there: Any) -> Difference:
    label = field.metadata["label"]
    if is_rows(there):
        mine, theirs = _rows_that_differ(tuple(here), tuple(there))
        is_sum = total_of(tuple(here)) != total_of(tuple(there))
        return Difference(field.name, label, mine, theirs, is_sum=is_sum)
    is_long, is_sum = field.metadata["is_long"], isinstance(there, Decimal)
    return Difference(field.name, label, _short(here), _short(there), not is_long, is_sum)


def is_rows(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])


def total_of(rows: tuple[Any, ...]) -> Decimal | None:
    """Σ of the rows in yuan, of what is owed, agreed or paid; None where they carry no sum."""
    name = next((each for each in SUMS if rows and hasattr(rows[0], each)), "")
    return sum((getattr(row, name) or Decimal(0) for row in rows), Decimal(0)) if name else None


def in_short(rows: tuple[Any, ...]) -> str:
    """15 项，合计 405,000.00 元."""
    total = total_of(rows)
    return f"{len(rows)} 项" if total is None else f"{len(rows)} 项，合计 {written(total)} 元"


def _rows_that_differ(here: tuple[Any, ...], there: tuple[Any, ...]) -> tuple[str, str]:
    """Headcounts with who is more, totals, else who differs in what; numbers of persons are not repeated."""
    if len(here) != len(there):
        return _heads(here, there), _heads(there, here)
    if (mine := _total(here)) != (theirs := _total(there)):
        return f"合计 {mine} 元", f"合计 {theirs} 元"
    for n, (mine, theirs) in enumerate(zip(here, there, strict=True), start=1):
        if mine == theirs:
            continue
        names = [
            f.metadata["label"]
            for f in dataclasses.fields(mine)
            if getattr(mine, f.name) != getattr(theirs, f.name)
        ]
        return (
            f"第 {n} 项（{mine.name}{_sums(mine)}）",
            f"{theirs.name}{_sums(theirs)}，{'、'.join(names)}已改",
        )
    return "", ""


def _heads(rows: tuple[Any, ...], others: tuple[Any, ...]) -> str:
    """2 项; 2 项，多了王某."""
    names = [row.name for row in others if hasattr(row, "name")]
    more = [row.name for row in rows if hasattr(row, "name") and row.name not in names]
    return f"{len(rows)} 项" + (f"，多了{'、'.join(more[:FEW])}" if more else "")


def _sums(row: Any) -> str:
    """，应付 12,000.00 元，尚欠 12,000.00 元: of rows that bear sums."""
    said = [(label, getattr(row, name, None)) for name, label in (("due", "应付"), ("owed", "尚欠"))]
    return "".join(f"，{label} {written(sum)} 元" for label, sum in said if isinstance(sum, Decimal))


def _total(rows: tuple[Any, ...]) -> str:
    """Σ as it is written; 0.00 where the rows carry no sum."""
    return written(total_of(rows) or Decimal(0))


def _short(value: Any) -> str:
    """As it would be written, cut to one line."""
    text = written(value) if not is_blank(value) else "（空）"
    return text if len(text) <= 40 else f"{text[:40]}…"


@dataclass(frozen=True)
class Lost:
    """Word 里找不到的要素."""

    name: str
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}“{self.text}”"


def unsaid(facts: Any, body: str) -> list[str]:
    """Key facts that a text from Word does not say (any more), as people read them."""
    return [str(each) for each in lost(facts, body)]


def lost(facts: Any, body: str) -> list[Lost]:
    """Who, whom, how much, which number, court and day that a text from Word does not say (any more)."""
    said = "".join("".join(lines(body)).split())
    return [
        Lost(field.name, field.metadata["label"], text)
        for field in dataclasses.fields(facts)
        if field.metadata["source"] and not field.metadata["is_long"]
        for text in _key_words(getattr(facts, field.name))
        if "".join(text.split()) not in said
    ]


def _key_words(value: Any) -> list[str]:
    """What must stand in the text: of rows the name and what is owed, of all else the value as it is written."""
    if is_blank(value):
        return []
    if is_rows(value):
        sums = [written(row.owed) for row in value if getattr(row, "owed", None)]
        return [row.name for row in value if hasattr(row, "name")] + sums
    return [written(value)]
