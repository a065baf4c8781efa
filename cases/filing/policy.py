from accounts.models import User
from cases.models import Case, Filing, Judgment, Procedure
from cases.policy import why_not_at
from cases.workflow import Stage

SUPPORTED = frozenset({Stage.SUPPORTED})
BEFORE_HEARING = frozenset({Stage.SUPPORTED, Stage.FILED})
IN_COURT = frozenset({Stage.FILED, Stage.TRIAL})


def current_filing(case: Case) -> Filing | None:
    return Filing.objects.filter(case=case, ended_on=None).first()


def latest_judgment(case: Case) -> Judgment | None:
    found = Judgment.objects.filter(filing__case=case, filing__ended_on=None).select_related("filing")
    return found.order_by("-instance").first()


def why_not_file(case: Case, user: User) -> str:
    """登记法院立案."""
    return why_not_at(case, user, SUPPORTED, "登记法院立案")


def why_not_court_refuse(case: Case, user: User) -> str:
    """登记法院不予受理."""
    return why_not_at(case, user, BEFORE_HEARING, "登记法院不予受理")


def why_not_end_after_refusal(case: Case, user: User) -> str:
    """法院不予受理后办结: only when a refusal is on record."""
    if reason := why_not_at(case, user, SUPPORTED, "按法院不予受理办结"):
        return reason
    return "" if case.court_refusals.exists() else "还没登记法院不予受理，不能据此办结。"


def why_not_hear(case: Case, user: User) -> str:
    """登记开庭."""
    return why_not_at(case, user, IN_COURT, "登记开庭")


def why_not_judge(case: Case, user: User) -> str:
    """登记裁判: the first instance once; the second only after an appeal."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return ""
    if judgment.instance == 1 and hasattr(judgment, "appeal"):
        return ""
    return f"已登记{judgment.get_instance_display()}裁判 {judgment.number}。有上诉的，请先登记上诉再登记二审裁判。"


def why_not_serve(case: Case, user: User) -> str:
    """登记裁判最后送达日期: from it the appeal period runs."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判送达"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判。"
    return f"已登记最后送达日期 {judgment.last_served_on}。" if judgment.last_served_on else ""


def why_not_appeal(case: Case, user: User) -> str:
    """登记上诉: a first-instance judgment or ruling; small claims and mediation have no appeal (民诉法165条)."""
    if reason := why_not_at(case, user, IN_COURT, "登记上诉"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记一审裁判，不能登记上诉。"
    if effective_at_once(judgment):
        return "小额诉讼、调解书和二审裁判没有上诉。"
    return "已登记上诉。" if hasattr(judgment, "appeal") else ""


def effective_at_once(judgment: Judgment) -> bool:
    """Small claims, mediation and second instance take effect without an appeal period."""
    return (
        judgment.instance == 2
        or judgment.kind == Judgment.Kind.MEDIATION
        or judgment.filing.procedure == Procedure.SMALL_CLAIMS
    )


def why_not_take_effect(case: Case, user: User) -> str:
    """登记裁判生效: a judgment that gives money, with no appeal pending."""
    if reason := why_not_at(case, user, IN_COURT, "登记裁判生效"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判，不能登记生效。"
    if judgment.result not in Judgment.GIVES_MONEY:
        return f"裁判结果是“{judgment.get_result_display()}”，请按撤诉或驳回办结。"
    if hasattr(judgment, "appeal"):
        return "上诉还没有二审裁判，一审裁判没有生效。"
    if not effective_at_once(judgment) and judgment.last_served_on is None:
        return "还没登记裁判的最后送达日期，上诉期无法计算。"
    return ""


def why_not_end_in_court(case: Case, user: User) -> str:
    """登记撤诉或驳回并办结: a result that gives no money, with no appeal pending."""
    if reason := why_not_at(case, user, IN_COURT, "登记撤诉或驳回"):
        return reason
    judgment = latest_judgment(case)
    if judgment is None:
        return "还没登记裁判，请先登记法院的裁定或判决。"
    if judgment.result in Judgment.GIVES_MONEY:
        return f"裁判结果是“{judgment.get_result_display()}”，请登记生效后跟进履行。"
    return "上诉还没有二审裁判，不能办结。" if hasattr(judgment, "appeal") else ""
