"""正文与案件是否一致: sums, headcounts, periods, names and evidence in a text, against claim table and evidence.

What differs can be put right by one press: the number in the text is replaced by the case's.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from cases.models import Case
from cases.paperwork.catalogue import paper_by
from cases.paperwork.filling import Difference
from cases.paperwork.known import Known
from core.money import yuan
from documents.wording.vocabulary import words_of

TOTAL = re.compile(r"(?P<head>(?:共计|合计|总计)(?:人民币)?\s*)(?P<sum>[\d,，]+(?:\.\d+)?)\s*(?P<unit>万?)元")
HEADS = re.compile(r"(?P<head>等\s*)(?P<heads>\d+)(?P<tail>\s*(?:人|名))")
PERIOD = re.compile(
    r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月至(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月"
    r"(?=[^。；]{0,40}(?:务工|劳务|工作|做工|干活|打工))"
)
APPLIED = re.compile(r"^(?P<who>[^，。]{1,60}?)(?=因)")
GROUPS = ("申请人", "人员", "劳动者", "农民工", "工人")  # words that stand for whoever applies
ORIGIN, EVIDENCE = "origin", "evidence"

Match = re.Match[str]


def slips(key: str, facts: Any, case: Case) -> list[Difference]:
    """Every number or name in the texts of this paper that is not the case's; `name` is what `put_right` takes."""
    known = Known(case)
    found = [slip for name, text in _texts(key, facts) for slip in _in_text(facts, name, text, known)]
    return [*found, *_lost_evidence(facts, known)]


def put_right(key: str, facts: Any, case: Case, names: Collection[str]) -> Any:
    """The facts with the named slips (`found.sum`) replaced by what the case says."""
    known = Known(case)
    for name, text in _texts(key, facts):
        for what, pattern, right, _ in _checks(name, known):
            if f"{name}.{what}" in names:
                text = pattern.sub(right, text)
        facts = replace(facts, **{name: text})
    return facts


def _texts(key: str, facts: Any) -> list[tuple[str, str]]:
    declared = paper_by(key)
    return [(name, getattr(facts, name)) for name in declared.counted] if declared else []


def _in_text(facts: Any, name: str, text: str, known: Known) -> Iterator[Difference]:
    """One difference for each kind of slip: the first is named, all are put right together."""
    label = next(word.label for word in words_of(type(facts)).values() if word.attribute == name)
    for what, pattern, right, noun in _checks(name, known):
        for match in pattern.finditer(text):
            if (there := right(match)) != match[0]:
                yield Difference(f"{name}.{what}", f"{label}{noun}", match[0], there)
                break


def _checks(name: str, known: Known) -> Iterator[tuple[str, re.Pattern[str], Callable[[Match], str], str]]:
    """(kind of slip, where it may stand, what should stand there, how it is called)."""
    yield "sum", TOTAL, lambda match: _sum(match, known), "里的合计"
    yield "heads", HEADS, lambda match: _heads(match, known), "里的人数"
    yield "period", PERIOD, lambda match: _period(match, known), "里的期间"
    if name == ORIGIN:
        yield "who", APPLIED, lambda match: _who(match, known), "里的申请人"


def _sum(match: Match, known: Known) -> str:
    """A total must be what is due, paid or owed; else what is owed stands there."""
    totals = [
        sum((getattr(each, name) for each in known.workers), Decimal(0)) for name in ("owed", "due", "paid")
    ]
    try:
        written = Decimal(match["sum"].replace(",", "").replace("，", "")) * (10_000 if match["unit"] else 1)
    except InvalidOperation:
        return match[0]
    return match[0] if not known.workers or written in totals else f"{match['head']}{yuan(totals[0])}元"


def _heads(match: Match, known: Known) -> str:
    heads = len(known.workers)
    return match[0] if heads in (0, int(match["heads"])) else f"{match['head']}{heads}{match['tail']}"


def _period(match: Match, known: Known) -> str:
    """A period of work must lie within that of all workers together."""
    first, last = _span(known)
    start = int(match["y1"]) * 12 + int(match["m1"])
    end = int(match["y2"] or match["y1"]) * 12 + int(match["m2"])
    if not first or first <= start <= end <= last:
        return match[0]
    return f"{_month(first)}至{_month(last)}"


def _span(known: Known) -> tuple[int, int]:
    """First and last month of work of all workers, counted from the year 0; (0, 0) where nobody's is known."""
    months = [
        int(year) * 12 + int(month)
        for each in known.workers
        for year, month in re.findall(r"(\d{4})年(\d{1,2})月", each.period)
    ]
    return (min(months), max(months)) if months else (0, 0)


def _month(count: int) -> str:
    year, month = divmod(count - 1, 12)
    return f"{year}年{month + 1}月"


def _who(match: Match, known: Known) -> str:
    """Who applied, at the head of a text: a corrected name, or one who left. The writer's words before it may stay."""
    who = known.applicants_short
    before = match["who"].removesuffix(who)
    is_theirs = match["who"].endswith(who) and not before.endswith("、")  # 、: one more than stand today
    return match[0] if not who or is_theirs or match["who"].endswith(GROUPS) else who


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
