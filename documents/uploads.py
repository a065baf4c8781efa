"""Uploads (上传): the one door for files that people hand in. What comes through is whole and harmless."""

import hashlib
import io
import uuid
from typing import BinaryIO, cast

from django.core.files.base import File

from accounts.models import Organisation, User
from core.office_files import check_office_file, holds_archive
from core.refusals import Refused
from documents.filenames import clean_name, split_name
from documents.kinds import ACTIVE, BY_ENDING, MB, Kind
from documents.models import Attachment
from documents.pdf_files import check_pdf
from documents.pictures import redraw
from documents.storage import chunks_of, keep

HEAD = 4096
ARCHIVES = {"rar", "zip", "7z", "tar", "gz", "tgz", "bz2", "xz"}
OLD_OFFICE = {"doc": "docx", "xls": "xlsx", "wps": "docx", "et": "xlsx", "docm": "docx", "xlsm": "xlsx"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an Office file with a password is one of these
ACCEPTED = ",".join(f".{ending}" for ending in BY_ENDING)  # for <input type="file" accept>


def accept_upload(file: File, *, organisation: Organisation, by: User) -> Attachment:
    """收下附件: check size, name and content, store it under a UUID. Refused names the file and the remedy.

    The stored file disappears again when the surrounding transaction is rolled back.
    """
    name = clean_name(file.name or "")
    kind = _kind_of(name)
    _check_size(file, name, kind)
    _check_head(file, name, kind)
    content, name, content_type = _checked_content(file, name, kind)
    key = uuid.uuid4()
    return Attachment.objects.create(
        id=key,
        organisation=organisation,
        name=name,
        content_type=content_type,
        size=content.size,
        sha256=sha256_of(content),
        file=keep(f"attachments/{key.hex[:2]}/{key}.{split_name(name)[1]}", content),
        uploaded_by=by,
    )


def sha256_of(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in chunks_of(file):
        digest.update(chunk)
    return digest.hexdigest()


def _kind_of(name: str) -> Kind:
    _, ending = split_name(name)
    if ending in ARCHIVES:
        raise Refused(f"不能上传 .{ending}。请解压后上传图片、PDF、Word 或 Excel。")
    if ending in OLD_OFFICE:
        raise Refused(f"不能上传 .{ending}。请用 Word、Excel 或 WPS 另存为 .{OLD_OFFICE[ending]} 再传。")
    if ending not in BY_ENDING:
        what = f" .{ending}" if ending else "没有扩展名的文件"
        raise Refused(f"不能上传{what}。请改传图片、PDF、Word、Excel、OFD、录音或视频。")
    return BY_ENDING[ending]


def _check_size(file: File, name: str, kind: Kind) -> None:
    if not file.size:
        raise Refused(f"“{name}”是空文件。请核对后重新选择。")
    if file.size > kind.limit:
        how = "请剪短，或改传截图。" if kind.name in {"录音", "视频"} else "请缩小，或拆成几个文件再传。"
        size = max(file.size // MB, kind.limit // MB + 1)
        raise Refused(f"“{name}”有 {size} MB，超过 {kind.limit // MB} MB。{how}")


def _check_head(file: File, name: str, kind: Kind) -> None:
    """The first bytes must be those of the kind, and must not be a web page in disguise."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(OLE):
        raise Refused(f"“{name}”设有密码或是旧版格式。请去掉密码，另存为 .docx 或 .xlsx 再传。")
    if not kind.begins(head) or ACTIVE.search(head):
        _, ending = split_name(name)
        raise Refused(f"“{name}”的内容与 .{ending} 不符。请核对后重新选择文件。")


def _checked_content(file: File, name: str, kind: Kind) -> tuple[File, str, str]:
    """Content, name and type to keep: pictures drawn anew, all else as it came, once it has passed."""
    stem, ending = split_name(name)
    if kind.name == "图片":
        drawn = File(io.BytesIO(redraw(_rewound(file), name, ending)))
        return (drawn, name, "image/png") if ending == "png" else (drawn, f"{stem}.jpg", "image/jpeg")
    if kind.name in {"Word", "Excel", "OFD"}:
        check_office_file(_rewound(file), name, ending)
    elif holds_archive(_rewound(file)):
        raise Refused(f"“{name}”里藏有压缩包，不能上传。请重新打印成 PDF 或重新录制后再传。")
    if kind.name == "PDF":
        check_pdf(_rewound(file), name)
    return file, name, kind.content_type


def _rewound(file: File) -> BinaryIO:
    file.seek(0)
    return cast(BinaryIO, file.file)
