"""程序事件 as a table: which event starts, ends, stops and resumes which clock. Data only; no queries.

What has a record of its own (立案、裁判、送达、申请执行 …) is in `cases.workflow`. A clock that an event ends must not
begin after it; `stops` and `goes_on` name the `stopped` clocks and why they stand still.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from cases.workflow import OPEN_STAGES, Stage
from deadlines.models import PauseEvent


class Body(TextChoices):
    """由谁作出: whose event it is; the groups of the list to choose from."""

    COURT = "court", "法院：立案与审理"
    PRESERVATION = "preservation", "法院：保全、支付令、司法确认"
    ENFORCEMENT = "enforcement", "法院：执行"
    BOARD = "board", "劳动仲裁、劳动监察、法律援助"
    OFFICE = "office", "本院"
    SUGGESTION = "suggestion", "检察建议"


ANY = frozenset(OPEN_STAGES | {Stage.TERMINATED})
BEFORE_COURT = frozenset({Stage.REGISTERED, Stage.REVIEW, Stage.APPROVAL, Stage.SUPPORTED})
SUPPORTED = frozenset({Stage.SUPPORTED})
IN_REVIEW = frozenset({Stage.REVIEW})
IN_COURT = frozenset({Stage.FILED, Stage.TRIAL})
ENFORCED = frozenset({Stage.ENFORCEMENT, Stage.TERMINATED})
TRIAL_CLOCKS = ("C5", "C6", "C7", "C10", "C10R")
REVIEW_CLOCKS = ("P6a", "P6b")


@dataclass(frozen=True)
class Kind:
    """One event: in plain words, whose it is, what it does to the clocks, in which stages it can happen.

    `ruling` replaces `starts` where a ruling was appealed; `ahead`: its day may lie ahead (听证); `anew`: open
    clocks that it starts begin again; `after` is the event that must stand on record before; `needs` names a fact
    that `policy.FACTS` looks for; `foreign`: its day may lie before the case came to the office; `papers`: what was
    announced is asked for, and what its end starts and ends depends on it (`effects.narrowed`); `converts`: another trial
    period takes the place of the running one (`conversion`).
    """

    label: str
    body: Body
    meaning: str
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    ruling: tuple[str, ...] = ()
    stops: PauseEvent | None = None
    goes_on: PauseEvent | None = None
    stopped: tuple[str, ...] = ()
    stages: frozenset[Stage] = ANY
    needs_hour: bool = False
    ahead: bool = False
    anew: bool = False
    after: str = ""
    needs: str = ""
    foreign: bool = False
    papers: bool = False
    converts: bool = False


C, K, E, B, H, S = Body
P = PauseEvent

# fmt: off
KINDS: dict[str, Kind] = {
    # 法院：立案与审理
    "court_received": Kind("法院收到起诉材料", C, "法院应在七日内决定是否立案。", ("C1",), ("C12", "A3"), stages=SUPPORTED),
    "court_completed": Kind("法院收到补正材料", C, "七日从收到补正材料起重新计算。", ("C1",), stages=SUPPORTED, anew=True),
    "copy_served": Kind("起诉状副本送达被告", C, "被告从收到之日起有十五日答辩。", ("C3",), ("C2", "C21"), stages=IN_COURT),
    "answered": Kind("被告提交答辩", C, "答辩期办结。", meets=("C3",), stages=IN_COURT),
    "announced": Kind(
        "公告送达", C, "公告三十日后视为送达，公告期间不计入审限。", ("C21",),
        stops=P.ANNOUNCEMENT, stopped=TRIAL_CLOCKS, stages=IN_COURT, papers=True,
    ),
    "announcement_over": Kind(
        "公告期满", C, "公告期满视为送达：起诉状副本从期满日起答辩十五日，判决书、裁定书从期满日起算上诉期。审限继续计算。", ("C3",), ("C2", "C21"),
        goes_on=P.ANNOUNCEMENT, stopped=TRIAL_CLOCKS, stages=IN_COURT, after="announced",
    ),
    "appraisal_began": Kind("法院委托鉴定", C, "鉴定期间不计入审限。", stops=P.APPRAISAL, stopped=TRIAL_CLOCKS, stages=IN_COURT),
    "appraisal_ended": Kind(
        "法院收到鉴定意见", C, "审限继续计算。", goes_on=P.APPRAISAL, stopped=TRIAL_CLOCKS, stages=IN_COURT, after="appraisal_began",
    ),
    "jurisdiction_raised": Kind("提出管辖异议", C, "处理管辖异议的期间不计入审限。", stops=P.JURISDICTION, stopped=TRIAL_CLOCKS, stages=IN_COURT),
    "jurisdiction_settled": Kind(
        "管辖异议处理完毕", C, "审限继续计算。", goes_on=P.JURISDICTION, stopped=TRIAL_CLOCKS, stages=IN_COURT, after="jurisdiction_raised",
    ),
    "settling_began": Kind("法院庭外和解开始", C, "双方申请庭外和解的期间不计入审限。", stops=P.MEDIATION, stopped=TRIAL_CLOCKS, stages=IN_COURT),
    "settling_ended": Kind(
        "法院庭外和解结束", C, "审限继续计算。", goes_on=P.MEDIATION, stopped=TRIAL_CLOCKS, stages=IN_COURT, after="settling_began",
    ),
    "trial_stopped": Kind("法院裁定中止诉讼", C, "中止期间不计入审限。", stops=P.SUSPENSION, stopped=TRIAL_CLOCKS, stages=IN_COURT),
    "trial_resumed": Kind(
        "法院恢复诉讼", C, "审限继续计算。", goes_on=P.SUSPENSION, stopped=TRIAL_CLOCKS, stages=IN_COURT, after="trial_stopped",
    ),
    "converted": Kind(
        "转为普通程序", C, "简易程序、小额诉讼的审限不再计算；普通程序六个月自立案之日起计算，停止过的天数照样顺加。",
        stages=IN_COURT, needs="simple", converts=True,
    ),
    "second_filed": Kind("二审立案", C, "判决三个月、裁定三十日内审结，登记二审裁判后办结。", ("C10",), ruling=("C10R",), stages=IN_COURT, needs="appeal"),
    "obstacle_gone": Kind("耽误期限的障碍消除", C, "十日内可以申请顺延期限。", ("C22",), foreign=True),
    "extension_asked": Kind("申请顺延期限", C, "顺延申请期办结。", meets=("C22",), foreign=True),
    # 法院：保全、支付令、司法确认
    "urgent_preservation": Kind("情况紧急申请保全", K, "法院应在四十八小时内裁定。", ("C11",), needs_hour=True),
    "preservation_ruled": Kind("法院作出保全裁定", K, "四十八小时期限办结。", meets=("C11",)),
    "presuit_preserved": Kind("法院采取诉前保全措施", K, "三十日内不起诉或者不申请仲裁，保全解除。", ("C12",), ("C11",), stages=BEFORE_COURT),
    "ruling_received": Kind("收到保全或先予执行裁定", K, "不服的五日内可以申请复议。", ("C13",)),
    "review_asked": Kind("申请复议保全或先予执行裁定", K, "法院应在十日内审查。", ("C13C",), ("C13",)),
    "review_decided": Kind("法院作出复议决定", K, "复议审查期办结。", meets=("C13C",)),
    "confirmation_accepted": Kind("法院受理司法确认申请", K, "司法确认申请期办结，法院审查三十日。", ("C15",), ("C14",)),
    "confirmation_ruled": Kind("法院作出司法确认裁定", K, "司法确认审查期办结。", meets=("C15",)),
    "order_accepted": Kind("法院受理支付令申请", K, "法院应在十五日内发出支付令。", ("C16",)),
    "order_issued": Kind("法院发出支付令", K, "支付令发出期办结。", meets=("C16",)),
    "order_received": Kind("债务人收到支付令", K, "债务人十五日内清偿或者提出异议。", ("C17",), ("C16",)),
    "order_answered": Kind("债务人清偿或提出异议", K, "支付令异议期办结。", meets=("C17",)),
    # 法院：执行
    "enforced": Kind("执行到位", E, "法院采取执行措施并执行到位，六个月期限办结。", meets=("C19",), stages=ENFORCED),
    "upper_court_asked": Kind("申请上一级法院执行", E, "六个月未执行，申请人向上一级法院申请。", meets=("C19",), stages=ENFORCED),
    "objection_received": Kind("法院收到执行异议", E, "法院应在十五日内审查。", ("C20",), stages=ENFORCED),
    "objection_ruled": Kind("法院作出执行异议裁定", E, "执行异议审查期办结。", meets=("C20",), stages=ENFORCED),
    # 劳动仲裁、劳动监察、法律援助
    "board_accepted": Kind("仲裁委受理", B, "仲裁委应在四十五日内裁决。", ("A2",), ("A1",), needs="pending_arbitration"),
    "board_appraisal_began": Kind("仲裁委委托鉴定", B, "鉴定期间不计入仲裁期限。", stops=P.APPRAISAL, stopped=("A2",)),
    "board_appraisal_ended": Kind("仲裁委收到鉴定意见", B, "仲裁期限继续计算。", goes_on=P.APPRAISAL, stopped=("A2",), after="board_appraisal_began"),
    "board_stopped": Kind("仲裁中止", B, "中止期间不计入仲裁期限。", stops=P.SUSPENSION, stopped=("A2",)),
    "board_resumed": Kind("仲裁恢复", B, "仲裁期限继续计算。", goes_on=P.SUSPENSION, stopped=("A2",), after="board_stopped"),
    "award_received": Kind("劳动者收到裁决书", B, "不服的十五日内可以起诉，从收到之日起算。", ("A3",), needs="award_on_the_way"),
    "award_received_by_employer": Kind("用人单位收到终局裁决书", B, "用人单位三十日内可以申请撤销。", ("A4",), needs="final_award"),
    "award_challenged": Kind("用人单位申请撤销裁决", B, "申请撤销期办结。", meets=("A4",)),
    "labour_mediation_asked": Kind("申请劳动争议调解", B, "调解组织应在十五日内结束调解。", ("A5",)),
    "labour_mediation_ended": Kind("劳动争议调解结束", B, "劳动争议调解期办结。", meets=("A5",)),
    "inspection_opened": Kind("劳动监察立案", B, "劳动保障监察应在六十个工作日内办结。", ("I1",)),
    "inspection_closed": Kind("劳动监察办结", B, "劳动监察期限办结。", meets=("I1",)),
    "violation_ended": Kind("违法行为终了", B, "两年内没有被发现或者投诉的，劳动监察不再查处。", ("I2",)),
    "inspection_told": Kind("向劳动监察投诉", B, "在追溯期内已经投诉。", meets=("I2",)),
    "aid_asked": Kind("法律援助机构收到申请", B, "应在七日内决定是否给予援助。", ("LA1",)),
    "aid_granted": Kind("决定给予法律援助", B, "三日内指派人员。", ("LA2",), ("LA1",)),
    "aid_refused": Kind("决定不予法律援助", B, "法律援助审查期办结。", meets=("LA1",)),
    "aid_assigned": Kind("法律援助机构指派人员", B, "法律援助指派期办结。", meets=("LA2",)),
    # 本院
    "transfer_decided": Kind("控申部门决定移送", H, "应在三日内移送民事检察部门。", ("P5",)),
    "transfer_received": Kind("民事检察部门收到移送", H, "控申移送期办结。", meets=("P5",)),
    "recusal_asked": Kind("提出回避申请", H, "应在三日内决定。", ("P8",)),
    "recusal_decided": Kind("作出回避决定", H, "回避决定期办结。", meets=("P8",)),
    "recusal_review_asked": Kind("对回避决定申请复议", H, "应在三日内复议。", ("P8R",)),
    "recusal_review_decided": Kind("作出回避复议决定", H, "回避复议期办结。", meets=("P8R",)),
    "hearing_set": Kind("确定听证日期", H, "日期填听证当天，应在三日前通知参加人。", ("P9",), ahead=True),
    "hearing_told": Kind("已通知听证参加人", H, "听证通知期办结。", meets=("P9",)),
    "files_asked": Kind("调阅卷宗开始", H, "调阅卷宗期间不计入审查期限。", stops=P.RETRIEVAL, stopped=REVIEW_CLOCKS, stages=IN_REVIEW),
    "files_read": Kind("调阅卷宗结束", H, "审查期限继续计算。", goes_on=P.RETRIEVAL, stopped=REVIEW_CLOCKS, stages=IN_REVIEW, after="files_asked"),
    "audit_began": Kind("委托鉴定、审计", H, "鉴定、审计期间不计入审查期限。", stops=P.APPRAISAL, stopped=REVIEW_CLOCKS, stages=IN_REVIEW),
    "audit_ended": Kind("鉴定、审计结束", H, "审查期限继续计算。", goes_on=P.APPRAISAL, stopped=REVIEW_CLOCKS, stages=IN_REVIEW, after="audit_began"),
    "expert_asked": Kind("专家咨询开始", H, "专家咨询期间不计入审查期限。", stops=P.EXPERT, stopped=REVIEW_CLOCKS, stages=IN_REVIEW),
    "expert_answered": Kind("专家咨询结束", H, "审查期限继续计算。", goes_on=P.EXPERT, stopped=REVIEW_CLOCKS, stages=IN_REVIEW, after="expert_asked"),
    "court_proposed": Kind("收到法院建议", H, "应在一个月内复查并回复。", ("P13",)),
    "court_answered": Kind("已回复法院建议", H, "复查回复期办结。", meets=("P13",)),
    # 检察建议
    "inquiry_approved": Kind("检察长批准调查核实", S, "一般应在两个月内完成。", ("P12",)),
    "inquiry_ended": Kind("调查核实终结", S, "调查核实期办结。", meets=("P12",)),
    "suggestion_issued": Kind("发出检察建议", S, "应在五日内报上一级院备案。", ("P11",)),
    "suggestion_filed": Kind("检察建议已备案", S, "备案期办结。", meets=("P11",)),
    "suggestion_received": Kind("被建议单位收到检察建议", S, "从收到之日起两个月内回复。", ("P10",), needs="unserved_suggestion"),
    "suggestion_answered": Kind("被建议单位已回复", S, "检察建议回复期办结。", meets=("P10",)),
}
# fmt: on

BOARD_AND_PARTIES = frozenset({Body.BOARD, Body.PRESERVATION})  # what others did may be older than our case
STOPPERS = {kind.after: code for code, kind in KINDS.items() if kind.goes_on}  # begin → its end


def kind_of(code: str) -> Kind:
    """The row of the table; events of a kind that left it keep their code as their name."""
    return KINDS.get(code) or Kind(code, Body.OFFICE, "")
