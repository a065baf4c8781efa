"""整库备份: database, files and audit anchor in one encrypted file. The key file is never in it."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from audit import seals
from audit.log import record
from audit.models import Verb
from core import clock
from core.refusals import Refused
from dashboard.operations import archive, postgres
from documents.reconcile import stored_files
from jobs.models import Heartbeat

HEARTBEAT = "backup"


class Made(NamedTuple):
    """The backup that was written, and how many files of MEDIA_ROOT it holds."""

    path: Path
    files: int


def make(path: Path) -> Made:
    """备份 to a new file at `path`, or under a name of its own in the folder `path`. Refused when there is one."""
    if path.is_dir():
        path = path / f"zhichi-{clock.now():%Y%m%d-%H%M%S}.backup"
    if path.exists():
        raise Refused(f"{path} 已存在，没有改动。请换一个文件名。")
    if not path.parent.is_dir():
        raise Refused(f"没有文件夹 {path.parent}，请先建立。")
    seals.seal()
    with archive.written(path) as writer:
        # the database first: a file that comes later is an orphan at worst, never a row without its file
        for number, part in enumerate(postgres.dump(), 1):
            writer.add(f"{archive.DATABASE}/{number:05}", part)
        files = list(stored_files())
        for file in files:
            writer.add_file(f"{archive.MEDIA}/{file.relative_to(settings.MEDIA_ROOT).as_posix()}", file)
        if seals.anchor_file().exists():
            writer.add(archive.ANCHOR, seals.anchor_file().read_bytes())
        writer.finish(_facts())
    Heartbeat.objects.beat(HEARTBEAT)
    record(None, Verb.EXPORT, "整库备份", detail=f"{len(files)} 个文件")
    return Made(path, len(files))


def program_version() -> str:
    """The version of this program, as pyproject.toml has it."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _facts() -> dict[str, object]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": 1,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "version": program_version(),
        "postgres": postgres.version(),
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }
