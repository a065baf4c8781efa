"""正文与案件是否一致: sums, headcounts, periods, names, courts and evidence in a text, against what the case says.

What differs can be put right by one press where it is clear what belongs there; else it is only named.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from cases.models import Case
from cases.paperwork.agreeing_courts import courts
from cases.paperwork.agreeing_frame import Check, Frame, Slip
from cases.paperwork.agreeing_names import applied, listed_names, near_companies, near_names
from cases.paperwork.agreeing_numbers import heads, periods, sums
from cases.paperwork.catalogue import paper_by
from cases.paperwork.filling import Difference
from cases.paperwork.known import Known
from documents.wording.vocabulary import words_of

CHECKS: tuple[Check, ...] = (sums, heads, periods, near_names, near_companies, listed_names, courts)
ORIGIN, EVIDENCE = "origin", "evidence"
SAID = ".said"  # the name of what no press puts right


def slips(
    key: str, facts: Any, case: Case, known: Known | None = None, held: Collection[str] = ()
) -> list[Difference]:
    """Every number or name in the texts of this paper that is not the case's; `name` is what `put_right` takes.

    Texts that are `held` say what was approved, and stay as they are.
    """
    frame = Frame(known or Known(case), facts)
    found = [
        slip
        for name, text in _texts(key, facts)
        if name not in held
        for slip in _in_text(facts, name, text, frame)
    ]
    return [*found, *_lost_evidence(facts, frame.known)]


def put_right(key: str, facts: Any, case: Case, names: Collection[str]) -> Any:
    """The facts with the named slips (`found.sum`) replaced by what the case says."""
    frame = Frame(Known(case), facts)
    for name, text in _texts(key, facts):
        chosen = [each for each in _found(name, text, frame) if each.right and f"{name}.{each.what}" in names]
        for slip in reversed(chosen):
            text = f"{text[: slip.start]}{slip.right}{text[slip.end :]}"
        facts = replace(facts, **{name: text})
    return facts


def _texts(key: str, facts: Any) -> list[tuple[str, str]]:
    declared = paper_by(key)
    return [(name, getattr(facts, name)) for name in declared.counted] if declared else []


def _in_text(facts: Any, name: str, text: str, frame: Frame) -> Iterator[Difference]:
    """One difference for each kind that a press puts right, all places at once; one for each place that it does not."""
    label = next(word.label for word in words_of(type(facts)).values() if word.attribute == name)
    told = set()
    for slip in _found(name, text, frame):
        here = text[slip.start : slip.end]
        said = f"{name}.{slip.what}" if slip.right else f"{name}.{slip.what}{SAID}"
        if (key := said if slip.right else here) not in told:
            told.add(key)
            yield Difference(
                said, f"{label}{slip.noun}", here, slip.right or slip.fact, is_pressed=bool(slip.right)
            )


def _found(name: str, text: str, frame: Frame) -> list[Slip]:
    """In the order of the text; of two at one place the first check's."""
    found: list[Slip] = []
    for check in (applied, *CHECKS) if name == ORIGIN else CHECKS:
        for slip in check(text, frame):
            if all(slip.end <= other.start or slip.start >= other.end for other in found):
                found.append(slip)
    return sorted(found, key=lambda slip: slip.start)


def _lost_evidence(facts: Any, known: Known) -> Iterator[Difference]:
    """证据 named in the paper that was taken off the list since."""
    text = getattr(facts, EVIDENCE, "")
    if not isinstance(text, str) or not text:
        return
    gone = known.case.evidence.exclude(removed_at=None).order_by("pk").values_list("name", flat=True)
    for name in gone:
        if name in text and not any(name in other for other in known.proof_names):
            left = f"现有{'、'.join(known.proof_names)}" if known.proof_names else "证据清单是空的"
            yield Difference(EVIDENCE, "证据", name, f"已移出证据，{left}")
            return
