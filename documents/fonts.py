"""Fonts of papers (文书字体): the private copies that scripts/fonts prepared, and which of them are stand-ins."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "fonts"


@contextmanager
def only_ours() -> Iterator[None]:
    """While this is open fontconfig sees our folder alone: nothing to scan, nothing of the machine slips in."""
    config = folder() / "fonts.conf"
    if not config.exists():
        logger.warning("文书字体还没准备，暂用系统字体。请执行 scripts/fonts。")
        yield
        return
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(config)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def stand_ins() -> list[str]:
    """The roles (仿宋, 小标宋 …) that run on a substitute; empty when the office's own fonts are all there."""
    stamp = folder() / "stamp.json"
    if not stamp.exists():
        return []
    roles = json.loads(stamp.read_text("utf-8"))["roles"].values()
    office_owns = (role for role in roles if role["title"] not in {"生僻字", "西文"})
    return list(dict.fromkeys(role["title"] for role in office_owns if not role["own"]))
