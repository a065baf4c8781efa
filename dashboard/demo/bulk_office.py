"""The office that bulk cases belong to: its people, numbers, periods, debtors, sites and workers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from accounts.models import Organisation, User
from accounts.permissions import Role
from cases.models import Company, Person, Project
from core.crypto import blind_index
from core.identity import birth_date, check_digit, sex
from dashboard.demo.people import GIVEN, SURNAMES
from deadlines.models import Term
from documents.conventions import number_template
from documents.models import NumberSeries

FIRST_BIRTHDAY, BIRTHDAYS = date(1966, 1, 1), 14_000
REGION = "150981"  # none of those that the demo's people have, so that no number meets another
PLACES = ["白海子镇", "马莲渠乡", "三号地乡", "桥东街道", "前进路街道", "新体路街道", "常青街道"]
TRADES = ["建设工程", "建筑劳务", "装饰装修", "市政工程", "钢结构", "园林绿化", "消防工程", "防水保温"]
WORDS = ["恒通", "宏盛", "安顺", "永固", "同创", "瑞祥", "中泰", "金桥", "华兴", "万隆", "北辰", "聚源"]
SITES = ["还建房", "标准厂房", "安置楼", "管网改造", "宿舍楼", "道路硬化"]
NAMES = {
    Role.PROSECUTOR: "承办人",
    Role.CLERK: "内勤",
    Role.DEPARTMENT_HEAD: "部门负责人",
    Role.CHIEF: "分管领导",
}


@dataclass
class Office:
    """One office while it is being filled. `random` is shared by all, so a seed gives the same rows."""

    unit: Organisation
    random: Random
    people: dict[Role, list[User]] = field(init=False)
    terms: dict[str, Term] = field(default_factory=dict)
    series: dict[tuple[str, int], NumberSeries] = field(default_factory=dict)
    companies: dict[str, Company] = field(init=False)
    projects: dict[tuple[str, str], Project] = field(init=False)
    persons: int = field(init=False)

    def __post_init__(self) -> None:
        self.people = {role: self._people(role) for role in NAMES}
        self.companies = {row.name: row for row in Company.objects.filter(organisation=self.unit, uscc="")}
        rows = Project.objects.filter(organisation=self.unit)
        self.projects = {(row.name, row.place): row for row in rows}
        self.persons = Person.objects.filter(organisation=self.unit).count()

    def _people(self, role: Role) -> list[User]:
        found = list(User.objects.in_role(self.unit, role).order_by("pk"))
        if found:
            return found
        made = User(username=f"{role}-{self.unit.code}", name=NAMES[role], role=role, organisation=self.unit)
        made.set_unusable_password()
        made.save()
        return [made]

    def term(self, code: str) -> Term:
        if code not in self.terms:
            self.terms[code] = Term.objects.effective(code, self.unit)
        return self.terms[code]

    def next(self, kind: str, year: int) -> NumberSeries:
        """The locked counter of a kind and year, one further; `save_numbers` writes it back."""
        if (kind, year) not in self.series:
            NumberSeries.objects.get_or_create(organisation=self.unit, kind=kind, year=year)
            locked = NumberSeries.objects.select_for_update()
            self.series[kind, year] = locked.get(organisation=self.unit, kind=kind, year=year)
        self.series[kind, year].last += 1
        return self.series[kind, year]

    def save_numbers(self) -> None:
        NumberSeries.objects.bulk_update(self.series.values(), ["last"])

    def code(self, year: int) -> str:
        return f"{self.unit.code}-{year}-{self.next('code:', year).last:04}"

    def official_number(self, year: int) -> tuple[NumberSeries, str]:
        series = self.next("case", year)
        text = number_template("case").format(abbr=self.unit.abbreviation, year=year, seq=series.last)
        return series, text

    def person(self) -> Person:
        """A worker of nobody known; the n-th of an office is always the same but for the name."""
        number = _id_number(self.persons)
        phone = f"1{self.random.choice('3578')}{self.random.randrange(10**9):09}"
        self.persons += 1
        return Person(
            organisation=self.unit,
            name=self.random.choice(SURNAMES) + self.random.choice(GIVEN),
            id_number=number,
            id_index=blind_index("person.id", number),
            phone=phone,
            phone_index=blind_index("person.phone", phone),
            bank_account=f"62284800{self.random.randrange(10**11):011}",
            bank_name="农业银行集宁支行",
            address=f"{self.random.choice(PLACES)}{self.random.randrange(1, 900)} 号",
            sex=sex(number),
            born_on=birth_date(number),
        )

    def company(self, add: Callable[[Any], Any]) -> Company:
        words = self.random.choice(WORDS), self.random.choice(WORDS), self.random.choice(TRADES)
        name = f"{''.join(words)}有限公司"
        if name not in self.companies:
            self.companies[name] = add(Company(organisation=self.unit, name=name))
        return self.companies[name]

    def project(self, add: Callable[[Any], Any]) -> Project:
        place = self.random.choice(PLACES)
        name = f"{self.random.choice(WORDS)}{self.random.choice(SITES)}{self.random.randrange(1, 5)}期"
        if (name, place) not in self.projects:
            self.projects[name, place] = add(Project(organisation=self.unit, name=name, place=place))
        return self.projects[name, place]


def _id_number(n: int) -> str:
    born = FIRST_BIRTHDAY + timedelta(days=n % BIRTHDAYS)
    first17 = f"{REGION}{born:%Y%m%d}{n // BIRTHDAYS % 1000:03}"
    return first17 + check_digit(first17)
