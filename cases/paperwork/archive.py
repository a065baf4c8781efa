"""案卷 (domain.md §5.3 D): cover, lists of the two volumes, end sheet."""

from dataclasses import dataclass
from datetime import date

from cases.paperwork.catalogue import ANY, Copy, Group, Signed, Volume, declare
from cases.paperwork.parts import Against, Head, Who, taken, typed
from cases.paperwork.rows_after import Filed
from cases.workflow import Stage

STAGES = frozenset(ANY | {Stage.ARCHIVED})
IN_FILE = (Copy("案卷"),)
COMPLETE = "本卷材料齐全，没有缺损。"


@dataclass(frozen=True, kw_only=True)
class FileCover(Head, Who, Against):
    """案卷封面: whose file on what, from when to when, how long it is kept."""

    case_number: str = taken("案号", "case_number", required=True)
    case_title: str = taken("案件名称", "case_title", required=True)
    cause: str = taken("案由", "cause")
    handler: str = taken("承办检察官", "handler", required=True)
    accepted_on: date | None = taken("受理日期", "accepted_on", None, required=True)
    closed_on: date | None = taken("办结日期", "closed_on", None)
    result: str = taken("办理结果", "result_words")
    archived_on: date | None = taken("归档日期", "archived_on", None)
    archive_number: str = taken("档号", "archive_number")
    pages: str = taken("页数", "archive_pages")
    retention: str = taken("保管期限", "retention")
    volumes: str = typed("卷册", hint="例如：正卷，共2册第1册")


declare(
    "file_cover",
    "案卷封面",
    FileCover,
    group=Group.ARCHIVE,
    signed=Signed.INSIDE,
    copies=IN_FILE,
    stages=STAGES,
    version="2026-12",
    note="归档时放在案卷首页，正卷、副卷分别装订。",
)


@dataclass(frozen=True, kw_only=True)
class FileIndex(Head):
    """卷内目录: what lies in 正卷, by day; nothing of 副卷 (trap 18)."""

    case_number: str = taken("案号", "case_number", required=True)
    papers: tuple[Filed, ...] = taken("卷内材料", "filed_papers", (), required=True)


declare(
    "file_index",
    "卷内目录",
    FileIndex,
    group=Group.ARCHIVE,
    signed=Signed.INSIDE,
    copies=IN_FILE,
    stages=STAGES,
    version="2027-01-2",
    note="正卷的目录：已签发的文书和证据。",
)


@dataclass(frozen=True, kw_only=True)
class InnerIndex(Head):
    """副卷目录: review report, approvals; never shown to outsiders."""

    case_number: str = taken("案号", "case_number", required=True)
    papers: tuple[Filed, ...] = taken("卷内材料", "inner_papers", (), required=True)


declare(
    "inner_index",
    "副卷目录",
    InnerIndex,
    group=Group.ARCHIVE,
    signed=Signed.INSIDE,
    copies=IN_FILE,
    stages=STAGES,
    version="2027-01-2",
    volume=Volume.INNER,
    note="副卷的目录：审查报告、审批材料，不对外提供。",
)


@dataclass(frozen=True, kw_only=True)
class FileNote(Head):
    """备考表: what the file lacks or carries besides, who bound and who checked it."""

    case_number: str = taken("案号", "case_number", required=True)
    pages: str = taken("页数", "archive_pages")
    state: str = typed("案卷情况说明", COMPLETE, required=True, is_long=True)
    carriers: str = typed("随卷物品和载体", hint="录音录像、光盘等；没有的留空")


declare(
    "file_note",
    "备考表",
    FileNote,
    group=Group.ARCHIVE,
    signed=Signed.INSIDE,
    copies=IN_FILE,
    stages=STAGES,
    version="2026-12",
    note="放在案卷末页，立卷人、检查人签名。",
)
