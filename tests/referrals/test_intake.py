import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Organisation
from core import clock
from core.constraints import sentence_for
from core.refusals import Conflict, Refused
from deadlines.models import Deadline
from referrals.intake import actions, material
from referrals.models import Referral, ReferralSubmission
from referrals.triage.actions import return_for_supplement
from referrals.workflow import Act, Status
from tests.hostile.files import picture, upload
from tests.referrals.factories import referral_facts, submitted, worker_facts

TYPED = {"form": {"employer_name": "半截单位"}, "rows": [{"name": "王"}]}


def returned(lead: Referral, clerk) -> Referral:
    due_on = clock.today() + timedelta(days=5)
    return_for_supplement(lead, items=["evidence"], due_on=due_on, by=clerk)
    lead.refresh_from_db()
    return lead


def test_submit_gives_a_number_keeps_the_original_and_starts_the_receipt_clock(legalaid, clerk):
    lead = submitted(legalaid, workers=3)

    lead.refresh_from_db()
    year = clock.today().year
    assert (lead.code, lead.status) == (f"XS-150902-{year}-0001", Status.SUBMITTED)
    assert (lead.organisation, lead.source) == (clerk.organisation, "legal_aid")
    assert [w.owed for w in lead.workers.all()] == [Decimal(1000), Decimal(2000), Decimal(3000)]
    assert json.loads(lead.submissions.get().content)["workers"][0]["name"] == "王示例1"
    deadline = Deadline.objects.get(referral_link__referral=lead)
    assert (deadline.term.code, deadline.responsible) == ("P1", clerk)


def test_submit_tells_the_office_after_commit_without_personal_data(
    legalaid, clerk, head, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        lead = submitted(legalaid)
        assert clerk.notifications.count() == 0

    told = [person.notifications.get() for person in (clerk, head)]
    assert {note.title for note in told} == {f"线索 {lead.code}：移送"}
    assert legalaid.notifications.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"workers": []}, "还没填务工人员，至少要有一名。"),
        ({"is_consented": False}, "还没勾选“已告知当事人并取得同意”。"),
        ({"received_on": clock.today() + timedelta(days=1)}, "收到日期不能晚于今天"),
        ({"workers": [worker_facts(n) for n in range(301)]}, "名单有 301 人，最多 300 人。"),
    ],
)
def test_submit_refuses_without_a_trace(legalaid, office, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        submitted(legalaid, **changes)

    assert Referral.objects.count() == 0


def test_only_the_units_own_people_submit_and_only_to_the_office_above(legalaid, labour, other, office):
    unit, facts = legalaid.organisation, referral_facts()
    for by, at in [(labour, office), (other, office), (legalaid, other.organisation)]:
        with pytest.raises(Refused):
            actions.submit(at, facts=facts, unit=unit, by=by)
    assert Referral.objects.count() == 0


def test_a_unit_without_an_office_is_told_whom_to_ask(legalaid):
    Organisation.objects.filter(pk=legalaid.organisation_id).update(parent=None)
    legalaid.organisation.refresh_from_db()

    with pytest.raises(Refused, match="请联系检察院"):
        actions.office_of(legalaid.organisation)


def test_staff_register_a_walk_in_without_consent_or_numbers(clerk):
    lead = submitted(
        clerk, source="walk_in", is_consented=False, workers=1, contact_phone="", received_on=clock.today()
    )

    assert (lead.unit, lead.source, lead.sender) == (None, "walk_in", "来访")


def test_a_draft_keeps_whatever_stands_in_the_form_and_becomes_the_lead(legalaid, office):
    unit = legalaid.organisation
    draft = actions.save_draft(office, typed=TYPED, unit=unit, by=legalaid)
    assert (draft.code, draft.employer_name, json.loads(draft.typed)) == ("", "半截单位", TYPED)

    lead = actions.submit(office, facts=referral_facts(), unit=unit, by=legalaid, draft=draft)

    assert (lead.pk, lead.typed, Referral.objects.count()) == (draft.pk, "", 1)
    with pytest.raises(Refused, match="不能移送"):
        actions.submit(office, facts=referral_facts(), unit=unit, by=legalaid, draft=draft)


def test_a_deleted_draft_leaves_nothing(legalaid, office):
    draft = actions.save_draft(office, typed=TYPED, unit=legalaid.organisation, by=legalaid)
    material.attach(draft, file=upload("a.jpg", picture()), kind="iou", by=legalaid)

    actions.delete_draft(draft, by=legalaid)

    assert Referral.objects.count() == 0


def test_a_supplement_answers_the_note_and_keeps_both_submissions(legalaid, clerk):
    lead = returned(submitted(legalaid, workers=1), clerk)

    actions.supplement(lead, facts=referral_facts(2), by=legalaid, version=lead.version)

    lead.refresh_from_db()
    assert (lead.status, lead.workers.count(), lead.submissions.count()) == (Status.SUBMITTED, 2, 2)
    assert lead.return_notes.get().supplemented_by == legalaid
    assert [e.kind for e in lead.events.all()] == [Act.SUBMIT, Act.RETURN, Act.SUPPLEMENT]
    running = Deadline.objects.open().filter(referral_link__referral=lead)
    assert [deadline.term.code for deadline in running] == ["P1"]


def test_a_stale_supplement_is_a_conflict_and_changes_nothing(legalaid, clerk):
    lead = returned(submitted(legalaid), clerk)

    with pytest.raises(Conflict) as caught:
        actions.supplement(lead, facts=referral_facts(5), by=legalaid, version=lead.version - 1)

    assert str(clerk) not in str(caught.value)
    assert (Referral.objects.get().status, lead.workers.count()) == (Status.RETURNED, 2)


def test_supplement_is_refused_unless_returned_and_for_strangers(legalaid, labour, clerk):
    lead = submitted(legalaid)
    with pytest.raises(Refused, match="待接收"):
        actions.supplement(lead, facts=referral_facts(), by=legalaid)
    lead = returned(lead, clerk)
    with pytest.raises(Refused, match="只有移送单位"):
        actions.supplement(lead, facts=referral_facts(), by=labour)


def test_submission_and_timeline_never_change(legalaid):
    lead = submitted(legalaid)
    for rows in (lead.events.all(), ReferralSubmission.objects.all()):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            rows.delete()


def test_one_person_twice_is_refused_by_the_database_in_a_sentence(legalaid):
    twice = [worker_facts(1), replace(worker_facts(1), name="同号")]

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        submitted(legalaid, workers=twice)

    assert sentence_for(caught.value) == "名单里有相同的身份证号，请删去重复的一行。"
