"""T03, T09, T11, T15: what never reaches a partner, and what a post cannot set."""

import re
from dataclasses import fields

import pytest
from django.urls import reverse

from referrals.facts import COLUMNS
from referrals.models import Referral
from referrals.portal.progress import Progress
from referrals.triage import actions
from referrals.triage.convert import convert
from referrals.workflow import Act, Status
from tests.cast import client_for
from tests.referrals.factories import submitted
from tests.referrals.test_pages import NEW, post_data, text

CANARY = "金丝雀不出笼"
XSS = '<script>alert(1)</script>"><img src=x onerror=1>'
# T09: every column of Referral is either the partner's own words, or listed here with what the portal makes of it.
SHOWN_BY_PROGRESS = {"organisation", "unit", "code", "status", "submitted_at", "handler", "case"}
NEVER_SHOWN = {
    "id",
    "typed",
    "source",
    "created_by",
    "created_at",
    "updated_at",
    "submitted_by",
    "received_on",
    "came_from",
    "version",
    "search",
}


def test_every_column_of_a_lead_is_classified():
    own = set(COLUMNS) - {"source"}
    columns = {field.name for field in Referral._meta.concrete_fields}

    assert columns == own | SHOWN_BY_PROGRESS | NEVER_SHOWN


def test_of_the_case_only_these_reach_the_portal():
    assert {field.name for field in fields(Progress)} == {
        "label",
        "tag",
        "outcome",
        "dates",
        "handler_name",
        "handler_phone",
        "recovered",
    }


def own_pages(lead: Referral) -> list[str]:
    return [
        reverse("partner:home"),
        *[reverse(f"partner:{n}", args=[lead.code]) for n in ("referral", "receipt")],
    ]


def test_no_internal_text_and_nothing_of_others_reaches_a_partner(legalaid, labour, clerk, prosecutor):
    foreign = submitted(labour, employer_name=f"{CANARY}公司", contact_name=CANARY)
    actions.annotate(foreign, text=CANARY, by=clerk)
    lead = submitted(legalaid)
    actions.annotate(lead, text=CANARY, by=clerk)
    case = convert(lead, handler=prosecutor, by=clerk)
    for kind in Act:
        lead.events.create(
            kind=kind, actor=clerk, from_status="submitted", to_status="submitted", note=CANARY
        )
    case.events.create(kind="note", actor=prosecutor, from_stage=case.stage, to_stage=case.stage, note=CANARY)
    type(case).objects.filter(pk=case.pk).update(title=CANARY, facts=CANARY, request=CANARY, series=CANARY)
    client = client_for(legalaid)

    for url in own_pages(lead):
        for headers in ({}, {"HX-Request": "true"}):
            body = text(client.get(url, headers=headers))
            assert CANARY not in body
            assert foreign.code not in body


def test_a_partner_reads_no_full_number_anywhere(legalaid):
    lead = submitted(legalaid, workers=3)
    client = client_for(legalaid)

    for url in own_pages(lead):
        assert re.findall(r"\d{17}[\dX]", text(client.get(url))) == []


def test_names_of_staff_who_triage_are_not_told(legalaid, clerk):
    lead = submitted(legalaid)
    actions.consult_only(lead, explanation="已电话答复。", by=clerk)

    body = text(client_for(legalaid).get(reverse("partner:referral", args=[lead.code])))

    assert "已电话答复。" in body
    assert str(clerk) not in body


def test_a_post_sets_nothing_but_its_own_fields(legalaid, prosecutor):
    stolen = {
        "status": "converted",
        "code": "XS-1",
        "organisation": prosecutor.organisation_id,
        "unit": "",
        "handler": prosecutor.pk,
        "case": "1",
        "submitted_by": prosecutor.pk,
        "received_on": "2020-01-01",
        "source": "court",
        "version": "99",
    }

    client_for(legalaid).post(NEW, post_data(1) | stolen)

    lead = Referral.objects.get()
    assert (lead.status, lead.unit, lead.handler) == (Status.SUBMITTED, legalaid.organisation, None)
    assert (lead.source, lead.submitted_by, lead.version) == ("legal_aid", legalaid, 2)
    assert lead.received_on.year != 2020


@pytest.mark.parametrize("page", ["partner", "office"])
def test_hostile_texts_are_inert_on_every_page(legalaid, clerk, page):
    names = ("contact_name", "employer_name", "project_name", "project_place", "facts", "request")
    lead = submitted(legalaid, **dict.fromkeys(names, XSS))
    urls = own_pages(lead) if page == "partner" else ["/referrals/", lead.get_absolute_url()]
    client = client_for(legalaid if page == "partner" else clerk)

    for url in urls:
        body = text(client.get(url))
        assert "<script>alert" not in body
        assert "<img src=x" not in body


@pytest.mark.parametrize(
    "typed", ["\x00", "\x1b[31m", "\u202e反", "=1+1", "🏗️" * 20, "\ud7ff𠮷", "a" * 130, "{{ user }}", "%s%n"]
)
def test_odd_texts_are_kept_or_refused_but_never_break(legalaid, typed):
    response = client_for(legalaid).post(NEW, post_data(1, employer_name=typed, **{"w-0-name": typed}))

    assert response.status_code in {302, 422}


def test_a_partner_finds_nothing_out_about_other_units_by_an_id_number(legalaid, labour):
    foreign = submitted(labour, workers=1)
    known = foreign.workers.get().id_number

    response = client_for(legalaid).post(NEW, post_data(1, **{"w-0-id_number": known}), follow=True)

    assert response.status_code == 200
    assert foreign.code not in text(response)
