from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from deadlines.models import Term
from deadlines.rules import Unit

LONGEST = {Unit.HOUR: 720, Unit.DAY: 3650, Unit.WORKING_DAY: 1000, Unit.MONTH: 240, Unit.YEAR: 20}


def why_not_change(user: User) -> str:
    """期限规则只由系统管理员按本院决定修改. Empty when this user may."""
    if not user.may(Permission.REFERENCE_MANAGE):
        return "只有系统管理员可以修改期限规则，需要修改请联系本单位系统管理员。"
    if not user.organisation.is_procuratorate:
        return "期限规则按检察院设置，请由检察院的系统管理员修改。"
    return ""


def why_not_switch(term: Term, user: User) -> str:
    """停用、启用. Limitation is watched from the day of registration on (trap 13), so its rules stay on."""
    if reason := why_not_change(user):
        return reason
    if term.is_active and term.code.startswith("L") and not term.code.startswith("LA"):
        return "时效从登记之日起都要监看，这条规则不能停用。需要改长度或者提醒的，请修改规则。"
    return ""


def why_not_values(term: Term, values: dict[str, Any]) -> str:
    """What a rule must not say; `values` is the whole rule as it would be. The first reason, or nothing."""
    unit, length = Unit(values["unit"]), values["length"]
    if (unit == Unit.HOUR) != (term.unit == Unit.HOUR):
        return "按小时计算的规则与按日计算的规则不能互改，请保留原来的单位。"
    if unit == Unit.HOUR and (values["roll"] or values["backward"] or values["stops"]):
        return "按小时计算的期限不顺延、不倒数、不停止计算，请取消勾选。"
    if (length == 0) != (term.length == 0):
        return "长度为 0 表示到期日由双方或通知写明；其他规则的长度请填 1 或以上。"
    if length > LONGEST[unit]:
        return f"长度不能超过 {LONGEST[unit]} {unit.label}，请核对长度和单位。"
    return _why_not_extension(values) or _why_not_stages(values["stages"])


def _why_not_extension(values: dict[str, Any]) -> str:
    length, unit = values["extension_length"], values["extension_unit"]
    if bool(length) != bool(unit):
        return "最长可延长的数字和单位请一起填，或者都留空。"
    if not length:
        return "没有写明最长可延长多少的，不用勾选再延长可报上级批准。" if values["extension_above"] else ""
    if not values["extension"]:
        return "写了最长可延长的，请把可延长的情形也填上。"
    if unit != Unit.MONTH and (unit == Unit.WORKING_DAY) != (values["unit"] == Unit.WORKING_DAY):
        return "延长的单位要与期限的单位一致：按工作日计算的填工作日，其他填自然日或者月。"
    return ""


def _why_not_stages(stages: list[dict[str, Any]]) -> str:
    days = [stage["days"] for stage in stages]
    if not days:
        return "提醒阶段至少要有一个，例如“当天”。"
    if len(set(days)) != len(days):
        return "有两个提醒阶段是同一天，请删去一个。"
    return ""
