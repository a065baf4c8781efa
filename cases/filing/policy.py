from datetime import date
from decimal import Decimal

from accounts.models import User
from cases import clocks
from cases.models import Case, Claimant, Filing, Hearing, Judgment, Procedure
from cases.policy import why_not_at
from cases.workflow import Stage

SUPPORTED = frozenset({Stage.SUPPORTED})
BEFORE_HEARING = frozenset({Stage.SUPPORTED, Stage.FILED})
IN_COURT = frozenset({Stage.FILED, Stage.TRIAL})
APPEAL_CLOCKS = ("C8", "C9")
RESULTS_OF = {
    Judgment.Kind.JUDGMENT: ("full", "partial", "dismissed"),
    Judgment.Kind.MEDIATION: ("mediated",),
    Judgment.Kind.RULING: ("rejected", "withdrawn", "deemed_withdrawn", "transferred", "ended"),
}


def current_filing(case: Case) -> Filing | None:
    return Filing.objects.filter(case=case, ended_on=None).first()


def latest_judgment(case: Case) -> Judgment | None:
    found = Judgment.objects.filter(filing__case=case, filing__ended_on=None)
    return found.select_related("filing", "appeal").order_by("-instance").first()


def why_not_file(case: Case, user: User) -> str:
    """登记法院立案."""
    return why_not_at(case, user, SUPPORTED, "登记法院立案")


def why_not_number(case: Case, numbers: dict[Claimant, str]) -> str:
    """各申请人案号: of this case's standing claimants, all of them or none, each number once."""
    if any(claimant.case_id != case.pk or claimant.withdrawn_on for claimant in numbers):
        return "各申请人案号里有不属于本案的申请人，请刷新后重填。"
    missing = [str(one) for one in case.claimants.standing().select_related("person") if one not in numbers]
    if numbers and missing:
        return f"还没填法院案号：{'、'.join(missing)}。法院合并立案的，各人案号全部留空。"
    if len(set(numbers.values())) < len(numbers):
        return "各申请人案号有重复。分别立案的每人一个案号；合并立案的，各人案号全部留空。"
    return ""


def why_not_court_refuse(case: Case, user: User) -> str:
    """登记法院不予受理: before a hearing, and before the court has judged."""
    if reason := why_not_at(case, user, BEFORE_HEARING, "登记法院不予受理"):
        return reason
    return "已登记裁判，不能再登记法院不予受理。" if latest_judgment(case) else ""


def why_not_end_after_refusal(case: Case, user: User) -> str:
    """法院不予受理后办结: only when a refusal is on record."""
    if reason := why_not_at(case, user, SUPPORTED, "按法院不予受理办结"):
        return reason
    return "" if case.court_refusals.exists() else "还没登记法院不予受理，不能据此办结。"


def why_not_hear(case: Case, user: User) -> str:
    """登记开庭."""
    return why_not_at(case, user, IN_COURT, "登记开庭")


def why_not_report(case: Case, hearing: Hearing, user: User) -> str:
    """登记庭审情况: once, after a hearing that was registered ahead."""
    if reason := why_not_at(case, user, IN_COURT, "登记庭审情况"):
        return reason
    if hearing.is_ahead:
        return "还没到开庭时间，庭审情况请开庭后登记。"
    return "已登记这次开庭的庭审情况。" if hearing.note else ""


def why_not_judge(case: Case, user: User) -> str:
    """登记裁判: the first instance once; the second only after an appeal."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None or (judgment.instance == 1 and hasattr(judgment, "appeal")):
        return ""
    return f"已登记{judgment.get_instance_display()}裁判 {judgment.number}。有上诉的，请先登记上诉再登记二审裁判。"


def why_not_award(case: Case, judgment: Judgment, awards: dict[Claimant, Decimal]) -> str:
    """确认金额: for every standing claimant when the result gives money, for nobody when it does not."""
    if judgment.result not in RESULTS_OF[Judgment.Kind(judgment.kind)]:
        return (
            f"{judgment.get_kind_display()}的结果不能是“{judgment.get_result_display()}”，"
            "请核对文书种类和结果。"
        )
    if judgment.result not in Judgment.GIVES_MONEY:
        return f"结果是“{judgment.get_result_display()}”，没有确认金额，金额请留空。" if awards else ""
    if any(claimant.case_id != case.pk or claimant.withdrawn_on for claimant in awards):
        return "确认金额里有不属于本案的申请人，请刷新后重填。"
    missing = [str(one) for one in case.claimants.standing().select_related("person") if one not in awards]
    if missing:
        return f"还没填确认金额：{'、'.join(missing)}。没有判给的请填 0。"
    return "" if any(awards.values()) else "确认金额全部是 0，请核对结果和金额。"


def why_not_serve(case: Case, user: User) -> str:
    """登记裁判最后送达日期: from it the appeal period runs."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判送达"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判。"
    return f"已登记最后送达日期 {judgment.last_served_on}。" if judgment.last_served_on else ""


def why_not_appeal(case: Case, user: User) -> str:
    """登记上诉: a first-instance judgment, or a ruling that rejects the suit (民诉法157条、165条、171条)."""
    if reason := why_not_at(case, user, IN_COURT, "登记上诉"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记一审裁判，不能登记上诉。"
    if effective_at_once(judgment):
        return "小额诉讼、调解书、二审裁判以及准许撤诉等裁定没有上诉。"
    return "已登记上诉。" if hasattr(judgment, "appeal") else ""


def effective_at_once(judgment: Judgment) -> bool:
    """Small claims, mediation, second instance, and rulings other than 驳回起诉 have no appeal period."""
    return (
        judgment.instance == 2
        or judgment.kind == Judgment.Kind.MEDIATION
        or judgment.filing.procedure == Procedure.SMALL_CLAIMS
        or (judgment.kind == Judgment.Kind.RULING and judgment.result != Judgment.Result.REJECTED)
    )


def appeal_clocks_of(judgment: Judgment) -> tuple[str, ...]:
    """The period that its last service starts: none where there is no appeal (trap 11)."""
    if effective_at_once(judgment):
        return ()
    return ("C9",) if judgment.kind == Judgment.Kind.RULING else ("C8",)


def why_not_take_back_service(judgment: Judgment) -> str:
    """撤销裁判送达: as long as nothing rests on it."""
    if hasattr(judgment, "appeal"):
        return "已登记上诉，裁判送达不能撤销。"
    return f"裁判已于 {judgment.effective_on} 生效，送达不能撤销。" if judgment.effective_on else ""


def why_not_final(judgment: Judgment) -> str:
    """The judgment stands: no appeal waits for the second instance, and every party has been served."""
    if hasattr(judgment, "appeal"):
        return "上诉还没有二审裁判，一审裁判没有生效。"
    if not effective_at_once(judgment) and judgment.last_served_on is None:
        return "还没登记裁判的最后送达日期，上诉期无法计算。"
    return ""


def why_not_yet(case: Case, on: date) -> str:
    """The appeal period of the last party must be over before this day."""
    for deadline in clocks.running(case, APPEAL_CLOCKS):
        if on <= deadline.due_on:
            return f"上诉期到 {deadline.due_on} 届满，裁判最早次日生效。请在届满后按实际日期登记。"
    return ""


def why_not_take_effect(case: Case, user: User) -> str:
    """登记裁判生效: a judgment that gives money, with no appeal pending."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判生效"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判，不能登记生效。"
    if judgment.result not in Judgment.GIVES_MONEY:
        return f"裁判结果是“{judgment.get_result_display()}”，请按撤诉或驳回办结。"
    return why_not_final(judgment)


def why_not_end_in_court(case: Case, user: User) -> str:
    """登记撤诉或驳回并办结: a result that gives no money, with no appeal pending."""
    if reason := why_not_at(case, user, IN_COURT, "登记撤诉或驳回"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判，请先登记法院的裁定或判决。"
    if judgment.result in Judgment.GIVES_MONEY:
        return f"裁判结果是“{judgment.get_result_display()}”，请登记生效后跟进履行。"
    return why_not_final(judgment)
