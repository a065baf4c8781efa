"""字段密钥文件：the root keys, outside the database and the environment, readable by its owner alone (0400).

`{"current": 1, "index": 1, "keys": {"1": "<base64, 32 bytes>"}}`. `current` encrypts new values, every key in
the file still reads; `index` feeds the blind indexes and stays when `current` moves on.
"""

import base64
import json
import os
import secrets
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ROOT_BYTES = 32
MODE = 0o400
REMEDY = "请先运行 manage.py field_keys create，并把文件另存备份。"


class KeyRing(NamedTuple):
    """The content of the key file."""

    current: int
    index_kid: int
    keys: dict[int, bytes]


def path() -> Path:
    """Where the key file is."""
    return Path(settings.FIELD_KEYS_FILE)


def ring() -> KeyRing:
    """The keys; outside production a missing file is made on first use."""
    return _read(path())


def derived(kid: int, purpose: str, length: int) -> bytes:
    """The key of one purpose (`id`, `phone`, `bi.id`, `audit` …), derived by HKDF-SM3 from root key `kid`."""
    return _derived(path(), kid, purpose, length)


def create(where: Path) -> None:
    """Make a key file with one fresh key; a process that was faster wins, nothing is overwritten."""
    content = {"current": 1, "index": 1, "keys": {"1": _fresh()}}
    where.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(where, content)
    try:
        os.link(draft, where)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def rotate(where: Path) -> int:
    """Add a key for new values and return its number; the old ones go on reading, the blind index stays."""
    content = json.loads(where.read_text())
    content["current"] = max(map(int, content["keys"])) + 1
    content["keys"][str(content["current"])] = _fresh()
    _draft(where, content).replace(where)
    forget()
    return int(content["current"])


def forget() -> None:
    """Read the file again at the next use."""
    _read.cache_clear()
    _derived.cache_clear()


@cache
def _read(where: Path) -> KeyRing:
    if not where.exists():
        if not settings.FIELD_KEYS_CREATE:
            raise ImproperlyConfigured(f"没有字段密钥文件 {where}。{REMEDY}")
        create(where)
    try:
        content = json.loads(where.read_text())
        keys = {int(kid): base64.b64decode(key, validate=True) for kid, key in content["keys"].items()}
        found = KeyRing(int(content["current"]), int(content["index"]), keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"字段密钥文件 {where} 读不懂，请用备份恢复。") from error
    if not {found.current, found.index_kid} <= set(keys) or any(
        len(key) != ROOT_BYTES for key in keys.values()
    ):
        raise ImproperlyConfigured(f"字段密钥文件 {where} 缺少密钥或密钥长度不对，请用备份恢复。")
    return found


@cache
def _derived(where: Path, kid: int, purpose: str, length: int) -> bytes:
    root = _read(where).keys[kid]
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=f"zhichi|{purpose}".encode()).derive(
        root
    )


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(ROOT_BYTES)).decode()


def _draft(where: Path, content: dict[str, object]) -> Path:
    """The content on disk beside its place, flushed, with its final rights."""
    with tempfile.NamedTemporaryFile("w", dir=where.parent, prefix=".keys-", delete=False) as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, MODE)
    return Path(file.name)
