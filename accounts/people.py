"""开户、改户: accounts and units are opened, changed and switched off here. Nobody is ever deleted."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Organisation, OrganisationKind, User
from accounts.passwords import one_time_password
from accounts.permissions import Permission, Role
from audit.log import record
from audit.models import Verb
from core.refusals import Refused

FIELD_NAMES = {
    "name": "姓名",
    "organisation": "单位",
    "role": "角色",
    "department": "部门",
    "phone": "电话",
    "is_active": "启用",
    "abbreviation": "简称",
    "region_code": "行政区划代码",
}


def units_for(user: User) -> QuerySet[Organisation]:
    """The administrator's own unit and everything below it."""
    return Organisation.objects.under(user.organisation)


def why_not_in(role: Role, unit: Organisation) -> str:
    """The reason why this role does not exist in such a unit; empty when it does."""
    if role == Role.PARTNER and not unit.is_partner:
        return "合作单位经办人只能属于合作单位，请改单位或角色。"
    if role == Role.MEDIATOR and unit.kind != OrganisationKind.MEDIATION_BODY:
        return "调解员只能属于调解组织，请改单位或角色。"
    if role not in {Role.PARTNER, Role.MEDIATOR} and not unit.is_procuratorate:
        return f"{role.label}只能属于检察院，请改单位或角色。"
    return ""


@transaction.atomic
def open_account(
    *, username: str, name: str, organisation: Organisation, role: str, by: User, **contact: str
) -> tuple[User, str]:
    """开户. Returns the account and its one-time password, which is stored nowhere and shown once."""
    _demand(by, organisation, Role(role))
    if User.objects.filter(username=username).exists():
        raise Refused(f"用户名 {username} 已有人使用，请换一个。")
    password = one_time_password()
    user = User(username=username, name=name, organisation=organisation, role=role, **contact)
    user.must_change_password = True
    user.set_password(password)
    user.save()
    record(
        by,
        Verb.RIGHTS_CHANGED,
        str(user),
        str(user.pk),
        detail=f"开户：{user.get_role_display()}，{organisation}",
    )
    return user, password


@transaction.atomic
def change_account(user: User, *, by: User, **facts: Any) -> User:
    """改户: unit, role, contact, in use or not. Switched off means out with the next click."""
    user = User.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=user.pk)
    _demand(by, user.organisation, Role(user.role))
    _demand(by, facts["organisation"], Role(facts["role"]))
    changed = _apply(user, facts)
    if user.pk == by.pk and {"role", "organisation", "is_active"} & set(changed):
        raise Refused("不能改自己的角色、单位或停用自己，请由另一位系统管理员办理。")
    if changed:
        user.save(update_fields=list(changed))
        record(by, Verb.RIGHTS_CHANGED, str(user), str(user.pk), detail=_told(changed))
    return user


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """重置密码. Returns a one-time password; every session of the person ends."""
    _demand(by, user.organisation, Role(user.role))
    if user.pk == by.pk:
        raise Refused("自己的密码请在“我的账户”里修改。")
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(by, Verb.RIGHTS_CHANGED, str(user), str(user.pk), detail="重置密码")
    return password


@transaction.atomic
def open_unit(*, by: User, **facts: Any) -> Organisation:
    """新增单位."""
    if not by.may(Permission.ACCOUNTS_MANAGE):
        raise Refused("只有系统管理员可以新增单位。")
    for key, noun in [("code", "单位代码"), ("name", "名称")]:
        if Organisation.objects.filter(**{key: facts[key]}).exists():
            raise Refused(f"{noun} {facts[key]} 已有单位使用，请核对。")
    unit = Organisation.objects.create(**facts)
    record(by, Verb.SETTING_CHANGED, unit.name, unit.code, detail=f"新增单位：{unit.get_kind_display()}")
    return unit


@transaction.atomic
def change_unit(unit: Organisation, *, by: User, **facts: Any) -> Organisation:
    """改单位. Code, kind and place in the tree stay: numbers and rows hang on them."""
    if not by.may(Permission.ACCOUNTS_MANAGE):
        raise Refused("只有系统管理员可以修改单位。")
    unit = Organisation.objects.select_for_update(of=["self"]).select_related("parent").get(pk=unit.pk)
    if unit.pk == by.organisation_id and not facts["is_active"]:
        raise Refused("不能停用自己所在的单位。")
    if Organisation.objects.filter(name=facts["name"]).exclude(pk=unit.pk).exists():
        raise Refused(f"名称 {facts['name']} 已有单位使用，请核对。")
    if changed := _apply(unit, facts):
        unit.save(update_fields=list(changed))
        record(by, Verb.SETTING_CHANGED, unit.name, unit.code, detail=_told(changed))
    return unit


def _demand(by: User, organisation: Organisation, role: Role) -> None:
    if not by.may(Permission.ACCOUNTS_MANAGE):
        raise Refused("只有系统管理员可以开户和改户。")
    if not organisation.path.startswith(by.organisation.path):
        raise Refused("该单位不在你的管理范围内，请选本单位或下级单位。")
    if reason := why_not_in(role, organisation):
        raise Refused(reason)


def _apply(row: Any, facts: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Write the facts onto the row. Returns what changed: field → (before, after) as people read it."""
    changed = {}
    for name, value in facts.items():
        before = _shown(row, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed[name] = (before, _shown(row, name))
    return changed


def _shown(row: Any, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)


def _told(changed: dict[str, tuple[str, str]]) -> str:
    """What changed, for the log. Telephone numbers stay out of it."""
    return "；".join(
        FIELD_NAMES[name] if name == "phone" else f"{FIELD_NAMES[name]} {before or '空'}→{after or '空'}"
        for name, (before, after) in changed.items()
    )
