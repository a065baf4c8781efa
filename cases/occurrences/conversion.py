"""简易程序、小额诉讼转为普通程序 (民诉解释258条): six months from the filing take the place of the shorter period.

The shorter period is cancelled with the event as its reason: nobody kept it and nobody missed it. What had stopped it
stops the other one on the same days; what was prolonged of it was prolonged of the simplified procedure alone.
"""

from accounts.models import User
from cases import clocks
from cases.filing.policy import current_filing, latest_judgment
from cases.models import Case, Filing, Occurrence, Procedure
from deadlines import clocks as deadline_clocks
from deadlines import pauses
from deadlines.models import Deadline

SHORTER = {"C6": Procedure.SIMPLIFIED, "C7": Procedure.SMALL_CLAIMS}
ORDINARY = "C5"
CONVERTED = "converted"


def mark_of(one: Occurrence) -> str:
    """By it the period that was given up is found when the event is taken back."""
    return f"转为普通程序（事件 {one.pk}）"


def simple_filing(case: Case) -> Filing | None:
    """The filing that is tried in simplified or small-claims procedure."""
    filing = current_filing(case)
    return filing if filing and filing.procedure != Procedure.ORDINARY else None


def why_not_convert(case: Case) -> str:
    """Only what is tried in a shorter procedure, and before its judgment is served or the appeal is tried."""
    if simple_filing(case) is None:
        return "本案按普通程序审理，不用登记转为普通程序。"
    judgment = latest_judgment(case)
    if judgment and (judgment.last_served_on or judgment.effective_on or judgment.instance > 1):
        return "裁判已经送达或者生效，不能再登记转为普通程序。"
    return ""


def why_not_announce(case: Case) -> str:
    """简易程序不适用公告送达 (民诉解释140条); the second instance is not tried in it."""
    filing = simple_filing(case)
    if filing is None or clocks.running(case, ("C10", "C10R")):
        return ""
    name = filing.get_procedure_display()
    return (
        f"本案按{name}审理，简易程序不适用公告送达（民诉解释第140条）。"
        "法院已裁定转为普通程序的，请先登记“转为普通程序”，再登记公告送达。"
    )


def convert(case: Case, one: Occurrence, *, by: User) -> None:
    """The trial that goes on goes on by the longer period; one that has been judged only bears the other name."""
    filing = simple_filing(case)
    assert filing is not None  # `why_not_convert` has asked
    for shorter in clocks.running(case, SHORTER):
        longer = clocks.start(
            case,
            ORDINARY,
            on=filing.filed_on,
            by=by,
            rests_on=f"filing-{filing.pk}",
            event="立案（转为普通程序）",
        )
        if longer.cancelled_at is None:  # its rule may be off
            pauses.carry_over(shorter, longer, by=by, reason=mark_of(one))
        clocks.cancel(shorter, by=by, reason=mark_of(one))
    filing.procedure = Procedure.ORDINARY
    filing.save(update_fields=["procedure"])


def why_not_take_back(case: Case, one: Occurrence) -> str:
    """As long as nothing rests on the ordinary procedure."""
    later = Occurrence.objects.filter(case=case, kind="announced", pk__gt=one.pk, removed_at=None).first()
    if later:
        return f"之后登记了“公告送达”（{later.on}），简易程序不适用公告送达，请先撤销那一件。"
    judgment = latest_judgment(case)
    if judgment and (judgment.last_served_on or judgment.effective_on or judgment.instance > 1):
        return "裁判已按普通程序送达或者生效，不能撤销转为普通程序。"
    met = clocks.of_code(case, ORDINARY).filter(met_on__isnull=False, cancelled_at=None).first()
    given_up = Deadline.objects.filter(case_link__case=case, cancel_reason=mark_of(one)).exists()
    if met and given_up:
        return f"“{met.rule['name']}”已于 {met.met_on} 办结，不能撤销转为普通程序。"
    return ""


def take_back(case: Case, one: Occurrence, *, by: User, reason: str) -> None:
    """The shorter period runs on from the day of filing as it stands now, with all that stopped the longer one."""
    filing = current_filing(case)
    assert filing is not None  # its event stands in court
    longer = clocks.running(case, (ORDINARY,))
    for shorter in Deadline.objects.filter(case_link__case=case, cancel_reason=mark_of(one)):
        shorter = deadline_clocks.revive(shorter, by=by)
        shorter = deadline_clocks.correct_start(shorter, on=filing.filed_on, by=by, reason=reason)
        for each in longer:
            pauses.carry_over(each, shorter, by=by, reason=reason)
    for each in longer:
        clocks.cancel(each, by=by, reason=reason)
    before = Deadline.objects.filter(case_link__case=case, term__code__in=SHORTER).order_by("pk").last()
    filing.procedure = SHORTER[before.rule["code"]] if before else Procedure.SIMPLIFIED
    filing.save(update_fields=["procedure"])
