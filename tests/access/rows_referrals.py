"""Leads: the partner's portal and the office's inbox."""

from datetime import timedelta

from core import clock
from referrals.intake import actions as intake
from referrals.intake import material
from referrals.triage import actions
from tests.access.matrix import HANDLERS, OFFICE, OTHER_OFFICE, PARTNER_UNIT, PARTNERS, REST, Row
from tests.hostile.files import picture, upload
from tests.referrals.factories import submitted

OWN = [(200, PARTNER_UNIT), (404, PARTNERS), (403, REST)]
OWN_POST = [(422, PARTNER_UNIT), (404, PARTNERS), (403, REST)]
OWN_DONE = [(302, PARTNER_UNIT), (404, PARTNERS), (403, REST)]
INBOX = [(200, OFFICE), (404, OTHER_OFFICE), (403, REST)]
INBOX_POST = [(422, OFFICE), *INBOX[1:]]
HANDLED = [(200, HANDLERS), (404, OTHER_OFFICE), (403, REST)]
HANDLED_POST = [(422, HANDLERS), *HANDLED[1:]]
REGISTRARS = (*HANDLERS, "other", "other_head")
CLERKS_OWN = [(200, "clerk"), (404, REGISTRARS), (403, REST)]


def a_lead(cast):
    return {"code": submitted(cast.legalaid).code}


def a_draft(cast):
    unit = cast.legalaid.organisation
    made = intake.save_draft(cast.office, typed={"form": {}, "rows": []}, unit=unit, by=cast.legalaid)
    return {"pk": made.pk}


def a_draft_of_staff(cast):
    made = intake.save_draft(cast.office, typed={"form": {}, "rows": []}, unit=None, by=cast.clerk)
    return {"pk": made.pk}


def _returned(cast, by):
    lead = submitted(by)
    due_on = clock.today() + timedelta(days=5)
    actions.return_for_supplement(lead, items=["evidence"], due_on=due_on, by=cast.clerk)
    return {"code": lead.code}


def a_returned_lead(cast):
    return _returned(cast, cast.legalaid)


def a_returned_lead_of_staff(cast):
    return _returned(cast, cast.prosecutor)


def a_closed_lead(cast):
    lead = submitted(cast.legalaid)
    actions.consult_only(lead, explanation="已答复。", by=cast.clerk)
    return {"code": lead.code}


def a_file(cast):
    lead = submitted(cast.legalaid)
    link = material.attach(lead, file=upload("picture.jpg", picture()), kind="iou", by=cast.legalaid)
    return {"code": lead.code, "pk": link.pk}


def a_file_alone(cast):
    return {"pk": a_file(cast)["pk"]}


def a_file_of_a_draft(cast):
    unit = cast.legalaid.organisation
    draft = intake.save_draft(cast.office, typed={"form": {}, "rows": []}, unit=unit, by=cast.legalaid)
    link = material.attach(draft, file=upload("picture.jpg", picture()), kind="iou", by=cast.legalaid)
    return {"pk": draft.pk, "file": link.pk}


def a_worker(cast):
    lead = submitted(cast.legalaid)
    return {"code": lead.code, "pk": str(lead.workers.first().pk), "field": "id"}


def a_contact(cast):
    return {"code": submitted(cast.legalaid).code, "field": "contact"}


DECISIONS = (
    "conversion",
    "return",
    "redirection",
    "consultation",
    "unwillingness",
    "invalidation",
    "transfer",
    "note",
)

ROWS = [
    Row("partner:home", get=[(200, PARTNERS), (403, REST)]),
    Row("partner:new", get=[(200, PARTNERS), (403, REST)], post=[(422, PARTNERS), (403, REST)]),
    Row("partner:draft", a_draft, get=OWN, post=OWN_POST),
    Row("partner:draft_deletion", a_draft, post=OWN_DONE),
    Row("partner:draft_file", a_file_of_a_draft, get=OWN),
    Row("partner:referral", a_lead, get=OWN),
    Row("partner:receipt", a_lead, get=OWN),
    Row("partner:supplement", a_returned_lead, get=OWN, post=OWN_POST),
    Row("partner:supplement", a_lead, get=[(302, PARTNER_UNIT), *OWN[1:]], post=OWN_DONE),
    Row("partner:attachments", a_lead, post=OWN_DONE),
    Row("partner:file", a_file, get=OWN),
    Row("partner:file_removal", a_file_alone, post=OWN_DONE),
    Row(
        "referrals:inbox",
        get=[(200, (*OFFICE, *OTHER_OFFICE)), (403, REST)],
        post=[(302, (*OFFICE, *OTHER_OFFICE)), (403, REST)],
    ),
    Row("referrals:new", get=[(200, REGISTRARS), (403, REST)], post=[(422, REGISTRARS), (403, REST)]),
    Row("referrals:draft", a_draft_of_staff, get=CLERKS_OWN, post=[(422, "clerk"), *CLERKS_OWN[1:]]),
    Row("referrals:draft_deletion", a_draft_of_staff, post=[(302, "clerk"), *CLERKS_OWN[1:]]),
    Row("referrals:detail", a_lead, get=INBOX),
    Row("referrals:file", a_file, get=INBOX),
    Row("referrals:worker_reveal", a_worker, get=INBOX, post=INBOX_POST),
    Row("referrals:phone_reveal", a_contact, get=INBOX, post=INBOX_POST),
    Row("referrals:supplement", a_returned_lead_of_staff, get=HANDLED, post=HANDLED_POST),
    Row("referrals:feedback", a_closed_lead, get=HANDLED, post=HANDLED_POST),
    *[Row(f"referrals:{name}", a_lead, get=HANDLED, post=HANDLED_POST) for name in DECISIONS],
]
