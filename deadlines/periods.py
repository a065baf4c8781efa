"""The periods as shipped: courts and others (C, A, I, LA), limitation (L), the procuratorate (P), agreed (M).

`seed_reference` turns each row into a `Term`; an office changes its rules there, not here.
民诉法 = 民事诉讼法 (2023 修正); 民诉解释 = its 司法解释 (2022 修正); 监督规则 = 人民检察院民事诉讼监督规则.
"""

from dataclasses import dataclass, field
from typing import Any

from deadlines.models.term import Confidence, Kind, PauseEvent, Whose
from deadlines.rules import Unit
from deadlines.stages import Rank, Stage

DAY, WORK, MONTH, YEAR, HOUR = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR, Unit.HOUR
SURE, LIKE, KNOWN, ASK = Confidence.SOURCED, Confidence.ANALOGY, Confidence.KNOWN, Confidence.UNSURE
OURS, RIGHT, OTHERS = Whose.OURS, Whose.RIGHT, Whose.OTHERS

HANDLER = (Rank.RESPONSIBLE,)
WITH_HEAD = (Rank.RESPONSIBLE, Rank.HEAD)
WITH_CHIEF = (Rank.RESPONSIBLE, Rank.HEAD, Rank.CHIEF)
LONG = 15  # days: a rule that warns earlier than this speaks up again a week and three days before its end

P = PauseEvent
TRIAL = (P.ANNOUNCEMENT, P.APPRAISAL, P.MEDIATION, P.JURISDICTION, P.SUSPENSION)  # 民诉解释243条
REVIEW = (P.SUSPENSION, P.MEDIATION, P.RETRIEVAL, P.APPRAISAL, P.EXPERT)  # 参照监督规则52、72条


def usual_stages(whose: str, warn: int) -> tuple[Stage, ...]:
    """提醒阶段 where the row names none: before, on and after the end; lateness of our own climbs (升级)."""
    if whose == OTHERS:
        return Stage(-warn), Stage(1)
    again = (Stage(-7), Stage(-3)) if warn >= LONG else ()
    before = (Stage(-warn), *again) if warn else ()
    if whose == RIGHT:
        return *before, Stage(0, WITH_HEAD), Stage(1, WITH_HEAD)
    return *before, Stage(0), Stage(1, WITH_HEAD), Stage(3, WITH_CHIEF)


# 时效 180/90/30/7 (domain.md §4.3), 申请执行 180/60/15 (P14)
LIMITATION = (
    Stage(-180),
    Stage(-90),
    Stage(-30, WITH_HEAD),
    Stage(-7, WITH_HEAD),
    Stage(0, WITH_CHIEF),
    Stage(1, WITH_HEAD),
)
ENFORCE = (
    Stage(-180),
    Stage(-60),
    Stage(-15, WITH_HEAD),
    Stage(-7, WITH_HEAD),
    Stage(0, WITH_CHIEF),
    Stage(1, WITH_HEAD),
)


@dataclass(frozen=True)
class Period:
    """One shipped row. `warn` in days before the due day; `pauses` stop it; `extension`: how it is prolonged.

    `prolonged`: by how much at most, where the law says so; `above`: a higher authority may grant more than that.
    """

    code: str
    name: str
    trigger: str
    length: int
    unit: Unit
    basis: str
    warn: int = 3
    confidence: Confidence = SURE
    kind: Kind = Kind.STATUTORY
    whose: Whose = OTHERS
    roll: bool = True
    backward: bool = False
    pauses: tuple[str, ...] = ()
    extension: str = ""
    by_hand: bool = True
    prolonged: tuple[int, Unit] | None = None
    above: bool = False
    stages: tuple[Stage, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        """The values of a `Term`."""
        return {
            "code": self.code,
            "name": self.name,
            "trigger": self.trigger,
            "length": self.length,
            "unit": self.unit.value,
            "roll": self.roll,
            "backward": self.backward,
            "kind": self.kind.value,
            "basis": self.basis,
            "confidence": self.confidence.value,
            "warn_days": self.warn,
            "stops": bool(self.pauses),
            "whose": self.whose.value,
            "pause_events": [str(each) for each in self.pauses],
            "stages": [each.as_json() for each in self.stages or usual_stages(self.whose, self.warn)],
            "by_hand": self.by_hand,
            "extension": self.extension,
            "extension_length": self.prolonged[0] if self.prolonged else None,
            "extension_unit": self.prolonged[1].value if self.prolonged else "",
            "extension_above": self.above,
        }


def own(
    code: str,
    name: str,
    trigger: str,
    length: int,
    unit: Unit,
    basis: str,
    warn: int,
    confidence: Confidence,
    **more: Any,
) -> Period:
    """A period that the procuratorate set for itself (院内)."""
    given = {"whose": OURS} | more
    return Period(code, name, trigger, length, unit, basis, warn, confidence, Kind.INTERNAL, **given)


def right(
    code: str, name: str, trigger: str, length: int, unit: Unit, basis: str, warn: int = 3, **more: Any
) -> Period:
    """A period in which a party keeps or loses a right: nobody is late when it ends, but the right is gone."""
    return Period(code, name, trigger, length, unit, basis, warn, whose=RIGHT, **more)


# by_hand=False: a page of its own ends the period (登记裁判, 登记送达 …), so the desk leads there
# fmt: off
COURT = [
    Period("C1", "立案审查", "法院收到起诉材料或补正材料", 7, DAY, "民诉法第126条", 2),
    Period("C2", "起诉状副本送达", "立案", 5, DAY, "民诉法第128条", 2),
    Period("C3", "答辩", "被告收到起诉状副本", 15, DAY, "民诉法第128条"),
    Period("C4", "开庭通知", "开庭", 3, DAY, "民诉法第139条；简易程序不适用", 2, backward=True),
    Period(
        "C5", "普通程序审限", "立案", 6, MONTH, "民诉法第152条；民诉解释第243条", 30,
        pauses=TRIAL, extension="经本院院长批准可延长 6 个月；再延长须报上级法院批准", by_hand=False, prolonged=(6, MONTH), above=True,
    ),
    Period(
        "C6", "简易程序审限", "立案", 3, MONTH, "民诉法第164条", 15, pauses=TRIAL, extension="经本院院长批准可延长 1 个月", by_hand=False,
        prolonged=(1, MONTH),
    ),
    Period(
        "C7", "小额诉讼审限（一审终审）", "立案", 2, MONTH, "民诉法第165条、第168条", 15,
        pauses=TRIAL, extension="经本院院长批准可延长 1 个月", by_hand=False, prolonged=(1, MONTH),
    ),
    right("C8", "上诉（判决）", "判决书送达该当事人", 15, DAY, "民诉法第171条；民诉解释第244条", 5, by_hand=False),
    right("C9", "上诉（裁定）", "裁定书送达该当事人", 10, DAY, "民诉法第171条第2款", 3, by_hand=False),
    Period(
        "C10", "二审审限（判决）", "二审立案", 3, MONTH, "民诉法第183条", 15, pauses=TRIAL, extension="经本院院长批准可延长", by_hand=False,
    ),
    Period("C10R", "二审审限（裁定）", "二审立案", 30, DAY, "民诉法第183条", 7, pauses=TRIAL, by_hand=False),
    Period("C11", "保全裁定", "情况紧急的申请", 48, HOUR, "民诉法第103条、第104条", 1, roll=False),
    right("C12", "诉前保全后起诉", "法院采取保全措施", 30, DAY, "民诉法第104条", 7),
    right("C13", "保全、先予执行复议申请", "收到裁定书", 5, DAY, "民诉解释第171条", 2),
    Period("C13C", "保全、先予执行复议审查", "法院收到复议申请", 10, DAY, "民诉解释第171条"),
    right("C14", "司法确认申请", "调解协议生效", 30, DAY, "民诉法第205条；人民调解法第33条", 7, by_hand=False),
    Period(
        "C15", "司法确认审查", "法院受理", 30, DAY, "民诉法第187条（适用哪一期限待核）", 7, ASK,
        extension="有特殊情况经本院院长批准可延长 10 日（旧规定，待核）", prolonged=(10, DAY),
    ),
    Period("C16", "支付令发出", "法院受理", 15, DAY, "民诉法第227条"),
    Period("C17", "支付令异议或清偿", "债务人收到支付令", 15, DAY, "民诉法第227条"),
    right("C18", "申请执行时效", "履行期间最后一日（分期为最后一期）", 2, YEAR, "民诉法第250条", 180, by_hand=False, stages=ENFORCE),
    Period("C19", "6 个月未执行申请上级执行", "法院收到执行申请", 6, MONTH, "民诉法第237条", 15, roll=False),
    Period("C20", "执行异议审查", "收到书面异议", 15, DAY, "民诉法第236条"),
    Period("C21", "公告送达", "发出公告", 30, DAY, "民诉法第95条", 7),
    right("C22", "申请顺延期限", "障碍消除", 10, DAY, "民诉法第86条"),
    Period("A1", "仲裁受理", "仲裁委收到申请", 5, DAY, "劳动争议调解仲裁法第29条", 2),
    Period(
        "A2", "仲裁审限", "仲裁委受理", 45, DAY, "劳动争议调解仲裁法第43条", 7,
        pauses=(P.SUSPENSION, P.APPRAISAL), extension="案情复杂经批准可延长 15 日", prolonged=(15, DAY),
    ),
    right("A3", "不服仲裁起诉", "收到裁决书", 15, DAY, "劳动争议调解仲裁法第48条、第50条", 5),
    Period("A4", "申请撤销终局裁决", "用人单位收到裁决书", 30, DAY, "劳动争议调解仲裁法第49条", 7),
    Period("A5", "劳动争议调解", "提出调解申请", 15, DAY, "劳动争议调解仲裁法第14条"),
    Period(
        "I1", "劳动监察办结", "劳动监察立案", 60, WORK, "劳动保障监察条例第17条", 7,
        roll=False, extension="情况复杂经批准可延长 30 个工作日", prolonged=(30, WORK),
    ),
    right("I2", "劳动监察追溯", "违法行为终了", 2, YEAR, "劳动保障监察条例第20条", 90),
    Period("LA1", "法律援助审查决定", "收到申请", 7, DAY, "法律援助法第43条", 2),
    Period("LA2", "法律援助指派", "作出给予援助决定", 3, DAY, "法律援助法第43条", 1),
]
# fmt: on

ARBITRATE = "劳动争议调解仲裁法第27条"
SUE = "民法典第188条"
# fmt: off
LIMITATIONS = [
    right("L1", "劳动仲裁时效", "知道或者应当知道权利被侵害", 1, YEAR, ARBITRATE, 180, by_hand=False, stages=LIMITATION),
    right("L1E", "劳动仲裁时效（拖欠工资，关系终止后）", "劳动关系终止", 1, YEAR, f"{ARBITRATE}第4款", 180, by_hand=False, stages=LIMITATION),
    right(
        "L1D", "双倍工资仲裁时效", "应付双倍工资的最后一日", 1, YEAR, f"{ARBITRATE}（起算日各地不一）", 180,
        confidence=ASK, by_hand=False, stages=LIMITATION,
    ),
    right("L3", "诉讼时效（劳务、欠条）", "履行期限届满", 3, YEAR, SUE, 180, by_hand=False, stages=LIMITATION),
    right("L3N", "诉讼时效（未约定履行期限）", "宽限期届满或者明确拒绝履行", 3, YEAR, "诉讼时效规定第4条", 180, by_hand=False, stages=LIMITATION),
]
# fmt: on

LOCAL = "本地会签文件"
SUGGESTIONS = "人民检察院检察建议工作规定"
# fmt: off
OWN = [
    own("P1", "线索接收回执", "收到线索", 3, WORK, LOCAL, 1, ASK, roll=False, by_hand=False),
    own("P2", "线索结果反馈", "受理或办结", 5, WORK, LOCAL, 2, ASK, roll=False, by_hand=False),
    own("P3", "受理决定", "材料齐备", 7, DAY, "本地规定", 2, ASK, by_hand=False),
    own("P4", "受理通知与告知", "决定受理", 3, DAY, "参照监督规则第33条", 1, LIKE, by_hand=False),
    own("P5", "控申移送民事检察", "作出决定", 3, DAY, "参照监督规则第34条", 1, LIKE),
    own(
        "P6a", "审查期限（内控目标）", "受理", 15, DAY, "本院办案目标", 3, ASK, pauses=REVIEW, extension="经部门负责人批准可延长", by_hand=False,
    ),
    own("P6b", "审查期限（上限）", "受理", 3, MONTH, "参照监督规则第52条", 15, ASK, pauses=REVIEW, by_hand=False),
    own("P7", "文书送达", "作出决定", 15, DAY, "参照监督规则第87条至第103条；欠薪案件通常 3 日", 3, ASK, by_hand=False),
    own("P8", "回避决定", "提出回避申请", 3, DAY, "监督规则第17条", 1, SURE),
    own("P8R", "回避复议", "提出复议申请", 3, DAY, "监督规则第17条", 1, SURE),
    own("P9", "听证通知", "听证", 3, DAY, "监督规则第56条", 2, SURE, backward=True),
    own("P10", "检察建议回复", "被建议单位收到检察建议", 2, MONTH, SUGGESTIONS, 15, KNOWN, whose=OTHERS),
    own("P11", "检察建议备案", "发出检察建议", 5, DAY, SUGGESTIONS, 2, KNOWN),
    own("P12", "检察建议调查核实", "检察长批准", 2, MONTH, SUGGESTIONS, 15, KNOWN, pauses=(P.SUSPENSION,)),
    own("P13", "对法院建议的复查回复", "收到法院建议", 1, MONTH, "参照监督规则第122条", 7, LIKE),
    own("P14", "诉后跟进（首次）", "履行期限届满", 1, DAY, "本院工作要求", 1, ASK, by_hand=False),
    own("P14N", "诉后跟进（以后每 30 日）", "上一次跟进", 30, DAY, "本院工作要求", 3, ASK, by_hand=False),
]
# fmt: on

# fmt: off
AGREED = [
    Period("M1", "约定履行", "约定的履行日期", 0, DAY, "当事人约定", 3, kind=Kind.AGREED, roll=False, extension="双方另行约定"),
    Period(
        "P1S", "线索补正", "退回时写明的补正日期", 0, DAY, "退回补正通知", 2, kind=Kind.AGREED, whose=OURS, roll=False, by_hand=False,
    ),
    Period("P3S", "申请补正", "补正通知写明的日期", 0, DAY, "补正通知", 2, kind=Kind.AGREED, roll=False, by_hand=False),
]
# fmt: on

PERIODS = [*COURT, *LIMITATIONS, *OWN, *AGREED]
