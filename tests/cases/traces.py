"""A refusal leaves no trace: everything that a verb could have written, counted before and after."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import ApprovalRound, ApprovalStep
from cases.models import (
    Allocation,
    Appeal,
    Archiving,
    Award,
    Case,
    CaseEvent,
    CaseTransfer,
    Closure,
    CourtRefusal,
    Decision,
    Enforcement,
    Extension,
    Filing,
    FilingNumber,
    FollowUp,
    Hearing,
    Judgment,
    Proposal,
    Recovery,
    SupportWithdrawal,
    Suspension,
)
from core.refusals import Refused
from deadlines.models import Deadline
from documents.models import Document, Issue, Version

KEPT = [
    *[CaseEvent, CaseTransfer, Decision, Extension, Proposal, SupportWithdrawal, Issue, Version],
    *[Filing, FilingNumber, CourtRefusal, Hearing, Judgment, Award, Appeal],
    *[Enforcement, FollowUp, Closure, Archiving, Recovery, Allocation],
]
ROWS = {
    Case: ("stage", "version", "decided_on", "closed_on", "archived_on", "intended_court"),
    Filing: ("ended_on",),
    Judgment: ("last_served_on", "effective_on"),
    Enforcement: ("court_number", "version"),
    Recovery: ("verified_at", "returned_at"),
    ApprovalRound: ("status",),
    ApprovalStep: ("actor", "opinion"),
    Suspension: ("lifted_on",),
    Deadline: ("due_on", "paused_on", "met_on", "cancelled_at"),
    Document: ("status",),
}


def everything():
    """All that the verbs of a decision write."""
    counted = [model.objects.count() for model in KEPT]
    rows = [list(model.objects.order_by("pk").values_list("pk", *fields)) for model, fields in ROWS.items()]
    return counted, rows


@contextmanager
def refused(sentence):
    """The block is refused with this sentence and writes nothing."""
    before = everything()
    with pytest.raises(Refused, match=sentence):
        yield
    assert everything() == before


@contextmanager
def locks_first():
    """The first look at the case takes its row lock."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        yield
    reads = [q["sql"] for q in queries.captured_queries if 'FROM "cases_case"' in q["sql"]]
    assert "FOR UPDATE" in reads[0]
