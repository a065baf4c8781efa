"""Forms of 审查: each saves one part. They check shape; the verbs ask the rest."""

from typing import Any

from django import forms

from cases.forms import Editing
from cases.models import Answer, Arbitration, Inquiry, LegalTrack, Review
from cases.review.checklist import QUESTIONS
from core.fields import DayField, LongTextField, TextField
from core.forms import Once

CHOOSE = ("", "请选择")
TRACKS = [CHOOSE, *((code, label) for code, label in LegalTrack.choices if code != LegalTrack.UNDECIDED)]
RESULTS = [(code, label) for code, label in Arbitration.Result.choices if code != Arbitration.Result.PENDING]


class TrackForm(Editing):
    """认定法律关系."""

    legal_track = forms.ChoiceField(label="法律关系", choices=TRACKS)
    track_reasons = LongTextField(
        label="认定理由", help_text="管理与从属程度、报酬如何约定和支付、有无合同；不单凭协议名称认定"
    )


class LimitationForm(Editing):
    """时效审查."""

    limitation_from = DayField(
        label="时效起算日", future=False, help_text="劳动关系：终止之日；劳务、欠条：约定付款日"
    )
    limitation_note = LongTextField(label="审查意见")


class OpinionsForm(Editing):
    """审查意见, and the court to which the case is to go: papers take it from here before there is a decision."""

    intended_court = TextField(
        label="拟诉法院",
        max_length=60,
        required=False,
        help_text="起诉状、支持起诉书的致送法院从这里取，写法院全称",
    )
    facts_found = LongTextField(label="查明事实", required=False)
    evidence_opinion = LongTextField(label="证据分析", required=False)
    legal_opinion = LongTextField(
        label="法律分析", required=False, help_text="支持起诉书的“本院认为”从这里取"
    )
    necessity = LongTextField(label="必要性与自愿性", required=False)
    risks = LongTextField(label="风险提示", required=False)

    def clean_intended_court(self) -> str | None:
        """A post without the field (a page from before it was there) leaves the court as it is."""
        return self.cleaned_data["intended_court"] if "intended_court" in self.data else None


class IouForm(Editing):
    """工资欠条例外."""

    iou_exception = forms.BooleanField(label="适用工资欠条例外，不经仲裁直接起诉", required=False)
    iou_note = TextField(label="适用理由", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("iou_exception") and not data.get("iou_note") and "iou_note" not in self.errors:
            self.add_error("iou_note", "适用工资欠条例外请写明理由。")
        return data


class ResultForm(Once):
    """登记仲裁结果."""

    result = forms.ChoiceField(label="仲裁结果", choices=[CHOOSE, *RESULTS])
    result_on = DayField(label="结果日期", future=False)
    received_on = DayField(label="收到裁决日期", required=False, future=False)
    is_final = forms.BooleanField(label="一裁终局", required=False)


class ArbitrationForm(Once):
    """登记劳动仲裁."""

    board = TextField(label="仲裁委员会", max_length=80)
    number = TextField(label="仲裁案号", max_length=60, required=False)
    applied_on = DayField(label="申请日期", future=False)
    result = forms.ChoiceField(label="仲裁结果", choices=Arbitration.Result.choices)
    result_on = DayField(label="结果日期", required=False, future=False)
    received_on = DayField(label="收到裁决日期", required=False, future=False)
    is_final = forms.BooleanField(label="一裁终局", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_pending = data.get("result") == Arbitration.Result.PENDING
        if not is_pending and not data.get("result_on") and "result_on" not in self.errors:
            self.add_error("result_on", "仲裁有结果时请填结果日期。")
        if is_pending and data.get("result_on"):
            self.add_error("result_on", "仲裁还在审理，结果日期请留空或改选结果。")
        return data


class InquiryForm(Once):
    """调查核实."""

    kind = forms.ChoiceField(label="方式", choices=[CHOOSE, *Inquiry.Kind.choices])
    on = DayField(label="调查日期", future=False)
    target = TextField(label="对象", max_length=100)
    investigators = TextField(label="调查人员", max_length=100, help_text="二人以上，用顿号隔开")
    findings = LongTextField(label="核实情况")


class ChecklistForm(Editing):
    """审查清单: an answer and, where it is 否, a note to each question. What is left open stays open."""

    def __init__(self, *args: Any, review: Review | None, **kwargs: Any) -> None:
        checks = review.checks.all() if review else []
        initial: dict[str, Any] = {"version": review.version if review else 0}
        for check in checks:
            initial |= {check.question: check.answer, f"{check.question}_note": check.note}
        super().__init__(*args, initial=initial, **kwargs)
        for question, label in QUESTIONS.items():
            answer = forms.ChoiceField(
                label=label, choices=Answer.choices, widget=forms.RadioSelect, required=False
            )
            note = TextField(label="说明", max_length=300, required=False)
            note.widget.attrs["aria-label"] = f"{label}：说明"
            for name, field in ((question, answer), (f"{question}_note", note)):
                self._speak(field)
                self.fields[name] = field

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[question], self[f"{question}_note"]) for question in QUESTIONS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for question, label in QUESTIONS.items():
            if data.get(question) == Answer.NO and not data.get(f"{question}_note"):
                self.add_error(f"{question}_note", f"“{label}”选了否，请写明情况。")
            if data.get(f"{question}_note") and not data.get(question):
                self.add_error(question, f"“{label}”写了说明，还没选是、否或不适用。")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        answered = {
            question: (data[question], data[f"{question}_note"]) for question in QUESTIONS if data[question]
        }
        return {"answers": answered, "version": data["version"]}
