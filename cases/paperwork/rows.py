"""Rows of papers (文书里的当事人、金额、证据): what a wording may say of each, by the labels of domain.md §5.2."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from documents.conventions import paper_day
from documents.facts import fact
from documents.wording.vocabulary import worded
from documents.wording.writing import Phrase


def said(label: str, default: Any = "", *, secret: str = "") -> Any:
    """A field of a row, by its label; rows come from the case as a whole."""
    return field(default=default, metadata=fact(label, secret=secret, source="row"))


@dataclass(frozen=True, kw_only=True)
class Worker:
    """申请人 with what is owed to them, in yuan. What is not known stays empty and is left out."""

    name: str = said("姓名")
    sex: str = said("性别")
    born: date | None = said("出生日期", None)
    ethnicity: str = said("民族")
    address: str = said("住址", secret="address")
    id_number: str = said("公民身份号码", secret="id")
    phone: str = said("联系电话", secret="phone")
    job: str = said("工种")
    period: str = said("务工期间")
    wage_standard: str = said("约定标准")
    due: Decimal = said("应付", Decimal(0))
    paid: Decimal = said("已付", Decimal(0))
    owed: Decimal = said("尚欠", Decimal(0))
    is_representative: bool = said("是否代表人", False)

    @property
    @worded("描述")
    def described(self) -> Phrase:
        return person_described(self)


@dataclass(frozen=True, kw_only=True)
class Party:
    """被申请人: a company with its 统一社会信用代码 and 法定代表人, or a person."""

    name: str = said("名称")
    is_company: bool = said("是否单位", True)
    address: str = said("住址", secret="address")
    uscc: str = said("统一社会信用代码")
    representative: str = said("法定代表人")
    position: str = said("责任位置")
    sex: str = said("性别")
    born: date | None = said("出生日期", None)
    ethnicity: str = said("民族")
    id_number: str = said("公民身份号码", secret="id")
    phone: str = said("联系电话", secret="phone")

    @property
    @worded("描述")
    def described(self) -> Phrase:
        """A company's seat is public and is not masked; a person's home is."""
        if not self.is_company:
            return person_described(self)
        parts = [
            ("住所地", self.address, ""),
            ("统一社会信用代码", self.uscc, ""),
            ("联系电话", self.phone, ""),
        ]
        return phrase(self.name, parts)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """诉讼请求 of one kind, over all workers, in yuan."""

    kind: str = said("请求类型")
    heads: int = said("人数", 0)
    owed: Decimal = said("金额", Decimal(0))

    @property
    def name(self) -> str:
        return self.kind


@dataclass(frozen=True, kw_only=True)
class Proof:
    """证据目录 of one item."""

    name: str = said("证据名称")
    form: str = said("证据形式")
    original: str = said("原件或复印件")
    pages: str = said("页数")
    origin: str = said("证据来源")
    proves: str = said("证明目的")
    whose: str = said("所属申请人")


def person_described(person: Worker | Party) -> Phrase:
    """姓名，性别，出生日期，民族，住址，公民身份号码，联系方式 (domain.md §5.2)."""
    born = f"{paper_day(person.born)}出生" if person.born else ""
    plain = [("", each, "") for each in (person.sex, born, person.ethnicity)]
    secret = [
        ("住", person.address, "address"),
        ("公民身份号码", person.id_number, "id"),
        ("联系电话", person.phone, "phone"),
    ]
    return phrase(person.name, [*plain, *secret])


def phrase(name: str, parts: list[tuple[str, str, str]]) -> Phrase:
    """The name, then whatever of (label, value, secret) is known, parted by commas."""
    found: list[tuple[str, str]] = [(name, "")]
    for label, value, secret in parts:
        if value:
            found += [(f"，{label}", ""), (value, secret)]
    return Phrase(tuple(found))
