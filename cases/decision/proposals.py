"""Finding the proposal that is up for approval now, and the one before."""

from cases.models import Case, Proposal


def open_proposal(case: Case) -> Proposal | None:
    """What is up the chain at this moment; a case has at most one."""
    found = case.proposals.filter(round__status="open").select_related("round", "document", "target")
    return found.order_by("pk").last()


def last_proposal(case: Case) -> Proposal | None:
    """The newest proposal, whatever became of it."""
    return case.proposals.select_related("round", "document", "target").order_by("pk").last()
