import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from referrals.triage import actions, hints
from referrals.triage.convert import convert
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page
from tests.referrals.factories import submitted, worker_facts

INBOX = "/referrals/"


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_inbox_costs_the_same_for_one_and_thirty_leads(legalaid, clerk):
    client = client_for(clerk)
    submitted(legalaid, workers=1)
    few = queries(client, INBOX)
    for _ in range(29):
        submitted(legalaid, workers=2)

    many = queries(client, INBOX)

    assert few == many
    assert many <= 12


def test_the_portals_home_costs_the_same_for_one_and_thirty_leads(legalaid, clerk):
    client = client_for(legalaid)
    submitted(legalaid, workers=1)
    few = queries(client, "/partner/")
    for _ in range(29):
        submitted(legalaid, workers=2)

    assert queries(client, "/partner/") == few <= 12


@pytest.mark.parametrize(
    "url", [INBOX, "/referrals/?view=all&q=王示例1", "/referrals/{code}/", "/referrals/{code}/return/"]
)
def test_the_panel_is_part_of_the_page_of_the_office(legalaid, clerk, url):
    lead = submitted(legalaid)

    assert_panel_is_part_of_page(client_for(clerk), url.format(code=lead.code))


@pytest.mark.parametrize(
    "url", ["/partner/", "/partner/referrals/{code}/", "/partner/referrals/{code}/receipt/"]
)
def test_the_panel_is_part_of_the_page_of_the_portal(legalaid, url):
    lead = submitted(legalaid)

    assert_panel_is_part_of_page(client_for(legalaid), url.format(code=lead.code))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("view=returned", 1),
        ("view=closed", 1),
        ("view=all", 3),
        ("view=nonsense", 1),
        ("view=all&q=wsl", 3),
        ("view=all&q=不存在", 0),
        ("view=all&source=court", 0),
        ("view=all&urgent=1", 1),
        ("view=all&page=99", 3),
    ],
)
def test_views_and_filters(legalaid, clerk, query, found):
    submitted(legalaid, is_year_end=True)
    back, gone = submitted(legalaid), submitted(legalaid)
    actions.return_for_supplement(back, items=["other"], due_on=back.received_on, by=clerk)
    actions.consult_only(gone, explanation="已答复。", by=clerk)

    page = client_for(clerk).get(f"{INBOX}?{query}")

    assert len(page.context["rows"].object_list) == found


def test_each_duplicate_has_its_reasons(legalaid, labour, clerk, prosecutor):
    same_person = submitted(labour, workers=1, employer_name="别家公司", employer_uscc="", project_name="")
    same_firm = submitted(labour, workers=[worker_facts(50)], project_name="")
    case = convert(submitted(legalaid, workers=1), handler=prosecutor, by=clerk)
    submitted(labour, workers=[worker_facts(60)], employer_name="无关", employer_uscc="", project_name="")

    found = {hint.label: hint.all_reasons for hint in hints.duplicates(submitted(legalaid, workers=2))}

    assert found == {
        f"案件 {case.code}": ["身份证号相同 1 人", "用人单位相同"],
        f"线索 {same_person.code}": ["身份证号相同 1 人"],
        f"线索 {same_firm.code}": ["用人单位相同"],
    }


def test_leads_of_another_office_are_no_duplicates(legalaid, clerk, other):
    there = actions.transfer(submitted(legalaid), target=other.organisation, explanation="前旗", by=clerk)

    assert [hint.url for hint in hints.duplicates(there)] == []


def test_completeness_and_jurisdiction_say_what_is_missing(legalaid):
    bare = submitted(legalaid, region_code="150926", project_place="", request="")

    missing = {what for what, done in hints.completeness(bare) if not done}

    assert missing == {"项目地点", "诉求", "证据材料"}
    assert hints.jurisdiction(bare) == ("项目地区划 150926，不在本院辖区", False)


def test_the_number_beside_the_inbox_is_what_waits(legalaid, clerk):
    submitted(legalaid)

    assert 'class="n"' in client_for(clerk).get(reverse("referrals:inbox")).content.decode()


def test_staff_find_their_own_drafts_again_and_nobody_elses(clerk, head):
    client_for(clerk).post("/referrals/new/", {"draft": "1", "employer_name": "半截公司"})

    assert "半截公司" in client_for(clerk).get(INBOX).content.decode()
    assert "半截公司" not in client_for(head).get(INBOX).content.decode()


def test_nobody_is_said_to_be_told_of_a_lead_that_the_office_registered_itself(clerk, legalaid):
    client = client_for(clerk)
    own, of_partner = submitted(clerk), submitted(legalaid)

    pages = {
        lead: client.get(reverse("referrals:return", args=[lead.code])).content.decode()
        for lead in (own, of_partner)
    }

    assert "移送单位" not in pages[own]
    assert "移送单位会收到补正清单和期限" in pages[of_partner]
    assert "登记内容" in client.get(own.get_absolute_url()).content.decode()
