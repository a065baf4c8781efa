"""文书文本的写法, parsed. One line is one paragraph; what stands in braces is looked up, everything else is printed.

    # 经审查查明：                      黑体 ; `##` 楷体, `>` flush left, `=` centred, `-` right
    申请人：{申请人.描述}。             a fact by its label, a part of it after the dot
    共计{欠薪合计|元}元                 a filter after the bar; `|划去` strikes a box that stays empty
    由{承办人}办理[[，电话{电话}]]。    in double brackets: only where every fact in it is there
    {如有 附项} … {否则} … {完}         only where the fact is there
    {逐个 申请人} … {完}                once for each; `{序号}` counts, parts of the row come first
    |# 序号:10^ | 姓名:25 | 欠薪:24> |  head of a table: width in mm, `^` centred, `>` right
    | {序号} | {姓名} | {欠薪|元} |     a row; `!案号` is a label, `@3` spans three columns; `|+` is the total row
    {标题} {文号} {落款} {附页}         the parts that every paper shares, alone on a line

Nothing is evaluated here: whether a label exists is asked by `checking`, its value by `composing`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LONGEST = 60_000  # characters of one wording
DEEPEST = 4

SHARED = {"标题", "文号", "落款", "附页", "机关"}
STYLES = {"##": "level2", "#": "level1", ">": "flush", "=": "heading", "-": "right"}
OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
BRACE = re.compile(r"\{([^{}]*)\}")
WORDED = re.compile(r"(?P<path>\w+(?:\.\w+)?)(?:\|(?P<filter>\w+))?")
BLANK = re.compile(r"空 (\d{1,2})")
OPENING = re.compile(r"\{(如有|逐个) (\w+(?:\.\w+)?)\}")
HEAD_CELL = re.compile(r"(?P<text>.*?)(?::(?P<mm>\d{1,3}))?(?P<align>[\^>])?")
BODY_CELL = re.compile(r"(?P<text>.*?)(?:(?:^|\s+)@(?P<span>\d{1,2}))?")


class Fault(ValueError):
    """写法有误: in which line, and what to write instead."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"第 {line} 行：{sentence}")
        self.line = line


@dataclass(frozen=True)
class Text:
    """Printed as it stands."""

    words: str


@dataclass(frozen=True)
class Look:
    """要素: a fact, or a part of it, by its label; `filter` says how it is written."""

    path: str
    filter: str
    line: int


@dataclass(frozen=True)
class Gap:
    """空格: so many characters to fill in by hand."""

    ems: int


@dataclass(frozen=True)
class Optional:
    """Said only where every fact in it is there."""

    parts: tuple["Inline", ...]


Inline = Text | Look | Gap | Optional


@dataclass(frozen=True)
class Paragraph:
    style: str
    parts: tuple[Inline, ...]


@dataclass(frozen=True)
class Cell:
    parts: tuple[Inline, ...]
    is_label: bool = False
    align: str = ""
    mm: int = 0
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A row of a table; rows that follow each other make one table."""

    cells: tuple[Cell, ...]
    kind: str  # head, body, total
    line: int


@dataclass(frozen=True)
class Shared:
    """标题、文号、落款 …: parts that look alike on every paper."""

    name: str


@dataclass
class Branch:
    """如有 / 逐个: `then` for what is there, `otherwise` for what is not."""

    verb: str
    path: str
    line: int
    then: list["Node"] = field(default_factory=list)
    otherwise: list["Node"] = field(default_factory=list)
    is_otherwise: bool = False

    @property
    def open_part(self) -> list["Node"]:
        return self.otherwise if self.is_otherwise else self.then


Node = Paragraph | Row | Shared | Branch


def parse(wording: str) -> list[Node]:
    """The wording as nodes. Fault with the line where it cannot be read."""
    if len(wording) > LONGEST:
        raise Fault(1, f"文本超过 {LONGEST:,} 字，请缩短。")
    root: list[Node] = []
    opened: list[Branch] = []
    for number, line in enumerate(wording.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("//"):
            continue
        here = opened[-1].open_part if opened else root
        if _turns(line, number, opened, here):
            continue
        here.append(_node(line, number))
    if opened:
        raise Fault(opened[-1].line, f"“{{{opened[-1].verb} {opened[-1].path}}}”没有对应的“{{完}}”，请补上。")
    return root


def _turns(line: str, number: int, opened: list[Branch], here: list[Node]) -> bool:
    """Whether the line opens, turns or closes a branch; done if so."""
    if begun := OPENING.fullmatch(line):
        if len(opened) == DEEPEST:
            raise Fault(number, f"“如有”“逐个”最多套 {DEEPEST} 层，请拆开写。")
        branch = Branch(begun[1], begun[2], number)
        here.append(branch)
        opened.append(branch)
        return True
    if line not in ("{否则}", "{完}"):
        return False
    if not opened:
        raise Fault(number, f"“{line}”前面没有“{{如有 …}}”或“{{逐个 …}}”，请删去或者补上。")
    if line == "{完}":
        opened.pop()
    elif opened[-1].is_otherwise:
        raise Fault(number, "一处“如有”只能有一个“{否则}”，请删去多余的。")
    else:
        opened[-1].is_otherwise = True
    return True


def _node(line: str, number: int) -> Node:
    if line.startswith("|"):
        return _row(line, number)
    if line.startswith("{") and line.endswith("}") and line[1:-1] in SHARED:
        return Shared(line[1:-1])
    mark, _, rest = line.partition(" ")
    style = STYLES.get(mark, "")
    return Paragraph(style, _inline(rest.strip() if style else line, number))


def _inline(words: str, number: int) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for n, stretch in enumerate(OPTIONAL.split(words)):
        found = _stretch(stretch, number)
        if n % 2 and not any(isinstance(each, Look) for each in found):
            raise Fault(number, f"“[[{stretch[:20]}]]”里没有要素，请去掉方括号，或者写上要素。")
        parts += [Optional(tuple(found))] if n % 2 else found
    return tuple(parts)


def _stretch(words: str, number: int) -> list[Inline]:
    parts: list[Inline] = []
    at = 0
    for found in BRACE.finditer(words):
        if found.start() > at:
            parts.append(Text(_plain(words[at : found.start()], number)))
        parts.append(_looked_up(found[1].strip(), number))
        at = found.end()
    if at < len(words):
        parts.append(Text(_plain(words[at:], number)))
    return parts


def _plain(words: str, number: int) -> str:
    if "{" in words or "}" in words:
        raise Fault(number, "花括号没有成对，请检查“{”和“}”。")
    if "[[" in words or "]]" in words:
        raise Fault(number, "双方括号没有成对，请检查“[[”和“]]”。")
    return words


def _looked_up(inside: str, number: int) -> Look | Gap:
    if blank := BLANK.fullmatch(inside):
        return Gap(int(blank[1]))
    worded = WORDED.fullmatch(inside)
    if worded is None:
        raise Fault(
            number, f"看不懂“{{{inside[:20]}}}”。要素写成“{{名称}}”“{{名称.部分}}”或者“{{名称|写法}}”。"
        )
    return Look(worded["path"], worded["filter"] or "", number)


def _row(line: str, number: int) -> Row:
    kind = {"#": "head", "+": "total"}.get(line[1:2], "body")
    body = line[2:] if kind != "body" else line[1:]
    if not body.rstrip().endswith("|"):
        raise Fault(number, "表格的一行要以“|”结束。")
    # the bar of a filter stands inside braces and parts no cells
    texts = [text.strip() for text in re.split(r"\|(?![^{}]*\})", body.rstrip()[:-1])]
    return Row(tuple(_cell(text, kind, number) for text in texts), kind, number)


def _cell(text: str, kind: str, number: int) -> Cell:
    """A head cell tells width and alignment of its column; a body cell may be a label or span columns."""
    if kind == "head":
        found = HEAD_CELL.fullmatch(text)
        assert found is not None  # every part of the pattern is optional
        align = {"^": "middle", ">": "amount"}.get(found["align"] or "", "")
        return Cell(_inline(found["text"].strip(), number), True, align, int(found["mm"] or 0))
    found = BODY_CELL.fullmatch(text.removeprefix("!"))
    assert found is not None
    return Cell(_inline(found["text"].strip(), number), text.startswith("!"), span=int(found["span"] or 1))


def looks_in(parts: Sequence[Inline]) -> Iterator[Look]:
    """Every fact that is named, also inside what is optional."""
    for part in parts:
        if isinstance(part, Look):
            yield part
        elif isinstance(part, Optional):
            yield from looks_in(part.parts)
