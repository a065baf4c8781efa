"""Files that are zip archives inside (Word、Excel、OFD): what they hold, and what they must not hold."""

import re
import stat
import zipfile
import zlib
from typing import BinaryIO

from core.refusals import Refused

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024  # below this an archive may be packed as tightly as it likes
MAIN_PART = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
MACRO = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/.*)$", re.IGNORECASE)
REMOTE_PART = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\"")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def check_office_file(file: BinaryIO, name: str, ending: str) -> None:
    """Refused with a sentence unless the archive is whole, harmless and of the kind that its ending says."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive, name)
            _check_bytes(archive, name)
            _check_parts(archive, name, ending)
    except BROKEN as error:
        raise Refused(f"“{name}”已损坏，打不开。请在电脑上打开核对，另存后再传。") from error


def holds_archive(file: BinaryIO) -> bool:
    """Whether a file that should be none can also be opened as a zip archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            return bool(archive.infolist())
    except BROKEN:
        return False


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or (total > SMALL and total / packed > MOST_RATIO):
        raise Refused(f"“{name}”解压后过大，不能上传。请拆成几个文件，或导出成 PDF 再传。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(f"“{name}”设有密码，打不开。请去掉密码后再传。")
    if any(_escapes(entry) for entry in entries) or len({e.filename for e in entries}) != len(entries):
        raise Refused(f"“{name}”的内部结构不正常，不能上传。请用 Word、Excel 或 WPS 另存后再传。")


def _escapes(entry: zipfile.ZipInfo) -> bool:
    """A path out of the archive, or a symbolic link."""
    path = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or path.startswith("/") or ".." in path.split("/")


def _check_bytes(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack everything once into nothing: stated sizes and checksums may lie."""
    room = MOST_BYTES
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while chunk := part.read(1024 * 1024):
                room -= len(chunk)
                if room < 0:
                    raise Refused(f"“{name}”解压后过大，不能上传。请拆成几个文件，或导出成 PDF 再传。")


def _check_parts(archive: zipfile.ZipFile, name: str, ending: str) -> None:
    parts = archive.namelist()
    if ending == "ofd":
        if "OFD.xml" not in parts:
            raise Refused(f"“{name}”的内容不是 OFD。请核对后重新选择文件。")
        return
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in parts else b""
    if any(MACRO.search(part) for part in parts) or b"macroEnabled" in types:
        raise Refused(f"“{name}”带有宏。请另存为不带宏的 .{ending} 再传。")
    if MAIN_PART[ending] not in types:
        raise Refused(f"“{name}”的内容与 .{ending} 不符。请核对后重新选择文件。")
    if b"<!DOCTYPE" in types or any(
        REMOTE_PART.search(archive.read(part)) for part in parts if part.endswith(".rels")
    ):
        raise Refused(f"“{name}”引用了外部文件。请另存为普通 .{ending}，或导出成 PDF 再传。")
