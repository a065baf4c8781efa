from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from core.fields import DayField, TextField
from core.forms import Form, Versioned
from deadlines.models import Confidence, Kind, PauseEvent, Term, Whose
from deadlines.rules import Unit
from deadlines.stages import Rank, Stage

STAGE_ROWS = 8
WHEN = [("", "不提醒"), ("before", "提前"), ("on", "到期当天"), ("after", "超期")]
CLIMBS = [(Rank.HEAD.value, Rank.HEAD.label), (Rank.CHIEF.value, Rank.CHIEF.label)]
EXTENSION_UNITS = [
    ("", "无"),
    *((each.value, each.label) for each in (Unit.DAY, Unit.WORKING_DAY, Unit.MONTH)),
]
SIGN = {"before": -1, "on": 0, "after": 1}


class Filter(Form):
    q = TextField(label="关键词", required=False, max_length=40)
    kind = forms.ChoiceField(label="性质", required=False, choices=[("", "全部"), *Kind.choices])
    unconfirmed = forms.BooleanField(label="只看待本院确认", required=False)


class ReasonForm(Versioned):
    reason = TextField(label="理由", help_text="例如：按检委会 2026 年第 3 次会议纪要")


class TermForm(Versioned):
    """One rule of the office. The code is fixed: the program asks for its periods by it."""

    name = TextField(label="名称", max_length=40)
    trigger = TextField(label="起算事件", max_length=60)
    length = forms.IntegerField(label="长度", min_value=0, max_value=3650)
    unit = forms.ChoiceField(label="单位", choices=Unit)
    kind = forms.ChoiceField(label="性质", choices=Kind)
    whose = forms.ChoiceField(label="由谁办理", choices=Whose, help_text="只有“本院办理”的超期计入本院超期数")
    basis = TextField(label="依据", max_length=120)
    confidence = forms.ChoiceField(label="依据可靠程度", choices=Confidence)
    warn_days = forms.IntegerField(label="提前几天转为临期", min_value=0, max_value=400)
    extension = TextField(label="可延长的情形", max_length=80, required=False, help_text="留空表示不能延长")
    extension_length = forms.IntegerField(
        label="最长可延长", min_value=1, max_value=400, required=False, help_text="留空表示没有规定上限"
    )
    extension_unit = forms.ChoiceField(label="延长的单位", choices=EXTENSION_UNITS, required=False)
    extension_above = forms.BooleanField(
        label="再延长可报上级批准", required=False, help_text="例如普通程序审限，再延长须报上级法院批准"
    )
    roll = forms.BooleanField(label="届满日遇休假日顺延", required=False)
    backward = forms.BooleanField(label="倒数（从开庭等事件往前数）", required=False)
    by_hand = forms.BooleanField(label="可在工作台直接办结", required=False)
    pause_events = forms.MultipleChoiceField(
        label="停止计算的事由",
        choices=PauseEvent,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不勾选表示一直计算，什么事由都不停",
    )
    reason = TextField(label="修改理由", help_text="例如：按检委会 2026 年第 3 次会议纪要")
    then = forms.ChoiceField(
        label="正在计算的期限",
        choices=[
            ("future", "不动，只用于今后起算的期限"),
            ("recount", "保存后列出要变动的期限，再决定是否重算"),
        ],
        widget=forms.RadioSelect,
        initial="future",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(STAGE_ROWS):
            rows: dict[str, forms.Field] = {
                f"stage{n}_when": forms.ChoiceField(label=f"第 {n + 1} 个提醒", choices=WHEN, required=False),
                f"stage{n}_days": forms.IntegerField(
                    label=f"第 {n + 1} 个提醒的天数", required=False, min_value=1, max_value=3650
                ),
                f"stage{n}_to": forms.MultipleChoiceField(
                    label=f"第 {n + 1} 个提醒还告知",
                    choices=CLIMBS,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                ),
            }
            for name, field in rows.items():
                self.fields[name] = field
                self._speak(field)

    @property
    def plain_fields(self) -> list[BoundField]:
        late = ("reason", "then")
        return [
            each
            for each in self.visible_fields()
            if not each.name.startswith("stage") and each.name not in late
        ]

    @property
    def stage_rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        for n in range(STAGE_ROWS):
            yield self[f"stage{n}_when"], self[f"stage{n}_days"], self[f"stage{n}_to"]

    @property
    def rule(self) -> dict[str, Any]:
        """What the verb gets: the rule's own values."""
        facts = {name: value for name, value in self.facts.items() if not name.startswith("stage")}
        del facts["then"]
        pauses = list(facts["pause_events"])
        return facts | {"pause_events": pauses, "stops": bool(pauses), "stages": self._stages()}

    def clean(self) -> None:
        for n in range(STAGE_ROWS):
            when, days = self.cleaned_data.get(f"stage{n}_when"), self.cleaned_data.get(f"stage{n}_days")
            missing = when in ("before", "after") and days is None and f"stage{n}_days" not in self.errors
            if missing:
                self.add_error(f"stage{n}_days", f"还没填第 {n + 1} 个提醒的天数，例如 3。")

    def _stages(self) -> list[dict[str, Any]]:
        found = []
        for n in range(STAGE_ROWS):
            when = self.cleaned_data[f"stage{n}_when"]
            if not when:
                continue
            days = SIGN[when] * (self.cleaned_data[f"stage{n}_days"] or 0)
            found.append(Stage(days, (Rank.RESPONSIBLE.value, *self.cleaned_data[f"stage{n}_to"])))
        return [stage.as_json() for stage in sorted(found, key=lambda stage: stage.days)]


def initial_of(term: Term) -> dict[str, Any]:
    """What the form shows of a rule."""
    initial: dict[str, Any] = {
        name: getattr(term, name) for name in TermForm.base_fields if hasattr(term, name)
    }
    for n, stage in enumerate(term.stages[:STAGE_ROWS]):
        days = stage["days"]
        initial[f"stage{n}_when"] = "before" if days < 0 else "after" if days else "on"
        initial[f"stage{n}_days"] = abs(days) or None
        initial[f"stage{n}_to"] = [rank for rank in stage["to"] if rank != Rank.RESPONSIBLE]
    return initial


class TrialForm(Form):
    """试算: nothing is stored."""

    on = DayField(label="起算日（事件发生的那天）")
    at = forms.TimeField(
        label="时刻", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    paused_on = DayField(label="停止日期", required=False)
    resumed_on = DayField(label="恢复日期", required=False)
    days = forms.IntegerField(label="延长天数", required=False, min_value=1, max_value=3650)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        kept = {
            "at": term.unit == Unit.HOUR,
            "paused_on": term.stops,
            "resumed_on": term.stops,
            "days": bool(term.extension) and not term.backward,
        }
        for name, offered in kept.items():  # the trial knows no more than the real clock allows
            if not offered:
                del self.fields[name]

    def clean(self) -> None:
        first, last = self.cleaned_data.get("paused_on"), self.cleaned_data.get("resumed_on")
        if (first is None) != (last is None) and not self.errors:
            self.add_error("resumed_on" if first else "paused_on", "停止日期和恢复日期请一起填，或都不填。")
        if first and last and last < first:
            self.add_error("resumed_on", f"恢复日期 {last} 早于停止日期 {first}，请改其中一个。")
        on = self.cleaned_data.get("on")
        if first and on and first < on:
            self.add_error("paused_on", f"停止日期 {first} 早于起算日 {on}，请改其中一个。")
        if self.term.unit == Unit.HOUR and on and not self.cleaned_data.get("at") and "at" not in self.errors:
            self.add_error("at", "这条规则按小时计算，请填起算的时刻，例如 14:30。")
