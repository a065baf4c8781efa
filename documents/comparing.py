"""两稿对照: what changed between two drafts, paragraph by paragraph."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from documents import body
from documents.screen import Secrets, shown


@dataclass(frozen=True)
class Change:
    """One paragraph or row: `same`, `gone` or `new`."""

    kind: str
    text: str


def changes(before: str, after: str, secrets: Secrets = None) -> list[Change]:
    """Every line of both drafts in reading order, numbers of persons masked; unchanged stretches are kept short."""
    old, new = _lines(before, secrets), _lines(after, secrets)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _shortened([Change("same", line) for line in old[a:b]])
            continue
        found += [Change("gone", line) for line in old[a:b]]
        found += [Change("new", line) for line in new[c:d]]
    return found


def _lines(html: str, secrets: Secrets) -> list[str]:
    return [line for line in body.lines(str(shown(html, secrets=secrets))) if line.strip()]


def _shortened(same: list[Change]) -> list[Change]:
    """A long stretch without changes shows its first and its last line."""
    if len(same) <= 3:
        return same
    return [same[0], Change("skipped", f"……（{len(same) - 2} 段没有改动）"), same[-1]]
