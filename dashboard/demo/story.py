"""How far each plot goes: one short function for each end, in the order of the procedure."""

from collections.abc import Callable

from dashboard.demo import mediating
from dashboard.demo.walk import Walk

SUSPENSION = {"ground": "other_case", "reasons": "须等待另案对发包关系的认定。"}


def examined(walk: Walk) -> None:
    walk.register()
    walk.examine()


def rejected(walk: Walk) -> None:
    walk.register()
    walk.examine("reject", "no_respondent")
    walk.reject()


def accepted(walk: Walk) -> None:
    examined(walk)
    walk.accept()


def in_review(walk: Walk) -> None:
    accepted(walk)
    if "overdue" in walk.plot.extras or "soon" in walk.plot.extras:
        walk.review()
    if "demanded" in walk.plot.extras:
        walk.demand()
    if "mediation" in walk.plot.extras:
        mediation = mediating.begin(walk, 5)
        notes = "被申请人承认欠付，提出年底前付清；申请人要求缩短付款时间。"
        mediating.hold(walk, mediation, 7, notes=notes, result="约定再次调解")


def suspended(walk: Walk) -> None:
    accepted(walk)
    with walk.at(7) as day:
        starts_on = day
    walk.propose("suspend", 7, starts_on=starts_on, **SUSPENSION)
    walk.agree("head", 7)
    walk.agree("chief", 8)
    walk.hand_over("suspend_decision", 10)


def waiting_for_approval(walk: Walk) -> None:
    accepted(walk)
    walk.review()
    walk.propose("support", 9)
    walk.agree("head", 10)


def declined(walk: Walk) -> None:
    accepted(walk)
    walk.review()
    walk.decide("decline", ground="facts", reasons="用工与结算事实经调查不能认定，证据明显不足。")


def supported(walk: Walk) -> None:
    accepted(walk)
    walk.review()
    walk.decide("support")


def filed(walk: Walk) -> None:
    supported(walk)
    walk.file()


def in_trial(walk: Walk) -> None:
    filed(walk)
    walk.hear()


def in_enforcement(walk: Walk) -> None:
    in_trial(walk)
    walk.judge()
    if walk.plot.until != "enforcement":
        return
    walk.pay(90)
    if "applied" in walk.plot.extras:
        walk.apply_for_enforcement(95)
    if "waiting" in walk.plot.extras:
        walk.wait_for_verification(walk.plot.days_ago - 1)
    walk.follow_up(walk.plot.days_ago - 4)


def closed(walk: Walk) -> None:
    in_enforcement(walk)
    if "corrected" in walk.plot.extras:
        walk.correct(80)
    walk.pay(86)
    walk.close(100)


def archived(walk: Walk) -> None:
    closed(walk)
    walk.archive(130)


def terminated(walk: Walk) -> None:
    """Settled before the mediator and paid on the spot."""
    accepted(walk)
    walk.review()
    mediation = mediating.begin(walk, 5)
    mediating.hold(
        walk, mediation, 6, notes="双方逐人核对工资结算表，金额没有争议。", result="约定三日内一次付清"
    )
    walk.pay(9)
    mediating.settle(walk, mediation, 11)


STORIES: dict[str, Callable[[Walk], None]] = {
    "examined": examined,
    "rejected": rejected,
    "review": in_review,
    "suspended": suspended,
    "approval": waiting_for_approval,
    "declined": declined,
    "supported": supported,
    "filed": filed,
    "trial": in_trial,
    "enforcement": in_enforcement,
    "closed": closed,
    "archived": archived,
    "terminated": terminated,
}
