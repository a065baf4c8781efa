"""文本检查: whether a wording can be read, and whether the paper knows every label and every way of writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from documents.wording.composing import Plain
from documents.wording.grammar import Branch, Fault, Inline, Node, Paragraph, Row, looks_in, parse
from documents.wording.vocabulary import ROW_NUMBER, Word, words_of
from documents.wording.writing import FILTERS

BLOCK, NARROWEST = 156, 20  # mm


def faults(wording: str, kind: type) -> list[str]:
    """One sentence for each fault, by line; empty when an office may use this wording for papers of `kind`."""
    try:
        nodes = parse(wording)
    except Fault as fault:
        return [str(fault)]
    found = [*_walk(nodes, _Known((kind,))), *_lacking(nodes, kind)]
    return [str(fault) for fault in sorted(found, key=lambda fault: fault.line)]


@dataclass(frozen=True)
class _Known:
    """The vocabularies that a label is looked for in, innermost first."""

    layers: tuple[type, ...]

    def find(self, path: str, line: int) -> Word | Fault:
        first, _, part = path.partition(".")
        if first == ROW_NUMBER and len(self.layers) > 1:
            return Word(ROW_NUMBER, "")
        for layer in self.layers:
            if word := words_of(layer).get(first):
                return self._part(word, part, line) if part else word
        near = get_close_matches(
            first, [label for layer in self.layers for label in words_of(layer)], n=3, cutoff=0.3
        )
        hint = f"是不是{'、'.join(f'“{each}”' for each in near)}？" if near else "请在可用要素里选一个。"
        return Fault(line, f"没有“{first}”这个要素。{hint}")

    def _part(self, word: Word, part: str, line: int) -> Word | Fault:
        if word.is_list:
            return Fault(line, f"“{word.label}”有多条，请写在“{{逐个 {word.label}}}”里面。")
        if word.rows and (inner := words_of(word.rows).get(part)):
            return inner
        return Fault(line, f"“{word.label}”没有“{part}”这一部分，请改成可用的部分。")


def _walk(nodes: Sequence[Node], known: _Known) -> Iterator[Fault]:
    for node in nodes:
        if isinstance(node, Branch):
            yield from _branch(node, known)
        elif isinstance(node, Paragraph):
            yield from _looks(node.parts, known)
        elif isinstance(node, Row):
            yield from _too_wide(node)
            for cell in node.cells:
                yield from _looks(cell.parts, known)


def _too_wide(row: Row) -> Iterator[Fault]:
    """The text block is 156 mm wide; a column without a width needs 20 mm at least."""
    wanted = sum(cell.mm or NARROWEST for cell in row.cells) if row.kind == "head" else 0
    if wanted > BLOCK:
        yield Fault(row.line, f"表格需要 {wanted} 毫米，版心只有 {BLOCK} 毫米，请改窄几列。")


def _branch(node: Branch, known: _Known) -> Iterator[Fault]:
    word = known.find(node.path, node.line)
    if isinstance(word, Fault):
        yield word
        return
    if node.verb == "逐个" and not word.is_list:
        yield Fault(node.line, f"“{word.label}”只有一项，不能写“逐个”，请改成“{{如有 {word.label}}}”。")
        return
    inside = _Known((word.rows or Plain, *known.layers)) if node.verb == "逐个" else known
    yield from _walk(node.then, inside)
    yield from _walk(node.otherwise, known)


def _looks(parts: Sequence[Inline], known: _Known) -> Iterator[Fault]:
    for part in looks_in(parts):
        word = known.find(part.path, part.line)
        if isinstance(word, Fault):
            yield word
        elif part.filter and part.filter not in FILTERS:
            yield Fault(part.line, f"没有“{part.filter}”这种写法，可用的有{'、'.join(FILTERS)}。")


def _lacking(nodes: Sequence[Node], kind: type) -> Iterator[Fault]:
    """A required fact that the wording never says would be asked for and then not printed."""
    said = set(_paths(nodes))
    for word in words_of(kind).values():
        if word.required and word.label not in said:
            yield Fault(1, f"必备的要素“{word.label}”没有写进文本，请补上“{{{word.label}}}”。")


def _paths(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Branch):
            yield node.path.partition(".")[0]
            yield from _paths([*node.then, *node.otherwise])
        elif isinstance(node, Paragraph | Row):
            parts = (
                node.parts if isinstance(node, Paragraph) else [p for cell in node.cells for p in cell.parts]
            )
            yield from (part.path.partition(".")[0] for part in looks_in(parts))
