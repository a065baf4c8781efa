"""备份文件: one sealed tar of the database, the files and the audit anchor; its last member lists all with SHA-256."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, NamedTuple, cast

from core.ciphers import Tampered
from core.sealed_stream import SealedReader, SealedWriter

PURPOSE = "backup"
DATABASE, MEDIA, ANCHOR, MANIFEST = "database", "media", "audit-anchor.jsonl", "manifest.json"
CHUNK = 1024 * 1024


class Listed(NamedTuple):
    """What the manifest says of one member."""

    size: int
    sha256: str


class Member(NamedTuple):
    """One member while the archive is read: its name, and its content once."""

    name: str
    content: Iterator[bytes]


class Writer:
    """Adds members to the archive and remembers what it added."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.listed: dict[str, Listed] = {}

    def add(self, name: str, content: bytes) -> None:
        self._add(name, len(content), io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self._add(name, os.fstat(file.fileno()).st_size, file)

    def finish(self, facts: dict[str, Any]) -> None:
        listed = {name: each._asdict() for name, each in self.listed.items()}
        text = json.dumps(facts | {"members": listed}, ensure_ascii=False, indent=1)
        self.add(MANIFEST, text.encode())

    def _add(self, name: str, size: int, content: BinaryIO) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        read = _Digested(content)
        self.tar.addfile(info, cast(IO[bytes], read))
        self.listed[name] = Listed(size, read.digest.hexdigest())


class _Digested:
    """Counts the digest of what passes through."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A new archive at `path`: on the disk and whole, or not there at all. Readable by its owner alone."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            sealed = SealedWriter(file, PURPOSE)
            with tarfile.open(fileobj=cast(IO[bytes], sealed), mode="w|", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def members(path: Path) -> Iterator[Member]:
    """Every member in turn; `Tampered` when the archive is not whole. Use each content before the next member."""
    with path.open("rb") as file:
        sealed = SealedReader(file, PURPOSE)
        try:
            with tarfile.open(fileobj=cast(IO[bytes], sealed), mode="r|") as tar:
                for info in tar:
                    if content := tar.extractfile(info):
                        yield Member(_safe(info.name), iter(lambda: content.read(CHUNK), b""))
        except tarfile.TarError as error:
            raise Tampered("备份文件读不懂。") from error
        while sealed.read(CHUNK):
            continue


class Manifest(NamedTuple):
    """What an archive says of itself, and its members."""

    facts: dict[str, Any]
    listed: dict[str, Listed]

    def count(self, folder: str) -> int:
        return sum(name.startswith(f"{folder}/") for name in self.listed)


def survey(path: Path, take: Callable[[str, bytes], object]) -> Manifest:
    """Read the whole archive, hand every piece to `take`; `Tampered` when it is not what its manifest lists."""
    found: dict[str, Listed] = {}
    facts: dict[str, Any] = {}
    for member in members(path):
        if member.name == MANIFEST:
            facts = json.loads(b"".join(member.content))
            continue
        digest, size = hashlib.sha256(), 0
        for piece in member.content:
            take(member.name, piece)
            digest.update(piece)
            size += len(piece)
        found[member.name] = Listed(size, digest.hexdigest())
    listed = {name: Listed(**each) for name, each in facts.get("members", {}).items()}
    if wrong := [name for name in found.keys() | listed.keys() if found.get(name) != listed.get(name)]:
        raise Tampered(f"备份中有 {len(wrong)} 项与清单不符。")
    made = Manifest(facts, listed)
    if not made.count(DATABASE):
        raise Tampered("备份中没有数据库。")
    return made


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise Tampered("备份中有不允许的文件名。")
    return name
