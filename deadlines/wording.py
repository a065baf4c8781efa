"""How a period was counted, in words: one short phrase for each step of `deadlines.arithmetic.due`."""

from collections.abc import Sequence
from datetime import date

from deadlines.calendars import Calendar
from deadlines.rules import Pause, Rule, Unit

SPOKEN = {
    Unit.DAY: "日",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}


def day_word(rule: Rule) -> str:
    """The kind of day that pauses and extensions of this rule are counted in."""
    return SPOKEN[Unit.WORKING_DAY if rule.unit == Unit.WORKING_DAY else Unit.DAY]


def counted(start: date, end: date, rule: Rule, calendar: Calendar) -> list[str]:
    """A rule without length is a day that people agreed on: nothing was counted."""
    if not rule.length:
        return [f"到期日 {calendar.named(end)}"]
    way = "往前数" if rule.backward else "加"
    begins = f"{start} 中断后重新计算" if rule.anew else f"起算 {start}（不计入）"
    return [begins, f"{way} {rule.length} {SPOKEN[rule.unit]}至 {calendar.named(end)}"]


def paused(pause: Pause, days: int, end: date, rule: Rule, calendar: Calendar) -> str:
    added = f"{days} {day_word(rule)}至 {calendar.named(end)}"
    if pause.goes_on:
        return (
            f"{_since(pause)}、还没恢复，到 {pause.ends} 已停 {days} {day_word(rule)}，"
            f"先顺加至 {calendar.named(end)}"
        )
    return f"{_span(pause)}，顺加 {added}"


def paused_too_late(pause: Pause) -> str:
    return f"{_span(pause)}（停止时已届满，不顺加）"


def extended(days: int, end: date, rule: Rule, calendar: Calendar) -> str:
    return f"延长 {days} {day_word(rule)}至 {calendar.named(end)}"


def extended_by_months(months: int, end: date, calendar: Calendar) -> str:
    return f"延长 {months} 个月至 {calendar.named(end)}"


def extended_until(end: date, calendar: Calendar, stood: str = "") -> str:
    if stood:
        return f"{stood}，至 {calendar.named(end)}"
    return f"延长至 {calendar.named(end)}"


def rolled(last: date, rule: Rule, calendar: Calendar) -> str:
    return f"{'提前' if rule.backward else '顺延'}至 {calendar.named(last)}"


def at_the_latest(last: date, calendar: Calendar) -> str:
    return f"自权利受到损害之日起最长二十年，至 {calendar.named(last)}（民法典第188条第2款）"


def left_out(skipped: Sequence[tuple[date, str]]) -> str:
    """One phrase for all days left out: weekends as a number, each holiday by name with its days."""
    counts: dict[str, int] = {}
    for _, reason in skipped:
        word = "周末" if reason.startswith("周") else reason
        counts[word] = counts.get(word, 0) + 1
    return "其间跳过" + "、".join(f"{word} {n} 天" for word, n in counts.items())


def _span(pause: Pause) -> str:
    return f"{_since(pause)}、{pause.ends} 恢复"


def _since(pause: Pause) -> str:
    return f"{pause.starts} 起{pause.why}停止计算"


def standing(since: date, why: str) -> str:
    """The clock stands still and nothing of it is given back yet."""
    return f"{_since(Pause(since, since, why=why))}、还没恢复"


def together(*whys: str) -> str:
    """Causes that overlap, each named once, in the order in which they began."""
    return "、".join(dict.fromkeys(one for why in whys for one in why.split("、") if one))
