"""风险提示 of a case: tags from what is known. They warn and never bar anything."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from cases.limitation.hints import hints_of
from cases.limitation.overview import nearest
from cases.models import Case, Claimant
from cases.workflow import Stage

GROUP = 10  # 民诉法 56、57 条：人数众多，一般指十人以上
PENDING = frozenset({Stage.FILED, Stage.TRIAL})  # the suit has met the limitation
FESTIVAL_DAYS, LIMITATION_DAYS = 60, 180
ADULT, RETIRED = 18, 60
# 农历正月初一. The State Council's notice of a year comes only in the autumn before.
SPRING_FESTIVALS = [
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
    date(2031, 1, 23),
    date(2032, 2, 11),
    date(2033, 1, 31),
    date(2034, 2, 19),
    date(2035, 2, 8),
]


class Risk(NamedTuple):
    """One tag: its words and its colour (`danger`, `warning`, `neutral`)."""

    label: str
    tone: str = "warning"


def risks(case: Case, claimants: list[Claimant], today: date) -> list[Risk]:
    """Tags in the order of their weight. A case that has ended warns of nothing."""
    if case.has_ended:
        return []
    standing = [each for each in claimants if each.withdrawn_on is None]
    found: list[Risk | None] = [
        _group(standing),
        _limitation(case, today),
        _interruptions(case),
        *_ages(standing, today),
        _festival(today),
        Risk("绿色通道", "neutral") if case.green_channel else None,
    ]
    return [risk for risk in found if risk]


def _group(standing: list[Claimant]) -> Risk | None:
    if len(standing) < GROUP:
        return None
    without = "" if any(each.is_representative for each in standing) else "，未登记代表人"
    return Risk(f"涉 {len(standing)} 人群体{without}", "danger")


def _limitation(case: Case, today: date) -> Risk | None:
    """时效: from the day of registration on. Expiry is a risk and bars nothing (domain.md trap 13)."""
    line = None if case.stage in PENDING else nearest(case, today)
    if line is None:
        return None
    if line.expires_on is None:
        return Risk("时效起算日待查明")
    if line.is_waived:
        return Risk(f"时效 {line.expires_on} 届满，义务人已同意履行", "neutral")
    if line.has_expired:
        return Risk(f"时效 {line.expires_on} 届满", "danger")
    if line.expires_on - today > timedelta(days=LIMITATION_DAYS):
        return None
    return Risk(f"时效{line.left}", line.tone)


def _interruptions(case: Case) -> Risk | None:
    """时效中断待确认: while nobody has looked, the earlier day stands."""
    waiting = 0 if case.stage in PENDING else len(hints_of(case))
    return Risk(f"时效中断待确认 {waiting} 项") if waiting else None


def _ages(standing: list[Claimant], today: date) -> list[Risk]:
    ages = [_age(each, today) for each in standing if each.person.born_on]
    young, old = sum(age < ADULT for age in ages), sum(age >= RETIRED for age in ages)
    found = [Risk(f"未成年 {young} 人", "danger")] if young else []
    return found + ([Risk(f"超龄 {old} 人")] if old else [])


def _age(claimant: Any, today: date) -> int:
    born = claimant.person.born_on
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _festival(today: date) -> Risk | None:
    near = any(timedelta() <= day - today <= timedelta(days=FESTIVAL_DAYS) for day in SPRING_FESTIVALS)
    return Risk("临近春节") if near else None
