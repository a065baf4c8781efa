"""诉前和解 of a plot, by the real verbs: started by the handler, held by the mediator, agreed and sent up."""

from dashboard.demo.walk import Walk
from mediation import actions
from mediation.models import Mediation, Mediator


def begin(walk: Walk, days: int) -> Mediation:
    """人民调解 before the mediator of the roster; both sides are willing."""
    user = walk.people["mediator"]
    mediator, _ = Mediator.objects.get_or_create(
        user=user, defaults={"organisation": user.organisation, "name": user.name, "field": "劳动报酬"}
    )
    with walk.at(days) as day:
        return actions.start(
            walk.case, kind="peoples", mediator=mediator, started_on=day, willing=True, by=walk.handler
        )


def hold(walk: Walk, mediation: Mediation, days: int, *, notes: str, result: str) -> None:
    """调解会, recorded by the mediator."""
    with walk.at(days, 14) as day:
        actions.add_session(
            mediation,
            held_on=day,
            place="集宁区人民调解委员会调解室",
            attended="申请人代表、被申请人负责人、承办检察官",
            notes=notes,
            result=result,
            by=walk.people["mediator"],
        )


def settle(walk: Walk, mediation: Mediation, days: int) -> None:
    """达成协议, paid on the spot; the proposal to terminate goes up, is agreed and served."""
    with walk.at(days) as day:
        shares = {claimant: (walk.owed(claimant), day) for claimant in walk.case.claimants.standing()}
        actions.agree(
            mediation,
            shares=shares,
            made_on=day,
            effective_on=day,
            performance="当场转账付清",
            signed=True,
            is_paid=True,
            by=walk.handler,
        )
    walk.finish("terminate", days)
