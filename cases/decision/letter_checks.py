"""文书与诉求表是否一致: sum, headcount, names and court of the letter against the case as it stands now."""

import re
from decimal import Decimal, InvalidOperation

from cases.decision.letter_facts import with_claim_table
from cases.models import Case
from cases.papers import Applicant, RespondentParty, SupportLetterFacts
from core.money import yuan

TOTAL = re.compile(r"(?:共计|合计|总计)(?:人民币)?\s*([\d,，]+(?:\.\d+)?)\s*(万?)元")
HEADS = re.compile(r"等\s*(\d+)\s*(?:人|名)")
REMEDY = "请打开支持起诉书，核对后重新保存，名单和金额会按诉求表更新。"


def disagreements(case: Case, letter: SupportLetterFacts) -> list[str]:
    """One sentence for each point on which letter and claim table differ; both values are named."""
    table = with_claim_table(case, letter)
    return [
        sentence
        for sentence in (
            _headcount(letter, table),
            _names(letter, table),
            _sum(letter, table),
            _shares(letter, table),
            _identity(letter, table),
            _typed_sum(letter, table),
            _typed_heads(letter, table),
            _respondents(letter, table),
            _court(case, letter),
        )
        if sentence
    ]


def _headcount(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    mine, theirs = len(letter.applicants), len(table.applicants)
    return "" if mine == theirs else f"支持起诉书写 {mine} 名申请人，诉求表有 {theirs} 名。{REMEDY}"


def _names(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    if len(letter.applicants) != len(table.applicants):
        return ""
    for mine, theirs in zip(letter.applicants, table.applicants, strict=True):
        if mine.name != theirs.name:
            return f"支持起诉书写申请人“{mine.name}”，诉求表是“{theirs.name}”。{REMEDY}"
    return ""


def _sum(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    if letter.owed == table.owed:
        return ""
    return f"支持起诉书欠薪合计 {yuan(letter.owed)} 元，诉求表合计 {yuan(table.owed)} 元，不一致。{REMEDY}"


def _shares(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    """Each worker's own line: the total may agree while two of them stand with each other's sums."""
    for mine, theirs in zip(letter.arrears, table.arrears, strict=False):
        if (mine.owed, mine.due, mine.paid) != (theirs.owed, theirs.due, theirs.paid):
            return (
                f"支持起诉书写{theirs.name}欠薪 {yuan(mine.owed)} 元（应付 {yuan(mine.due)} 元），"
                f"诉求表是 {yuan(theirs.owed)} 元（应付 {yuan(theirs.due)} 元），不一致。{REMEDY}"
            )
    return ""


def _identity(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    """Numbers and addresses corrected since the draft; their values are not repeated."""
    written: list[Applicant | RespondentParty] = [*letter.applicants, *letter.respondents]
    known: list[Applicant | RespondentParty] = [*table.applicants, *table.respondents]
    for mine, theirs in zip(written, known, strict=False):
        if mine.name == theirs.name and mine != theirs:
            return f"支持起诉书里{theirs.name}的身份信息与当事人表不一致。{REMEDY}"
    return ""


def _typed_sum(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    """A total typed into the text of the facts must be that of the table too."""
    for number, unit in TOTAL.findall(letter.found):
        written = _amount(number, unit)
        if written not in (None, table.owed, table.due, table.paid):
            return (
                f"查明的事实写共计 {yuan(written)} 元，诉求表合计 {yuan(table.owed)} 元，不一致。"
                "请改正文，或者改诉求表。"
            )
    return ""


def _typed_heads(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    for text in (letter.origin, letter.found):
        for written in HEADS.findall(text):
            if int(written) != len(table.applicants):
                return f"正文写 {written} 人，诉求表有 {len(table.applicants)} 名申请人，不一致。请改正文。"
    return ""


def _respondents(letter: SupportLetterFacts, table: SupportLetterFacts) -> str:
    mine, theirs = ("、".join(p.name for p in facts.respondents) for facts in (letter, table))
    return "" if mine == theirs else f"支持起诉书写被申请人“{mine}”，案件列为被告的是“{theirs}”。{REMEDY}"


def _court(case: Case, letter: SupportLetterFacts) -> str:
    if not case.intended_court or not letter.court or letter.court == case.intended_court:
        return ""
    return (
        f"支持起诉书致送“{letter.court}”，案件拟诉法院是“{case.intended_court}”，不一致。请改成同一个法院。"
    )


def _amount(number: str, unit: str) -> Decimal | None:
    try:
        value = Decimal(number.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value * 10_000 if unit else value
