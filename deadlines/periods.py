"""The periods as shipped: courts, arbitration and others (C, A, I, LA), the procuratorate (P), agreed (M).

`seed_reference` turns each row into a `Term`; an office changes its rules there, not here.
民诉法 = 民事诉讼法 (2023 修正); 民诉解释 = its 司法解释 (2022 修正); 监督规则 = 人民检察院民事诉讼监督规则.
"""

from dataclasses import dataclass

from deadlines.models.term import Confidence, Kind
from deadlines.rules import Unit

DAY, WORK, MONTH, YEAR, HOUR = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR, Unit.HOUR
SURE, LIKE, KNOWN, ASK = Confidence.SOURCED, Confidence.ANALOGY, Confidence.KNOWN, Confidence.UNSURE


@dataclass(frozen=True)
class Period:
    """One shipped row. `warn` in days before the due day."""

    code: str
    name: str
    trigger: str
    length: int
    unit: Unit
    basis: str
    warn: int = 3
    confidence: Confidence = SURE
    kind: Kind = Kind.STATUTORY
    roll: bool = True
    backward: bool = False
    stops: bool = False


def own(
    code: str,
    name: str,
    trigger: str,
    length: int,
    unit: Unit,
    basis: str,
    warn: int,
    confidence: Confidence,
    *,
    roll: bool = True,
    backward: bool = False,
    stops: bool = False,
) -> Period:
    """A period that the procuratorate set for itself (院内)."""
    return Period(
        code, name, trigger, length, unit, basis, warn, confidence, Kind.INTERNAL, roll, backward, stops
    )


COURT = [
    Period("C1", "立案审查", "法院收到起诉材料或补正材料", 7, DAY, "民诉法第126条", 2),
    Period("C2", "起诉状副本送达", "立案", 5, DAY, "民诉法第128条", 2),
    Period("C3", "答辩", "被告收到起诉状副本", 15, DAY, "民诉法第128条"),
    Period("C4", "开庭通知", "开庭", 3, DAY, "民诉法第139条；简易程序不适用", 2, backward=True),
    Period("C5", "普通程序审限", "立案", 6, MONTH, "民诉法第152条；民诉解释第243条", 30, stops=True),
    Period("C6", "简易程序审限", "立案", 3, MONTH, "民诉法第164条", 15, stops=True),
    Period("C7", "小额诉讼审限（一审终审）", "立案", 2, MONTH, "民诉法第165条、第168条", 15, stops=True),
    Period("C8", "上诉（判决）", "判决书送达该当事人", 15, DAY, "民诉法第171条；民诉解释第244条", 5),
    Period("C9", "上诉（裁定）", "裁定书送达该当事人", 10, DAY, "民诉法第171条第2款", 3),
    Period("C10", "二审审限（判决）", "二审立案", 3, MONTH, "民诉法第183条", 15, stops=True),
    Period("C10R", "二审审限（裁定）", "二审立案", 30, DAY, "民诉法第183条", 7, stops=True),
    Period("C11", "保全裁定", "情况紧急的申请", 48, HOUR, "民诉法第103条、第104条", 1, roll=False),
    Period("C12", "诉前保全后起诉", "法院采取保全措施", 30, DAY, "民诉法第104条", 7),
    Period("C13", "保全、先予执行复议申请", "收到裁定书", 5, DAY, "民诉解释第171条", 2),
    Period("C13C", "保全、先予执行复议审查", "法院收到复议申请", 10, DAY, "民诉解释第171条"),
    Period("C14", "司法确认申请", "调解协议生效", 30, DAY, "民诉法第205条；人民调解法第33条", 7),
    Period("C15", "司法确认审查", "法院受理", 30, DAY, "民诉法第187条（适用哪一期限待核）", 7, ASK),
    Period("C16", "支付令发出", "法院受理", 15, DAY, "民诉法第227条"),
    Period("C17", "支付令异议或清偿", "债务人收到支付令", 15, DAY, "民诉法第227条"),
    Period("C18", "申请执行时效", "履行期间最后一日（分期为最后一期）", 2, YEAR, "民诉法第250条", 180),
    Period("C19", "6 个月未执行申请上级执行", "法院收到执行申请", 6, MONTH, "民诉法第237条", 15, roll=False),
    Period("C20", "执行异议审查", "收到书面异议", 15, DAY, "民诉法第236条"),
    Period("C21", "公告送达", "发出公告", 30, DAY, "民诉法第95条", 7),
    Period("C22", "申请顺延期限", "障碍消除", 10, DAY, "民诉法第86条"),
    Period("A1", "仲裁受理", "仲裁委收到申请", 5, DAY, "劳动争议调解仲裁法第29条", 2),
    Period("A2", "仲裁审限", "仲裁委受理", 45, DAY, "劳动争议调解仲裁法第43条", 7, stops=True),
    Period("A3", "不服仲裁起诉", "收到裁决书", 15, DAY, "劳动争议调解仲裁法第48条、第50条", 5),
    Period("A4", "申请撤销终局裁决", "用人单位收到裁决书", 30, DAY, "劳动争议调解仲裁法第49条", 7),
    Period("A5", "劳动争议调解", "提出调解申请", 15, DAY, "劳动争议调解仲裁法第14条"),
    Period("I1", "劳动监察办结", "劳动监察立案", 60, WORK, "劳动保障监察条例第17条", 7, roll=False),
    Period("I2", "劳动监察追溯", "违法行为终了", 2, YEAR, "劳动保障监察条例第20条", 90),
    Period("LA1", "法律援助审查决定", "收到申请", 7, DAY, "法律援助法第43条", 2),
    Period("LA2", "法律援助指派", "作出给予援助决定", 3, DAY, "法律援助法第43条", 1),
]

LOCAL = "本地会签文件"
SUGGESTIONS = "人民检察院检察建议工作规定"
OWN = [
    own("P1", "线索接收回执", "收到线索", 3, WORK, LOCAL, 1, ASK, roll=False),
    own("P2", "线索结果反馈", "受理或办结", 5, WORK, LOCAL, 2, ASK, roll=False),
    own("P3", "受理决定", "材料齐备", 7, DAY, "本地规定", 2, ASK),
    own("P4", "受理通知与告知", "决定受理", 3, DAY, "参照监督规则第33条", 1, LIKE),
    own("P5", "控申移送民事检察", "作出决定", 3, DAY, "参照监督规则第34条", 1, LIKE),
    own("P6a", "审查期限（内控目标）", "受理", 15, DAY, "本院办案目标", 3, ASK, stops=True),
    own("P6b", "审查期限（上限）", "受理", 3, MONTH, "参照监督规则第52条", 15, ASK, stops=True),
    own("P7", "文书送达", "作出决定", 15, DAY, "参照监督规则第87条至第103条；欠薪案件通常 3 日", 3, ASK),
    own("P8", "回避决定", "提出回避申请", 3, DAY, "监督规则第17条", 1, SURE),
    own("P8R", "回避复议", "提出复议申请", 3, DAY, "监督规则第17条", 1, SURE),
    own("P9", "听证通知", "听证", 3, DAY, "监督规则第56条", 2, SURE, backward=True),
    own("P10", "检察建议回复", "被建议单位收到检察建议", 2, MONTH, SUGGESTIONS, 15, KNOWN),
    own("P11", "检察建议备案", "发出检察建议", 5, DAY, SUGGESTIONS, 2, KNOWN),
    own("P12", "检察建议调查核实", "检察长批准", 2, MONTH, SUGGESTIONS, 15, KNOWN, stops=True),
    own("P13", "对法院建议的复查回复", "收到法院建议", 1, MONTH, "参照监督规则第122条", 7, LIKE),
    own("P14", "诉后跟进（首次）", "履行期限届满", 1, DAY, "本院工作要求", 1, ASK),
    own("P14N", "诉后跟进（以后每 30 日）", "上一次跟进", 30, DAY, "本院工作要求", 3, ASK),
]

AGREED = [
    Period("M1", "约定履行", "约定的履行日期", 0, DAY, "当事人约定", 3, SURE, Kind.AGREED, roll=False),
    Period(
        "P1S", "线索补正", "退回时写明的补正日期", 0, DAY, "退回补正通知", 2, SURE, Kind.AGREED, roll=False
    ),
    Period("P3S", "申请补正", "补正通知写明的日期", 0, DAY, "补正通知", 2, SURE, Kind.AGREED, roll=False),
]

PERIODS = [*COURT, *OWN, *AGREED]
