"""调解协议 for papers of a case: cases know no mediation, so it is read for them here."""

from cases.models import Case
from cases.paperwork.rows_after import Agreed, Share
from mediation.models import Agreement


def agreed(case: Case) -> Agreed | None:
    """The newest agreement of the case; the body stands only where one mediated (和解 between the parties has none)."""
    found = (
        Agreement.objects.filter(mediation__case=case)
        .select_related("mediation__mediator__organisation")
        .prefetch_related("shares__claimant__person")
        .order_by("pk")
        .last()
    )
    if found is None:
        return None
    mediator = found.mediation.mediator if found.mediation.kind in found.mediation.BY_BODY else None
    return Agreed(
        shares=tuple(
            Share(name=each.claimant.person.name, amount=each.amount, due_on=each.due_on)
            for each in found.shares.all()
        ),
        made_on=found.made_on,
        performance=found.performance,
        breach=found.breach,
        body=mediator.organisation.name if mediator else "",
        mediator=mediator.name if mediator else "",
    )
