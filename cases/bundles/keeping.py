"""成品的保存: sealed on the disk, given out piece by piece, removed after its time.

Work in progress lies in a hidden folder. Plain copies exist only in a temporary folder while parts are joined.
"""

import hashlib
import io
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from cases.models import Bundle, BundleFile
from core import clock
from core.sealed_stream import SealedReader, SealedWriter
from documents.storage import CHUNK, keep, private_files

PURPOSE = "bundle"
KEPT = timedelta(days=30)  # what is needed later is made anew from the case

logger = logging.getLogger(__name__)


def folder_of(bundle_id: object) -> Path:
    """Parts of a bundle that is being made. Hidden: not yet a file of the system (`documents.reconcile`)."""
    return Path(settings.MEDIA_ROOT) / ".bundles" / str(bundle_id)


def put_part(bundle_id: object, position: int, content: bytes) -> None:
    """Whole or not at all; the same part made again replaces the first."""
    folder = folder_of(bundle_id)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{position}.unfinished"
    with unfinished.open("wb") as file:
        sealed = SealedWriter(file, PURPOSE)
        sealed.write(content)
        sealed.finish()
    os.replace(unfinished, folder / str(position))


def part_of(bundle_id: object, position: int) -> bytes:
    """FileNotFoundError when the part was lost and has to be made again."""
    with (folder_of(bundle_id) / str(position)).open("rb") as file:
        return b"".join(_pieces(SealedReader(file, PURPOSE)))


def forget_parts(bundle_id: object) -> None:
    shutil.rmtree(folder_of(bundle_id), ignore_errors=True)


@dataclass(frozen=True)
class Sealed:
    """A finished file, sealed and ready to be stored."""

    kind: str
    path: Path
    sha256: str
    content_sha256: str
    size: int


def seal(plain: Path, kind: str) -> Sealed:
    """The sealed twin of a plain file, beside it."""
    path, content = plain.with_suffix(".sealed"), hashlib.sha256()
    with plain.open("rb") as source, path.open("wb") as target:
        sealed = SealedWriter(target, PURPOSE)
        while chunk := source.read(CHUNK):
            content.update(chunk)
            sealed.write(chunk)
        sealed.finish()
    with path.open("rb") as stored:
        digest = hashlib.file_digest(stored, "sha256").hexdigest()
    return Sealed(kind, path, digest, content.hexdigest(), plain.stat().st_size)


def store(bundle: Bundle, sealed: Sealed) -> BundleFile:
    """The file and its row; gone again when the transaction is rolled back. Of a killed try the file is replaced."""
    name = f"bundles/{bundle.pk.hex[:2]}/{bundle.pk}.{sealed.kind}.sealed"
    private_files().delete(name)
    with sealed.path.open("rb") as content:
        stored = keep(name, File(content))
    return BundleFile.objects.create(
        bundle=bundle,
        kind=sealed.kind,
        file=stored,
        sha256=sealed.sha256,
        content_sha256=sealed.content_sha256,
        size=sealed.size,
    )


class Opened(io.RawIOBase):
    """What people get: the sealed file as plain bytes, opened while it is sent."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._reader = file, SealedReader(file, PURPOSE)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._reader.read(CHUNK if size < 0 else size)

    def close(self) -> None:
        self._file.close()
        super().close()


def opened(found: BundleFile) -> Opened:
    return Opened(cast(BinaryIO, found.file.open("rb")))


@transaction.atomic
def remove(bundle: Bundle) -> int:
    """删除文件: the files go when the transaction has ended; the rows say that they were there."""
    rows = BundleFile.objects.select_for_update().filter(bundle=bundle, removed_at=None)
    for row in rows:
        transaction.on_commit(_Gone(str(row.file.name)))
        row.file, row.removed_at = "", clock.now()
        row.save(update_fields=["file", "removed_at"])
    return len(rows)


class _Gone:
    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> None:
        private_files().delete(self.name)


def forget_old() -> int:
    """Remove what has lain for 30 days, and parts of bundles that are over. How many bundles lost their files."""
    old = Bundle.objects.filter(files__removed_at=None, files__made_at__lt=clock.now() - KEPT).distinct()
    removed = sum(1 for bundle in old if remove(bundle))
    _forget_left_parts()
    return removed


def _forget_left_parts() -> None:
    root = folder_of("")
    folders = {path.name: path for path in root.iterdir()} if root.is_dir() else {}
    running = {str(pk) for pk in Bundle.objects.unfinished().values_list("pk", flat=True)}
    for name, path in folders.items():
        if name not in running:
            shutil.rmtree(path, ignore_errors=True)


def _pieces(reader: SealedReader) -> Iterator[bytes]:
    while piece := reader.read(CHUNK):
        yield piece
