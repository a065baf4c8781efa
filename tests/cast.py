"""The named cast: units and people that every test may ask for by name.

`def test_x(prosecutor, other): …` makes just these two and their units. `cast` is the whole theatre: `cast.head`,
`cast.court` … make on first use. `client_for(user)` is a browser in which that person has signed in.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organisation, OrganisationKind, User
from accounts.permissions import Role
from tests.accounts.factories import OrganisationFactory, UserFactory

Kind = OrganisationKind

# name → (code, 名称, 简称, kind, parent)
ORGANISATIONS: dict[str, tuple[str, str, str, Kind, str]] = {
    "city_office": ("150900", "乌兰察布市人民检察院", "乌", Kind.PROCURATORATE, ""),
    "office": ("150902", "集宁区人民检察院", "集", Kind.PROCURATORATE, "city_office"),
    "other_office": ("150926", "察哈尔右翼前旗人民检察院", "前", Kind.PROCURATORATE, "city_office"),
    "court": ("150902-FY", "集宁区人民法院", "", Kind.COURT, "office"),
    "legal_aid_centre": ("150902-FY01", "集宁区法律援助中心", "", Kind.LEGAL_AID, "office"),
    "labour_brigade": ("150902-LJ01", "集宁区劳动保障监察大队", "", Kind.LABOUR_INSPECTION, "office"),
    "mediation_body": ("150902-TJ01", "集宁区人民调解委员会", "", Kind.MEDIATION_BODY, "office"),
}
# username → (姓名, role, unit)
PEOPLE: dict[str, tuple[str, Role, str]] = {
    "prosecutor": ("李检察官", Role.PROSECUTOR, "office"),
    "prosecutor2": ("张检察官", Role.PROSECUTOR, "office"),
    "assistant": ("王助理", Role.ASSISTANT, "office"),
    "clerk": ("陈内勤", Role.CLERK, "office"),
    "head": ("赵主任", Role.DEPARTMENT_HEAD, "office"),
    "chief": ("孙副检察长", Role.CHIEF, "office"),
    "sysadmin": ("系统管理员", Role.SYSTEM_ADMIN, "office"),
    "security": ("安全管理员", Role.SECURITY_ADMIN, "office"),
    "auditor": ("审计管理员", Role.AUDITOR, "office"),
    "other": ("周检察官", Role.PROSECUTOR, "other_office"),
    "other_head": ("吴主任", Role.DEPARTMENT_HEAD, "other_office"),
    "other_chief": ("郑副检察长", Role.CHIEF, "other_office"),
    "city": ("市院督导", Role.SUPERVISOR, "city_office"),
    "legalaid": ("赵律师", Role.PARTNER, "legal_aid_centre"),
    "legalaid2": ("钱律师", Role.PARTNER, "legal_aid_centre"),
    "labour": ("刘监察员", Role.PARTNER, "labour_brigade"),
    "mediator": ("马调解员", Role.MEDIATOR, "mediation_body"),
    "mediator2": ("白调解员", Role.MEDIATOR, "mediation_body"),
}


class Cast:
    """Makes each unit and person once, on first use."""

    def __getattr__(self, name: str) -> Organisation | User:
        if name in ORGANISATIONS:
            made = self._organisation(name)
        elif name in PEOPLE:
            made = self._person(name)
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made

    def _organisation(self, name: str) -> Organisation:
        code, full, short, kind, parent = ORGANISATIONS[name]
        return OrganisationFactory(
            code=code,
            name=full,
            abbreviation=short,
            kind=kind,
            region_code=code[:6],
            parent=getattr(self, parent) if parent else None,
        )

    def _person(self, username: str) -> User:
        name, role, unit = PEOPLE[username]
        return UserFactory(username=username, name=name, role=role, organisation=getattr(self, unit))


def client_for(user: User, **kwargs: object) -> Client:
    """A browser in which this person has signed in."""
    client = Client(**kwargs)
    client.force_login(user, backend="accounts.backend.Backend")
    return client


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def _member(name: str) -> Callable:
    @pytest.fixture(name=name)
    def member(cast: Cast) -> Organisation | User:
        return getattr(cast, name)

    return member


for _name in [*ORGANISATIONS, *PEOPLE]:
    globals()[f"{_name}_fixture"] = _member(_name)
