"""Facts put into a wording (成文): blocks of plain pieces, ready to be written as HTML. Looks up, evaluates nothing."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.facts import fact, is_blank
from documents.wording.grammar import (
    Branch,
    Cell,
    Gap,
    Inline,
    Look,
    Node,
    Optional,
    Paragraph,
    Row,
    Shared,
    Text,
    looks_in,
)
from documents.wording.vocabulary import ROW_NUMBER, Word, words_of
from documents.wording.writing import FILTERS, STRIKES, STRUCK, Phrase, closed_up, written

# Marks that turn the direction of writing would let a sum read backwards; controls print as boxes.
UNPRINTABLE = {"Cc", "Cs", "Cn"}
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: as worded, `fact` where the case gave it, `missing` where it is 待填, `gap` to fill by hand.

    `secret` names what a screen must mask (id, phone, address); paper prints it.
    """

    text: str
    mark: str = ""
    secret: str = ""
    ems: int = 0


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Line:
    style: str
    pieces: Pieces


@dataclass(frozen=True)
class TableCell:
    lines: tuple[Pieces, ...]
    is_label: bool
    align: str
    mm: int
    span: int


@dataclass(frozen=True)
class TableRow:
    cells: tuple[TableCell, ...]
    kind: str


@dataclass(frozen=True)
class Part:
    """标题、文号、落款 …, see `grammar.Shared`."""

    name: str


Block = Line | TableRow | Part


@dataclass(frozen=True)
class Scope:
    """What a label means here: the row of the innermost 逐个 first, the paper last."""

    layers: tuple[Any, ...]
    row_number: int = 0

    def inside(self, row: Any, row_number: int) -> "Scope":
        return Scope((row, *self.layers), row_number)

    def find(self, path: str) -> tuple[Word | None, Any]:
        """The word and its value; (None, None) where the facts do not have it (any more)."""
        first, _, part = path.partition(".")
        if first == ROW_NUMBER and self.row_number:
            return Word(ROW_NUMBER, ""), str(self.row_number)
        for layer in self.layers:
            if word := words_of(type(layer)).get(first):
                value = getattr(layer, word.attribute)
                return _part(word, value, part) if part else (word, value)
        return None, None


def compose(nodes: Sequence[Node], facts: Any) -> list[Block]:
    """Every paragraph and row that the paper has with these facts."""
    return list(_blocks(nodes, Scope((facts,))))


def _part(word: Word, value: Any, part: str) -> tuple[Word | None, Any]:
    inner = words_of(word.rows).get(part) if word.rows and not word.is_list else None
    if inner is None:
        return None, None
    return inner, None if value is None else getattr(value, inner.attribute)


def _blocks(nodes: Sequence[Node], scope: Scope) -> Iterator[Block]:
    for node in nodes:
        if isinstance(node, Branch):
            yield from _branch(node, scope)
        elif isinstance(node, Paragraph):
            yield from _lines(node, scope)
        elif isinstance(node, Row):
            yield TableRow(tuple(_cell(cell, scope) for cell in node.cells), node.kind)
        elif isinstance(node, Shared):
            yield Part(node.name)


def _branch(node: Branch, scope: Scope) -> Iterator[Block]:
    word, value = scope.find(node.path)
    if node.verb == "如有":
        yield from _blocks(node.otherwise if _is_absent(value) else node.then, scope)
        return
    rows = value or ()
    for n, row in enumerate(rows, start=1):
        yield from _blocks(node.then, scope.inside(_named(row, word), n))
    if not rows and word and word.required and not node.otherwise:
        yield Line("", (_to_fill(word.label),))
    elif not rows:
        yield from _blocks(node.otherwise, scope)


@dataclass(frozen=True)
class Plain:
    """A row that is a bare text: `{内容}` names it."""

    text: str = field(metadata=fact("内容"))


@dataclass(frozen=True)
class Taken:
    """The same, where the case gave it."""

    text: str = field(metadata=fact("内容", source="row"))


def _named(row: Any, word: Word | None) -> Any:
    if not isinstance(row, str):
        return row
    return Taken(row) if word and word.source else Plain(row)


def _is_absent(value: Any) -> bool:
    return value is False or is_blank(value)


def _lines(node: Paragraph, scope: Scope) -> Iterator[Line]:
    """A paragraph; several where a text of several lines stands in it, none where only absent facts do."""
    for pieces in _laid(node.parts, scope):
        if any(piece.text.strip() or piece.ems for piece in pieces):
            yield Line(node.style, pieces)


def _cell(cell: Cell, scope: Scope) -> TableCell:
    return TableCell(tuple(_laid(cell.parts, scope)), cell.is_label, cell.align, cell.mm, cell.span)


def _laid(parts: Sequence[Inline], scope: Scope) -> list[Pieces]:
    """The parts one after the other; a text of several lines breaks where it does."""
    lines: list[list[Piece]] = [[]]
    for part in parts:
        first, *more = _said(part, scope)
        lines[-1] += first
        lines += [list(pieces) for pieces in more]
    return [tuple(pieces) for pieces in lines]


def _said(part: Inline, scope: Scope) -> list[list[Piece]]:
    """What a part says, line by line; at least one line, which may be empty."""
    if isinstance(part, Text):
        return [[Piece(part.words)]]
    if isinstance(part, Gap):
        return [[Piece("", "gap", ems=part.ems)]]
    if isinstance(part, Optional):
        there = all(not is_blank(scope.find(look.path)[1]) for look in looks_in(part.parts))
        return [list(pieces) for pieces in _laid(part.parts, scope)] if there else [[]]
    return _looked_up(part, scope)


def _looked_up(look: Look, scope: Scope) -> list[list[Piece]]:
    word, value = scope.find(look.path)
    if word is None or (word.required and is_blank(value)):
        return [[_to_fill(word.label if word else look.path)]]
    if is_blank(value) and look.filter != "是否":
        return [[Piece(STRUCK)]] if look.filter == STRIKES else [[]]
    mark = "fact" if word.source else ""
    if isinstance(value, Phrase):
        return [[Piece(printable(text), mark, secret) for text, secret in value.parts]]
    text = printable(FILTERS.get(look.filter, written)(value))
    if not word.secret:  # what a screen masks is looked for as it is on record
        text = closed_up(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [[Piece(line, mark, word.secret)] for line in lines] or [[]]


def _to_fill(label: str) -> Piece:
    return Piece(f"【待填：{label}】", "missing")


def printable(text: str) -> str:
    """The text without what no paper can show: control characters, lone surrogates, marks that turn the direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return "".join(
        char
        for char in text
        if char == "\n" or (char not in TURNING and unicodedata.category(char) not in UNPRINTABLE)
    )
