"""Papers of a case that are issued and wait for their service."""

from django.db import transaction

from cases import clocks
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from cases.paperwork.issuing import release
from cases.service import actions
from core import clock
from tests.cases.factories import case_of_office


def issued(case, key, *, by, **facts):
    """A paper of this kind, drafted, filled in where the case knows nothing, issued."""
    document = drafting.draft(case, paper_by(key), by=by)
    if facts:
        drafting.revise(case, document, by=by, expected_n=1, **facts)
    return released(case, document, by=by)


def released(case, document, *, by):
    """As the last approver does it, whatever chain this kind of paper has."""
    with transaction.atomic():
        release(case, document, approved_hash=document.latest.content_hash, by=by)
    document.refresh_from_db()
    return document


def accepted(cast):
    """受理通知书 to two applicants, with the clock that waits for it."""
    case = case_of_office(cast, reviewed=True)
    clocks.start(case, "P4", on=case.accepted_on, by=cast.prosecutor, rests_on="accepted_on")
    return case, issued(case, "accept_notice", by=cast.prosecutor)


def suggestion(cast, case=None):
    """检察建议书 to a unit."""
    case = case or case_of_office(cast, reviewed=True)
    facts = {
        "addressee": "集宁区住房和城乡建设局",
        "found": "办案中发现",
        "facts": "工资专用账户没有监管",
        "risk": "再次发生欠薪",
        "suggestions": ("加强监管",),
        "objection": "十日",
    }
    return case, issued(case, "suggestion_letter", by=cast.prosecutor, **facts)


def people_of(document):
    return list(document.addressees.order_by("pk"))


def sign(case, document, to, *, by, on=None, **changes):
    """直接送达: the addressee signs."""
    facts = {"received_by": to.name, "capacity": "self" if to.is_person else "unit"} | changes
    return actions.send(case, document, to=to.pk, way="direct", sent_on=on or clock.today(), by=by, **facts)


def post(case, document, to, *, by, on=None):
    facts = {"tracking_number": "1234567890123", "place": "联系方式确认书"}
    return actions.send(case, document, to=to.pk, way="post", sent_on=on or clock.today(), by=by, **facts)
