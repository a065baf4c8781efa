"""合并: the parts as one PDF with its lists and bookmarks, and for a batch the same papers in a zip."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from cases.bundles import keeping, pdf_pages, sheets
from cases.models import Bundle, BundleFile, BundlePart, Case
from cases.paperwork.archive import COMPLETE
from cases.paperwork.catalogue import paper_by
from cases.paperwork.filling import filled
from cases.paperwork.rows_after import Filed
from documents import papers, wordings
from documents.conventions import paper_day
from documents.facts import from_json
from documents.models import Document

CONTENTS = "目录"
COVERS = {  # cover, list, end sheet of each volume
    Bundle.Kind.MAIN_FILE: ("file_cover", "file_index", "file_note"),
    Bundle.Kind.INTERNAL_FILE: ("file_cover", "inner_index", "file_note"),
}
Mark = tuple[str, int, int]


@dataclass(frozen=True)
class Made:
    """What came of it: files, pages, and a sentence for the page."""

    files: tuple[keeping.Sealed, ...]
    pages: int
    text: str


@contextmanager
def joined(bundle: Bundle) -> Iterator[Made]:
    """The finished files in a folder that is gone afterwards. FileNotFoundError when a part was lost."""
    parts = list(bundle.parts.select_related("claimant__person").order_by("position"))
    with tempfile.TemporaryDirectory(prefix="zhichi-") as name:
        folder = Path(name)
        plain = [_plain(bundle, part, folder) for part in parts]
        yield (_batch if bundle.kind == Bundle.Kind.BATCH else _case_file)(bundle, parts, plain, folder)


def _plain(bundle: Bundle, part: BundlePart, folder: Path) -> Path:
    path = folder / f"part-{part.position}.pdf"
    path.write_bytes(keeping.part_of(bundle.pk, part.position))
    return path


# 批量文书


def _batch(bundle: Bundle, parts: list[BundlePart], plain: list[Path], folder: Path) -> Made:
    blank = folder / "blank.pdf"
    blank.write_bytes(pdf_pages.blank_sheet())
    on_new_sheet = bool(bundle.plan.get("on_new_sheet"))
    contents = folder / "contents.pdf"
    contents.write_bytes(_contents(bundle, parts, 0, on_new_sheet))
    before = pdf_pages.count(contents.read_bytes())
    contents.write_bytes(_contents(bundle, parts, before, on_new_sheet))
    order, marks = _with_blanks([contents], [before], blank, on_new_sheet), [(CONTENTS, 0, 0)]
    starts = _starts(parts, before, on_new_sheet)
    for part, path in zip(parts, plain, strict=True):
        order += _with_blanks([path], [part.pages or 0], blank, on_new_sheet)
    for number, group in groupby(zip(parts, starts, strict=True), key=lambda pair: pair[0].number):
        own = list(group)
        marks.append((f"{number:02} 号", 0, own[0][1] - 1))
        marks += [(part.title, 1, start - 1) for part, start in own]
    target = folder / "all.pdf"
    pages = pdf_pages.join(order, target, "批量文书", marks, is_numbered=True)
    packed = _packed(parts, plain, contents, folder)
    files = (keeping.seal(target, BundleFile.Kind.PDF), keeping.seal(packed, BundleFile.Kind.ZIP))
    return Made(files, pages, f"已生成 {len(parts)} 份，合并文件 {pages} 页。")


def _with_blanks(paths: list[Path], pages: list[int], blank: Path, on_new_sheet: bool) -> list[Path]:
    """Printed on both sides, each paper begins on a sheet of its own."""
    is_odd = on_new_sheet and sum(pages) % 2 == 1
    return [*paths, blank] if is_odd else paths


def _starts(parts: list[BundlePart], before: int, on_new_sheet: bool) -> list[int]:
    """The page of the whole file, from 1, on which each part begins."""
    found, at = [], before + (before % 2 if on_new_sheet else 0) + 1
    for part in parts:
        found.append(at)
        pages = part.pages or 0
        at += pages + (pages % 2 if on_new_sheet else 0)
    return found


def _contents(bundle: Bundle, parts: list[BundlePart], before: int, on_new_sheet: bool) -> bytes:
    case = bundle.case
    made = timezone.localtime(bundle.requested_at)
    entries = tuple(
        sheets.Entry(
            number=f"{part.number:02}",
            who=part.claimant.person.name if part.claimant else "",
            title=part.title,
            page=str(start),
            pages=str(part.pages),
        )
        for part, start in zip(parts, _starts(parts, before, on_new_sheet), strict=True)
    )
    facts = sheets.Contents(
        office=case.organisation.name,
        case_number=case.official_number or case.code,
        heads=str(len({part.claimant_id for part in parts})),
        count=str(len(parts)),
        made=f"{bundle.job.requested_by.name}于{paper_day(made.date())}{made:%H:%M}生成，编号{str(bundle.pk)[:8]}。",
        entries=entries,
    )
    return sheets.printed(sheets.body_of("contents", "批量文书目录", facts), "批量文书目录")


def _packed(parts: list[BundlePart], plain: list[Path], contents: Path, folder: Path) -> Path:
    """Names say the line of the claim table and the paper; who that is stands in the list inside."""
    path = folder / "papers.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(contents, f"{CONTENTS}.pdf")
        for part, pdf in zip(parts, plain, strict=True):
            packed.write(pdf, f"{part.number:02}-{part.title}.pdf")
    return path


# 案卷


def _case_file(bundle: Bundle, parts: list[BundlePart], plain: list[Path], folder: Path) -> Made:
    total = sum(part.pages or 0 for part in parts)
    over = mark_of(bundle)
    bundle.job.refresh_from_db(fields=["result"])  # it was written part by part, by whoever made them
    instead = [parts[position] for position in bundle.job.result.get("instead", ())]
    bound = []
    for key, changes in zip(COVERS[Bundle.Kind(bundle.kind)], _changes(bundle, parts, total), strict=True):
        pdf = _bound_sheet(bundle.case, key, changes, state_of(parts, instead))
        path = folder / f"{key}.pdf"
        path.write_bytes(pdf_pages.marked(pdf, over) if over else pdf)
        bound.append((key, path, pdf_pages.count(pdf)))
    (_, cover, cover_pages), (index_key, index, index_pages), (_, note, _) = bound
    before = cover_pages + index_pages
    marks: list[Mark] = [("案卷封面", 0, 0), (_title(index_key), 0, cover_pages)]
    marks += [(part.title, 0, before + (part.first_page or 1) - 1) for part in parts]
    marks.append(("备考表", 0, before + total))
    target = folder / "all.pdf"
    pages = pdf_pages.join([cover, index, *plain, note], target, Bundle.Kind(bundle.kind).label, marks)
    text = f"已生成，编页 {total} 页，连封面、目录、备考表共 {pages} 页。"
    return Made((keeping.seal(target, BundleFile.Kind.PDF),), total, text)


def _changes(bundle: Bundle, parts: list[BundlePart], total: int) -> tuple[dict[str, Any], ...]:
    """What cover, list and end sheet have from this very file."""
    volume = Bundle.Kind(bundle.kind).label
    return {"pages": str(total), "volumes": volume}, {"papers": _rows(parts)}, {"pages": str(total)}


def state_of(parts: list[BundlePart], instead: list[BundlePart]) -> str:
    """案卷情况说明 of this very file: which pages only stand for something; empty when it holds everything."""
    if not instead:
        return ""
    pages = "、".join(str(part.first_page) for part in instead)
    rest = "。" if len(instead) == len(parts) else "；其余材料齐全，没有缺损。"
    return f"本卷第{pages}页为说明页，所列{len(instead)}件材料没有装入本卷，原因和去向见说明页{rest}"


def _rows(parts: list[BundlePart]) -> tuple[Filed, ...]:
    """卷内目录: a line for each thing, with the pages on which it lies; its further parts have no line of their own."""
    rows: list[Filed] = []
    for part in parts:
        if part.facts_json:
            rows.append(replace(from_json(Filed, part.facts_json), page=str(part.first_page)))
        first = rows[-1].page.split("-")[0]
        last = str((part.first_page or 0) + (part.pages or 1) - 1)
        rows[-1] = replace(rows[-1], page=first if first == last else f"{first}-{last}")
    return tuple(rows)


def _bound_sheet(case: Case, key: str, changes: dict[str, Any], state: str) -> bytes:
    """Cover, list or end sheet with what the case says now; what was written into the case's own draft stays.

    `state` takes the place of the usual sentence of 备考表 that nothing is lacking, never of one written by hand.
    """
    declared = paper_by(key)
    assert declared is not None  # declared in cases.paperwork.archive
    facts = filled(declared.paper.facts, case)
    drafted = Document.objects.filter(case_link__case=case, kind=key).exclude(status=Document.Status.VOID)
    if document := drafted.order_by("pk").last():
        typed = papers.facts_of(document.latest)
        names = [name for name in ("volumes", "state", "carriers") if hasattr(typed, name)]
        facts = replace(facts, **{name: getattr(typed, name) for name in names})
    if state and getattr(facts, "state", "") == COMPLETE:
        facts = replace(facts, state=state)
    facts = replace(facts, **changes)
    words, _ = wordings.current(declared.paper, case.organisation)
    title = declared.paper.title
    return sheets.printed(wordings.composed(words, title, facts), title)


def _title(key: str) -> str:
    declared = paper_by(key)
    return declared.paper.title if declared else key


def mark_of(bundle: Bundle) -> bytes | None:
    """副卷: what every page says at its foot; 正卷 is paper for the archive and is left as it is."""
    if bundle.kind != Bundle.Kind.INTERNAL_FILE:
        return None
    made = timezone.localtime(bundle.requested_at)
    by = bundle.job.requested_by.name
    return _mark(f"副卷，内部材料，不对外提供　{by} {made:%Y-%m-%d %H:%M} 生成　编号 {str(bundle.pk)[:8]}")


@lru_cache(maxsize=4)
def _mark(words: str) -> bytes:
    return sheets.mark(escape(words))
