"""成批文件里的目录和说明页: made from facts by the wording framework; no office changes these words."""

from dataclasses import dataclass
from typing import Any

from cases.paperwork.rows import said
from documents import wordings
from documents.rendering import render_pdf, sheet

FOLDER = "cases/papers/bundles/"
# cover, lists and sheets that stand for a thing bear no number of their own: the file counts its pages by itself
NO_NUMBER = "@page :right{@bottom-right{content:none}}@page :left{@bottom-left{content:none}}"
MARK = (
    "@page{size:A4;margin:0}"
    "p{font:9pt/12pt DocSong,DocLatin;letter-spacing:0;margin:280mm 0 0;text-align:center;text-indent:0}"
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """批量文书目录的一行."""

    number: str = said("编号")
    who: str = said("申请人")
    title: str = said("文书")
    page: str = said("页码")
    pages: str = said("页数")


@dataclass(frozen=True, kw_only=True)
class Contents:
    """批量文书目录: who is who, for the office alone; it says who had it made, when, and under which number."""

    office: str = said("检察院")
    case_number: str = said("案号")
    heads: str = said("申请人数")
    count: str = said("份数")
    made: str = said("生成情况")
    entries: tuple[Entry, ...] = said("文书目录", ())


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """说明页: stands in the file for what cannot lie in it as a page."""

    office: str = said("检察院")
    case_number: str = said("案号")
    title: str = said("材料名称")
    file_name: str = said("文件名")
    kind: str = said("种类")
    size: str = said("大小")
    sha256: str = said("校验值")
    why: str = said("说明")


def body_of(name: str, title: str, facts: Any) -> str:
    """The body with our own words."""
    return wordings.composed(wordings.shipped(f"{FOLDER}{name}.txt"), title, facts)


def printed(body: str, title: str) -> bytes:
    """A PDF without page numbers of its own. `title` goes into the file: no personal data."""
    return render_pdf(_styled(sheet(body, title), NO_NUMBER))


def mark(words: str) -> bytes:
    """One empty page with a line of words at its foot, to be laid over the pages of 副卷."""
    return render_pdf(_styled(sheet(f"<p>{words}</p>", "副卷"), MARK + NO_NUMBER))


def _styled(html: str, css: str) -> str:
    return html.replace("</head>", f"<style>{css}</style></head>", 1)
