"""Files on disk (文件存储): whole or not at all, and gone again when the transaction is rolled back."""

import errno
import logging
import os
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from core.refusals import Refused

NOT_WRITABLE = "文件没有保存：存储目录不能写入。请联系系统管理员检查后再试。"
NO_SPACE = "磁盘空间不足，文件没有保存。请联系系统管理员清理后再试。"
CHUNK = 1024 * 1024

logger = logging.getLogger(__name__)


class WholeFileStorage(FileSystemStorage):
    """Writes to a temporary neighbour, flushes it to the disk and renames it: a crash leaves no half file."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks(CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
        return name

    def url(self, name: str | None) -> str:
        raise ValueError("Files leave only through a view that has asked who may see them.")


def private_files() -> WholeFileStorage:
    """The folder MEDIA_ROOT."""
    return WholeFileStorage()


def keep(name: str, content: bytes | File) -> str:
    """Store `content` under `name`, unless the transaction fails. Refused when the disk is full."""
    files = private_files()
    try:
        stored = files.save(name, ContentFile(content) if isinstance(content, bytes) else content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(NO_SPACE) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            logger.error("存储目录不能写入：%s", errno.errorcode[error.errno])
            raise Refused(NOT_WRITABLE) from error
        raise
    transaction.on_commit(_RemovedUnlessCalled(files, stored))
    return stored


class _RemovedUnlessCalled:
    """Django has no hook for a rollback, but it lets go of the callbacks: the file goes with this object."""

    def __init__(self, files: FileSystemStorage, name: str) -> None:
        self._remove = weakref.finalize(self, files.delete, name)

    def __call__(self) -> None:
        self._remove.detach()


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def chunks_of(file: Any) -> Iterable[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
