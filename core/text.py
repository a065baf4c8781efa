"""What people paste, made plain: width, blanks, invisible characters."""

import re
import unicodedata

WIDE_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# In prose the wide punctuation is right (，（）：); only letters, digits and the blank are folded there.
WIDE_WORDS = {code: to for code, to in WIDE_TO_ASCII.items() if chr(to).isalnum() or to == 0x20}
MIDDLE_DOTS = re.compile(r"\s*[·•・‧∙･⋅.．]\s*")
HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd〇"
HAN_GAP = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")


def tidy(text: str) -> str:
    """One line of text: wide letters and digits folded, invisible characters gone, blanks single, trimmed."""
    return " ".join(_visible(text.translate(WIDE_WORDS)).split())


def tidy_lines(text: str) -> str:
    """Prose of several lines: as `tidy`, but line breaks and indents of the writer stay."""
    lines = _visible(text.replace("\r\n", "\n").replace("\r", "\n").translate(WIDE_WORDS), keep="\n\t")
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


def fold_digits(text: str) -> str:
    """A code or number: all ASCII folded from full width, no blanks, nothing invisible."""
    return "".join(_visible(text.translate(WIDE_TO_ASCII)).split())


def plain_name(text: str) -> str:
    """姓名: tidied, without blanks between Chinese characters, with one kind of middle dot (巴特尔·孟和)."""
    dotted = MIDDLE_DOTS.sub("·", tidy(text)).strip("·")
    return HAN_GAP.sub("", dotted).strip()


def has_control(text: str) -> bool:
    """Whether there are control characters that no keyboard types (NUL, escape …)."""
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\r\n" for c in text)


def _visible(text: str, keep: str = "") -> str:
    """NFC, every kind of blank as a blank, no control, format or stray surrogate characters."""
    kept = (c if c in keep else _plain(c) for c in unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", "".join(kept))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character
