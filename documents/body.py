"""正文 as a tree: the few elements and classes that papers consist of. Screen, Word file and comparison read this.

Whatever else stood in a body is left out, so that nothing but these can ever reach a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

ELEMENTS = frozenset(
    {
        "section",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "span",
        "mark",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
)
EMPTY = frozenset({"br"})
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "tr"})
MOST_COLUMNS = 20


@dataclass
class Element:
    """One element with its class and what stands in it; `span` is how many columns a cell takes."""

    tag: str
    css: str = ""
    span: int = 1
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)


Content = Sequence[Element | str]


def parse(body: str) -> list[Element | str]:
    """The tree of a body. Comments (the places of number and day) and unknown elements say nothing."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader.root.inside


def blocks(content: Content) -> Iterator[Element]:
    """Paragraphs, titles and rows of tables, in the order in which they are read."""
    for each in content:
        if isinstance(each, Element):
            if each.tag in BLOCKS:
                yield each
            else:
                yield from blocks(each.inside)


def lines(body: str) -> list[str]:
    """What the paper says, a line for each paragraph and row (cells parted by a bar)."""
    return [_line(block) for block in blocks(parse(body))]


def _line(block: Element) -> str:
    if block.tag == "tr":
        return " | ".join(cell.text for cell in block.inside if isinstance(cell, Element))
    return block.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            return
        named = dict(attrs)
        span = named.get("colspan") or "1"
        columns = min(int(span), MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1
        element = Element(tag, named.get("class") or "", columns)
        self.open[-1].inside.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if len(self.open) > 1 or data.strip():
            self.open[-1].inside.append(data)
