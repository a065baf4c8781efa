"""Blocks as HTML (文书正文): few elements and classes, all styled by paper.css and known to the Word writer."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import escape

from documents.text import DAY, NUMBER
from documents.wording.composing import Block, Line, Part, Piece, TableCell, TableRow

THEREBY, ENCLOSED, SIGNATURE = "此致", "附：", "签名"


def html_of(blocks: list[Block], *, title: str, office: str) -> str:
    """The body of a paper. What came from the case stands in `<mark>`, what a screen masks in a
    span of its kind; print shows neither.
    """
    return "\n".join(_sections(blocks, title, office))


def _sections(blocks: list[Block], title: str, office: str) -> Iterator[str]:
    in_annex = False
    for is_row, group in groupby(blocks, key=lambda block: isinstance(block, TableRow)):
        if is_row:
            yield _table([block for block in group if isinstance(block, TableRow)])
            continue
        for block in group:
            if block == Part("附页"):
                yield ("</section>" if in_annex else "") + '<section class="annex">'
                in_annex = True
            else:
                yield _one(block, title, office)
    if in_annex:
        yield "</section>"


def _one(block: Block, title: str, office: str) -> str:
    if isinstance(block, Line):
        return _line(block)
    assert isinstance(block, Part)
    return {
        "机关": f'<p class="office">{escape(office)}</p>',
        "标题": f'<h1 class="title">{escape(title)}</h1>',
        "文号": f'<p class="number">{NUMBER}</p>',
        "落款": _seal(office),
    }[block.name]


def _seal(office: str) -> str:
    """落款: issuer centred over the date; kept with the line before."""
    return (
        '<div class="closing"><div class="sign"><div>'
        f'<p class="issuer">{escape(office)}</p><p class="date">{DAY}</p>'
        "</div></div></div>"
    )


def _line(line: Line) -> str:
    inner = _inner(line.pieces)
    if line.style == "heading":
        return f'<h2 class="title">{inner}</h2>'
    kept = "together" if inner == THEREBY else "enclosed" if inner.startswith(ENCLOSED) else ""
    classes = f"{line.style} {kept}".strip()
    return f'<p class="{classes}">{inner}</p>' if classes else f"<p>{inner}</p>"


def _table(rows: list[TableRow]) -> str:
    head = [row for row in rows if row.kind == "head"][:1]
    columns = head[0].cells if head else ()
    body = "".join(_row(row, columns) for row in rows if row.kind != "head")
    if not head:
        return f'<table class="form"><tbody>{body}</tbody></table>'
    cells = "".join(f'<th scope="col"{_class(_width(cell.mm))}>{_lines(cell)}</th>' for cell in columns)
    signed = (
        ' class="signed"'
        if any(SIGNATURE in piece.text for cell in columns for piece in cell.lines[0])
        else ""
    )
    return f"<table{signed}><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: TableRow, columns: tuple[TableCell, ...]) -> str:
    cells, at = [], 0
    for cell in row.cells:
        align = columns[at].align if at < len(columns) and cell.span == 1 else ""
        span = f' colspan="{cell.span}"' if cell.span > 1 else ""
        tag = "th" if cell.is_label else "td"
        cells.append(f"<{tag}{_class(align)}{span}>{_lines(cell)}</{tag}>")
        at += cell.span
    total = ' class="total"' if row.kind == "total" else ""
    return f"<tr{total}>{''.join(cells)}</tr>"


def _width(mm: int) -> str:
    """Widths are classes, for nothing that an office writes reaches a style attribute."""
    return f"w{min(max(mm, 5), 100)}" if mm else ""


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _lines(cell: TableCell) -> str:
    return "<br>".join(_inner(line) for line in cell.lines)


def _inner(pieces: Iterable[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    if piece.mark == "gap":
        return f'<span class="gap">{"　" * piece.ems}</span>'
    text: str = escape(piece.text)
    if piece.mark == "missing":
        return f'<span class="missing">{text}</span>'
    if piece.secret and text:
        text = f'<span class="{piece.secret}">{text}</span>'
    return f"<mark>{text}</mark>" if piece.mark == "fact" and text else text
