import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from referrals.models import Referral
from referrals.workflow import Status
from tests.cases.factories import id_number
from tests.cast import client_for
from tests.referrals.factories import submitted


def post_data(workers: int = 2, **changes: str) -> dict[str, str]:
    data = {
        "contact_name": "赵律师",
        "contact_phone": "0474-8221234",
        "employer_kind": "company",
        "employer_name": "示例建设工程有限公司",
        "employer_position": "employer",
        "facts": "2025年4月起做木工，多次催要未付。",
        "is_consented": "on",
        "w-TOTAL": str(workers),
    }
    for n in range(workers):
        data |= {f"w-{n}-name": f"王示例{n}", f"w-{n}-id_number": id_number(700 + n), f"w-{n}-owed": "2.4万"}
    return data | changes


def test_a_partner_submits_and_sees_number_time_and_what_comes_next(legalaid):
    client = client_for(legalaid)

    response = client.post(reverse("partner:new"), post_data(), follow=True)

    lead = Referral.objects.get()
    assert response.redirect_chain[0][0] == reverse("partner:receipt", args=[lead.code])
    body = response.content.decode()
    assert lead.code in body
    assert "接下来" in body
    assert "48,000.00" in body
    assert id_number(700) not in body


@pytest.mark.parametrize("name", ["home", "new"])
def test_the_portal_opens(legalaid, name):
    assert client_for(legalaid).get(reverse(f"partner:{name}")).status_code == 200


@pytest.mark.parametrize("page", ["referral", "receipt"])
def test_the_pages_of_a_lead_mask_its_numbers(legalaid, page):
    lead = submitted(legalaid)

    body = client_for(legalaid).get(reverse(f"partner:{page}", args=[lead.code])).content.decode()

    assert lead.code in body
    assert lead.workers.first().id_number not in body


def test_inbox_list_and_pane_show_the_lead(legalaid, clerk):
    lead = submitted(legalaid)
    client = client_for(clerk)

    listed = client.get(reverse("referrals:inbox"))
    opened = client.get(reverse("referrals:inbox"), {"open": lead.code})
    whole = client.get(reverse("referrals:detail", args=[lead.code]))

    assert [r.status_code for r in (listed, opened, whole)] == [200, 200, 200]
    assert lead.code in listed.content.decode()
    assert lead.workers.first().id_number not in whole.content.decode()
