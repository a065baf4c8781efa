"""Names of uploaded files (文件名): for people to read, never for the disk; the disk gets a UUID."""

import re
import unicodedata

LONGEST = 100
# Separators, quotes and what Windows refuses; control, format and direction characters go by category.
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def clean_name(raw: str) -> str:
    """The last part of the path without invisible or dangerous characters, shortened but with its ending."""
    leaf = re.split(r"[\\/]", raw)[-1]
    visible = "".join(" " if char.isspace() else char for char in leaf if char.isspace() or _is_visible(char))
    name = unicodedata.normalize("NFC", re.sub(r"\s+", " ", FORBIDDEN.sub("", visible)))
    stem, ending = split_name(name.rstrip(" ."))
    room = LONGEST - len(ending) - 1 if ending else LONGEST
    stem = stem[:room].rstrip(" .") or "未命名"
    return f"{stem}.{ending}" if ending else stem


def split_name(name: str) -> tuple[str, str]:
    """Stem and lower-case ending; an ending is at most ten ASCII letters and digits."""
    stem, dot, ending = name.rpartition(".")
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,10}", ending):
        return stem.strip(" ."), ending.lower()
    return name.strip(" ."), ""


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
