"""Names of uploaded files (文件名): for people to read, never for the disk; the disk gets a UUID."""

import re
import unicodedata

LONGEST = 100
# Separators, quotes and what Windows refuses; control, format and direction characters go by category.
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def clean_name(raw: str) -> str:
    """The last part of the path without invisible or dangerous characters, shortened but with its ending."""
    name = re.split(r"[\\/]", unicodedata.normalize("NFC", raw))[-1]
    name = "".join(" " if char.isspace() else char for char in name if _is_visible(char) or char.isspace())
    name = re.sub(r"\s+", " ", FORBIDDEN.sub("", name)).strip(" .")
    stem, ending = split_name(name)
    if not stem:
        stem = "未命名"
    return (stem[: LONGEST - len(ending) - 1].rstrip(" .") + f".{ending}") if ending else stem[:LONGEST]


def split_name(name: str) -> tuple[str, str]:
    """Stem and lower-case ending; an ending is at most ten ASCII letters and digits."""
    stem, dot, ending = name.rpartition(".")
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,10}", ending):
        return stem.strip(" ."), ending.lower()
    return name, ""


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
