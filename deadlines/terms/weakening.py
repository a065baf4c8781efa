"""削弱期限: what a change of a statutory rule, or of one of the house, brings about, in sentences to be confirmed."""

from typing import Any

from accounts.models import User
from deadlines.models import Deadline, Kind, Term, Whose
from deadlines.rules import Unit
from deadlines.terms import words
from deadlines.wording import SPOKEN

HOURS = {
    Unit.HOUR: 1,
    Unit.DAY: 24,
    Unit.WORKING_DAY: 34,
    Unit.MONTH: 730,
    Unit.YEAR: 8760,
}  # to compare only


def consequences(now: Term, values: dict[str, Any]) -> list[str]:
    """The sentences, in the order of their weight; none where nothing becomes weaker, or it is agreed."""
    if now.kind == Kind.AGREED:
        return []
    old = words.values_of(now)
    found = [
        _off(now, old, values),
        _longer(now, old, values),
        _stops(old, values),
        _roll(now, old, values),
        "改变数的方向：到期日换到事件的另一边。" if old["backward"] != values["backward"] else "",
        _later_warning(old, values),
        _fewer_reminders(old["stages"], values["stages"], now.whose),
        "可以延长：承办人登记延长后到期日推后。" if values["extension"] and not old["extension"] else "",
        _prolonged(old, values),
        _no_longer(now, values),
        _not_ours(old, values),
    ]
    return [sentence for sentence in found if sentence]


def heading(now: Term, user: User) -> str:
    """Which law says what, and how many deadlines of the office run by it."""
    running = Deadline.objects.open().filter(organisation=user.organisation_id, term__code=now.code).count()
    source = "定的是" if now.kind == Kind.STATUTORY else "，现在是"
    return (
        f"{now.basis}{source}：{words.sentence(now)}本院正在按它计算的 {running} 项期限，保存时不变；"
        "以后选择重算的，按改后的规则变动。"
    )


def unconfirmed(now: Term) -> str:
    """What stands above them."""
    what = "法定期限" if now.kind == Kind.STATUTORY else "本院自定的期限"
    return f"这样改会削弱{what}。请核对下面的后果，确认后再保存。"


def _no_longer(now: Term, new: dict[str, Any]) -> str:
    if new["kind"] == now.kind:
        return ""
    if now.kind == Kind.STATUTORY:
        return "不再标为法定期限，不再受法定期限的保护。"
    return "" if new["kind"] == Kind.STATUTORY else "不再标为院内期限，超期不再计入本院超期。"


def _off(now: Term, old: dict[str, Any], new: dict[str, Any]) -> str:
    if new["is_active"] or not old["is_active"]:
        return ""
    return f"停用：以后“{now.trigger}”照常登记，但不再计算这项期限，也不再提醒，到期没有人知道。"


def _hours(values: dict[str, Any]) -> int:
    return int(values["length"]) * HOURS[Unit(values["unit"])]


def _length(values: dict[str, Any]) -> str:
    return f"{values['length']} {SPOKEN[Unit(values['unit'])]}"


def _longer(now: Term, old: dict[str, Any], new: dict[str, Any]) -> str:
    if _hours(new) <= _hours(old) and old["unit"] == new["unit"]:
        return ""
    way = "提前" if new["backward"] or _hours(new) < _hours(old) else "推后"
    day = "法定的那一天" if now.kind == Kind.STATUTORY else "本院原定的那一天"
    return f"长度由 {_length(old)}改为 {_length(new)}：到期日{way}，{day}过去时系统可能还没有提醒。"


def _stops(old: dict[str, Any], new: dict[str, Any]) -> str:
    more = [each for each in new["pause_events"] if each not in old["pause_events"]]
    if not more:
        return ""
    return f"新增停止计算的事由（{words.told('pause_events', more)}）：发生时到期日推后。"


def _prolonged(old: dict[str, Any], new: dict[str, Any]) -> str:
    """A ceiling that is higher, or gone."""
    if not old["extension_length"]:
        return ""
    before = old["extension_length"] * HOURS[Unit(old["extension_unit"])]
    now = new["extension_length"] and new["extension_length"] * HOURS[Unit(new["extension_unit"])]
    if not now:
        return "取消延长的上限：登记多长的延长都不再拦住。" if new["extension"] else ""
    more = new["extension_above"] and not old["extension_above"]
    return "提高延长的上限：登记延长后到期日可以推得更后。" if now > before or more else ""


def _roll(now: Term, old: dict[str, Any], new: dict[str, Any]) -> str:
    if old["roll"] == new["roll"]:
        return ""
    if new["roll"]:
        return "改为遇休假日顺延：到期日可能推后。"
    if now.kind != Kind.STATUTORY:
        return ""  # the house may be stricter with itself
    return "届满日遇休假日不再顺延：到期日可能提前，与民法典第203条、民诉法第85条不一致。"


def _later_warning(old: dict[str, Any], new: dict[str, Any]) -> str:
    if new["warn_days"] >= old["warn_days"]:
        return ""
    return f"由到期前 {old['warn_days']} 天改为 {new['warn_days']} 天转为临期：更晚提醒。"


def _fewer_reminders(old: list[dict[str, Any]], new: list[dict[str, Any]], whose: str) -> str:
    """Each day of the old plan must still be spoken of, to everybody who heard of it."""
    kept = {stage["days"]: set(stage["to"]) for stage in new}
    lost = [stage for stage in old if not set(stage["to"]) <= kept.get(stage["days"], set())]
    if not lost:
        return ""
    told = "；".join(f"{label} → {who}" for label, who in words.told_stages(lost, whose))
    return f"以下提醒取消或者少告知了人：{told}。"


def _not_ours(old: dict[str, Any], new: dict[str, Any]) -> str:
    lost = old["whose"] == Whose.OURS and new["whose"] != Whose.OURS
    return "改由他方办理：超期不再计入本院超期。" if lost else ""
