"""从备份恢复: the file is checked piece by piece as it is read; the one transaction ends when all of it was right."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from accounts.models import User
from audit import seals
from core import clock
from core.refusals import Refused
from dashboard.operations import archive, postgres
from dashboard.operations.archive import Manifest

FULL = "数据库 {name} 里已有数据，没有改动。确要用备份替换，请加 --replace {name}；原有数据将不能找回。"
BUSY = "还有 {n} 个程序连着数据库。请先停止 web、worker 和 beat，再恢复。"


def check(path: Path) -> Manifest:
    """核对: every piece opens, every digest fits, the dump can be read to its end. Touches nothing."""
    with postgres.reading() as feed:
        return archive.survey(path, lambda name, piece: feed(piece) if _is_dump(name) else None)


def why_not_restore(replace: str) -> str:
    """The first reason why this database may not be written over; empty when it may."""
    name = str(connection.settings_dict["NAME"])
    if not is_empty() and replace != name:
        return FULL.format(name=name)
    if n := postgres.others_connected():
        return BUSY.format(n=n)
    return ""


def is_empty() -> bool:
    """Nobody has worked with this database: no tables, or no accounts in them."""
    has_accounts = User._meta.db_table in connection.introspection.table_names()
    return not has_accounts or not User.objects.exists()


def restore(path: Path, *, replace: str = "") -> list[str]:
    """恢复. Returns sentences about what was set aside. Refused or `Tampered` leaves everything as it was."""
    if reason := why_not_restore(replace):
        raise Refused(reason)
    with _staging() as staging:
        connection.close()
        with postgres.replacing() as feed:
            archive.survey(path, lambda name, piece: _sort(staging, name, piece, feed))
        return [*_move_files(staging), *_move_anchor(staging)]


def _is_dump(name: str) -> bool:
    return name.startswith(f"{archive.DATABASE}/")


def _sort(staging: Path, name: str, piece: bytes, feed: postgres.Feed) -> None:
    """The dump goes to the database, everything else into the staging folder."""
    if _is_dump(name):
        feed(piece)
        return
    target = staging / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab") as file:
        file.write(piece)


@contextmanager
def _staging() -> Iterator[Path]:
    """A folder inside MEDIA_ROOT (so that moving is renaming), gone in the end."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=root) as folder:
        yield Path(folder)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-{clock.now():%Y%m%d-%H%M%S}")


def _move_files(staging: Path) -> Iterator[str]:
    """The files of the backup take the place of those that are there, which are kept beside them."""
    root = Path(settings.MEDIA_ROOT)
    old = [path for path in root.iterdir() if not path.name.startswith(".")]
    if old:
        kept = _aside(root / ".files")
        kept.mkdir()
        for path in old:
            path.rename(kept / path.name)
        yield f"原有文件移到了 {kept}，核对无误后请删除。"
    new = staging / archive.MEDIA
    for path in new.iterdir() if new.exists() else ():
        path.rename(root / path.name)
    for path in root.rglob("*"):
        if not path.is_symlink() and not path.relative_to(root).parts[0].startswith("."):
            path.chmod(
                settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS
                if path.is_dir()
                else settings.FILE_UPLOAD_PERMISSIONS
            )


def _move_anchor(staging: Path) -> Iterator[str]:
    """The anchor belongs to the log that was restored; another one on this machine is kept for comparison."""
    new, place = staging / archive.ANCHOR, seals.anchor_file()
    if not new.exists() or (place.exists() and place.read_bytes() == new.read_bytes()):
        return
    if place.exists():
        kept = _aside(place)
        place.rename(kept)
        yield f"原有审计封存底稿移到了 {kept}，请交审计管理员与恢复后的日志比对。"
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, place)
