"""A lead under way: kept by itself, open in two tabs, handed in meanwhile. Nothing typed is lost."""

import pytest
from django.urls import reverse

from cases.models import Source
from core import clock
from referrals.models import Referral
from referrals.workflow import Status
from tests.cast import client_for
from tests.referrals.test_pages import NEW, post_data, text

KEY = "7b0c2c8e-98a4-4c7e-9f39-0a35d7f7a002"


@pytest.fixture
def portal(legalaid):
    return client_for(legalaid)


def kept(portal, **changes) -> dict:
    """The draft as the page keeps it by itself."""
    return portal.post(NEW, post_data(draft="1", by_itself="1", submission_key=KEY, **changes)).json()


def test_a_form_that_keeps_itself_learns_its_address_and_version(portal):
    answer = kept(portal, employer_name="半截公司")

    draft = Referral.objects.get()
    assert answer == {"action": reverse("partner:draft", args=[draft.pk]), "version": draft.version}
    assert "半截公司" in text(portal.get(answer["action"]))


def test_an_older_page_does_not_silently_overwrite_a_newer_draft(portal):
    first = kept(portal)
    portal.post(first["action"], post_data(draft="1", version=first["version"], account="第二处写的"))

    response = portal.post(
        first["action"], post_data(draft="1", version=first["version"], account="旧页写的")
    )

    assert response.status_code == 409
    assert "在另一处存过" in text(response)
    assert "旧页写的" in text(response)
    assert "第二处写的" in text(portal.get(first["action"]))


def test_after_the_warning_the_page_may_be_kept_as_it_is(portal):
    first = kept(portal)
    portal.post(first["action"], post_data(draft="1", version=first["version"]))
    warned = portal.post(first["action"], post_data(draft="1", version=first["version"], account="旧页写的"))
    version = warned.context["filling"].form.data["version"]

    portal.post(first["action"], post_data(draft="1", version=version, account="旧页写的"))

    assert "旧页写的" in text(portal.get(first["action"]))


def test_an_older_page_is_not_handed_in_over_a_newer_draft(portal):
    first = kept(portal)
    portal.post(first["action"], post_data(draft="1", version=first["version"]))

    response = portal.post(first["action"], post_data(version=first["version"]))

    assert (response.status_code, Referral.objects.get().status) == (409, Status.DRAFT)


def test_a_draft_sent_twice_is_one_lead_with_one_receipt(portal):
    first = kept(portal)
    data = post_data(version=first["version"], submission_key=KEY)

    once, twice = portal.post(first["action"], data), portal.post(first["action"], data)

    assert (once.status_code, once.url) == (302, twice.url)
    assert Referral.objects.count() == 1


def test_a_draft_handed_in_elsewhere_keeps_what_stands_in_the_other_page(portal):
    first = kept(portal)
    portal.post(first["action"], post_data(version=first["version"]))
    lead = Referral.objects.get()

    response = portal.post(first["action"], post_data(version=first["version"], account="另一处写的"))

    assert response.status_code == 409
    assert f"已在另一处提交，编号 {lead.code}" in text(response)
    assert "另一处写的" in text(response)
    assert f'action="{NEW}"' in text(response)
    assert Referral.objects.count() == 1


def test_the_address_of_a_draft_leads_on_to_the_lead_it_became(portal, clerk):
    first = kept(portal)
    portal.post(first["action"], post_data(version=first["version"]))

    assert portal.get(first["action"]).url == Referral.objects.get().partner_url


def test_staff_are_led_on_as_well(clerk):
    staff = client_for(clerk)
    data = post_data(
        source=Source.WALK_IN.value, received_on=str(clock.today()), employer_position="employer"
    )
    answer = staff.post("/referrals/new/", data | {"draft": "1", "by_itself": "1"}).json()
    staff.post(answer["action"], data | {"version": answer["version"]})

    assert staff.get(answer["action"]).url == Referral.objects.get(unit=None).get_absolute_url()


def test_a_number_of_a_person_never_gets_into_the_address_of_the_inbox(clerk):
    response = client_for(clerk).post("/referrals/", {"view": "all", "q": "１５０９０２ 19850312 0011"})

    assert response.url == "/referrals/?view=all"


def test_a_search_of_the_inbox_keeps_its_other_conditions_in_the_address(clerk):
    response = client_for(clerk).post(
        "/referrals/", {"view": "all", "q": "XS-150902-2026-0001", "source": ""}
    )

    assert response.url == "/referrals/?view=all&q=XS-150902-2026-0001"
