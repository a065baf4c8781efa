"""演示单位与账号 (product.md contract). Fictional people; the password is public, so they exist only where DEMO=1."""

from dataclasses import dataclass

from accounts.models import Organisation, OrganisationKind, User
from accounts.permissions import Role

PASSWORD = "Zhichi-Demo-2026"
Kind = OrganisationKind


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    kind: Kind
    parent: str = ""
    abbreviation: str = ""


UNITS = [
    Unit("100000", "最高人民检察院", Kind.PROCURATORATE, "", "高"),
    Unit("150000", "内蒙古自治区人民检察院", Kind.PROCURATORATE, "100000", "内"),
    Unit("150900", "乌兰察布市人民检察院", Kind.PROCURATORATE, "150000", "乌"),
    Unit("150902", "集宁区人民检察院", Kind.PROCURATORATE, "150900", "集"),
    Unit("150926", "察哈尔右翼前旗人民检察院", Kind.PROCURATORATE, "150900", "察右前"),
    Unit("150902-FY", "集宁区人民法院", Kind.COURT, "150902"),
    Unit("150902-YZ", "集宁区法律援助中心", Kind.LEGAL_AID, "150902"),
    Unit("150902-LJ", "集宁区劳动保障监察大队", Kind.LABOUR_INSPECTION, "150902"),
    Unit("150902-TJ", "集宁区人民调解委员会", Kind.MEDIATION_BODY, "150902"),
]
# username → (姓名, role, unit, 部门)
PEOPLE = {
    "prosecutor": ("李检察官", Role.PROSECUTOR, "150902", "第三检察部"),
    "prosecutor2": ("张检察官", Role.PROSECUTOR, "150902", "第三检察部"),
    "assistant": ("王助理", Role.ASSISTANT, "150902", "第三检察部"),
    "clerk": ("陈内勤", Role.CLERK, "150902", "第三检察部"),
    "head": ("赵主任", Role.DEPARTMENT_HEAD, "150902", "第三检察部"),
    "chief": ("孙副检察长", Role.CHIEF, "150902", "院领导"),
    "other": ("周检察官", Role.PROSECUTOR, "150926", "第二检察部"),
    "other-head": ("吴主任", Role.DEPARTMENT_HEAD, "150926", "第二检察部"),
    "city": ("市院督导", Role.SUPERVISOR, "150900", "第六检察部"),
    "legalaid": ("赵律师", Role.PARTNER, "150902-YZ", ""),
    "labour": ("刘监察员", Role.PARTNER, "150902-LJ", ""),
    "mediator": ("马调解员", Role.MEDIATOR, "150902-TJ", ""),
    "sysadmin": ("系统管理员", Role.SYSTEM_ADMIN, "150902", ""),
    "security": ("安全管理员", Role.SECURITY_ADMIN, "150902", ""),
    "auditor": ("审计管理员", Role.AUDITOR, "150902", ""),
}


def make_units() -> dict[str, Organisation]:
    """The organisation tree from the top down."""
    made: dict[str, Organisation] = {}
    for unit in UNITS:
        made[unit.code], _ = Organisation.objects.get_or_create(
            code=unit.code,
            defaults={
                "name": unit.name,
                "kind": unit.kind,
                "abbreviation": unit.abbreviation,
                "region_code": unit.code[:6],
                "parent": made.get(unit.parent),
                "phone": "0474-8000000" if unit.kind == Kind.PROCURATORATE else "",
            },
        )
    return made


def make_people(units: dict[str, Organisation]) -> dict[str, User]:
    """One account for each of the contract's roles."""
    made: dict[str, User] = {}
    for username, (name, role, unit, department) in PEOPLE.items():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(
                username,
                password=PASSWORD,
                name=name,
                role=role,
                organisation=units[unit],
                department=department,
                phone="0474-8000001" if units[unit].is_procuratorate else "",
            )
        made[username] = user
    return made
