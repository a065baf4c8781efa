"""The papers that a case issues (案件文书): which facts they state, which template, which number."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from documents import papers
from documents.conventions import paper_day
from documents.facts import fact

MOST_IN_TEXT = 3  # more applicants than this go into the annex
BASIS = "《中华人民共和国民事诉讼法》第十五条"
AWARD = re.compile(r"(判令|判决|裁决|责令)[^。；]{0,60}?[\d,.]+\s*万?元")


@dataclass(frozen=True)
class Applicant:
    """申请人, in the order of domain.md 5.2. Unknown items stay empty and are left out."""

    name: str
    sex: str = ""
    born: date | None = None
    ethnicity: str = ""
    address: str = ""
    id_number: str = ""
    phone: str = ""

    @property
    def described(self) -> str:
        return _sentence(
            self.name,
            self.sex,
            f"{paper_day(self.born)}出生" if self.born else "",
            self.ethnicity,
            _labelled("住", self.address),
            _labelled("公民身份号码", self.id_number),
            _labelled("联系电话", self.phone),
        )


@dataclass(frozen=True)
class RespondentParty:
    """被申请人: a company with its 统一社会信用代码 and 法定代表人, or a person."""

    name: str
    is_company: bool = True
    address: str = ""
    uscc: str = ""
    representative: str = ""
    duty: str = "法定代表人"
    sex: str = ""
    born: date | None = None
    ethnicity: str = ""
    id_number: str = ""
    phone: str = ""

    @property
    def described(self) -> str:
        if not self.is_company:
            person = (self.sex, self.born, self.ethnicity, self.address, self.id_number, self.phone)
            return Applicant(self.name, *person).described
        return _sentence(
            self.name,
            _labelled("住所地", self.address),
            _labelled("统一社会信用代码", self.uscc),
            _labelled("联系电话", self.phone),
        )


@dataclass(frozen=True)
class Arrears:
    """一名劳动者的欠薪: `period` as text, sums in yuan."""

    name: str
    period: str
    due: Decimal
    paid: Decimal
    owed: Decimal


@dataclass(frozen=True)
class SupportLetterFacts:
    """支持起诉书的要素 (domain.md 5.3 C). Number and date come at issue and are no part of it."""

    office: str = field(metadata=fact("检察院", required=True))
    court: str = field(metadata=fact("致送法院", required=True))
    applicants: list[Applicant] = field(metadata=fact("申请人", required=True))
    respondents: list[RespondentParty] = field(metadata=fact("被申请人", required=True))
    origin: str = field(metadata=fact("案件来源", required=True))
    found: str = field(metadata=fact("查明的事实", required=True))
    evidence: str = field(metadata=fact("证据", required=True))
    opinion: str = field(metadata=fact("本院认为", required=True))
    basis: str = field(default=BASIS, metadata=fact("法律依据", required=True))
    arrears: list[Arrears] = field(default_factory=list, metadata=fact("欠薪明细"))
    enclosures: list[str] = field(default_factory=list, metadata=fact("附项"))

    @property
    def has_annex(self) -> bool:
        return len(self.applicants) > MOST_IN_TEXT or len(self.arrears) > MOST_IN_TEXT

    @property
    def who(self) -> str:
        """王建国; 王建国、李志强; 王建国等15人."""
        names = [applicant.name for applicant in self.applicants]
        return f"{names[0]}等{len(names)}人" if len(names) > MOST_IN_TEXT else "、".join(names)

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.arrears), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.arrears), Decimal(0))

    @property
    def owed(self) -> Decimal:
        return sum((row.owed for row in self.arrears), Decimal(0))


def oversteps(facts: SupportLetterFacts) -> str:
    """Why the letter says more than it may (支持起诉书不得代替法院确定判付金额); empty when it does not."""
    if match := AWARD.search(f"{facts.opinion}\n{facts.found}"):
        return f"支持起诉书不能写明法院应判的金额。请删去“{match[0]}”，改为请求依法审理。"
    return ""


def _sentence(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _labelled(label: str, value: str) -> str:
    return f"{label}{value}" if value else ""


SUPPORT_LETTER = papers.register(
    papers.Paper(
        key="support_letter",
        default_title="支持起诉书",
        number_kind="case",
        template="cases/papers/support_letter.html",
        template_version="2026-11",
        facts=SupportLetterFacts,
    )
)
