"""文件与数据库互核: a row without its file, a file without its row, a file that is not what was stored."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile

from core import clock
from documents.storage import chunks_of

SETTLED = timedelta(hours=1)  # a younger file may belong to a transaction that has not ended


def findings() -> Iterator[str]:
    """One sentence for each difference; nothing when both sides agree. Names no person and no file name."""
    known: set[str] = set()
    for model, field in _columns():
        rows = model._base_manager.exclude(**{field: ""}).only("pk", field, "sha256")
        for row in rows.iterator():
            file = getattr(row, field)
            known.add(file.name)
            if sentence := _wrong(row, file):
                yield sentence
    for path in stored_files():
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        if name not in known and _is_settled(path):
            yield f"多余文件：{name} 在库里没有登记。"


def stored_files() -> Iterator[Path]:
    """Every file of MEDIA_ROOT but those still being written and those set aside (names with a dot)."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                yield model, field.name


def _wrong(row: Any, file: FieldFile) -> str:
    name = str(file.name)
    what = f"{row._meta.verbose_name} {row.pk}"
    if not file.storage.exists(name):
        return f"缺少文件：{what}，应在 {name}。"
    digest = hashlib.sha256()
    with file.storage.open(name) as content:
        for chunk in chunks_of(content):
            digest.update(chunk)
    if digest.hexdigest() != row.sha256:
        return f"文件被改动：{what}，内容与登记的 SHA-256 不符。"
    return ""


def _is_settled(path: Path) -> bool:
    return path.stat().st_mtime < (clock.now() - SETTLED).timestamp()
