"""Pages of 送达: the paper with its addressees, small forms, the list of papers, the receipt."""

import uuid

import pytest

from cases.service import actions
from cases.service.receipts import draft_receipt
from core import clock
from documents import papers
from documents.models import Service
from tests.cases.factories import ClaimantFactory, case_of_office, picture
from tests.cases.serving import accepted, issued, people_of, post, sign, suggestion
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page


@pytest.fixture
def paper(cast):
    return accepted(cast)


def url_of(case, document, rest=""):
    return f"/cases/{case.code}/documents/{document.pk}/service/{rest}"


def words(response):
    return response.content.decode()


def test_page_and_panel_say_whom_the_paper_waits_for(paper, cast):
    case, document = paper
    first, second = people_of(document)
    sign(case, document, first, by=cast.clerk)
    client = client_for(cast.clerk)
    shown = words(client.get(url_of(case, document)))
    assert f"还没送达：{second.name}。" in shown
    assert "已送达 1/2" in shown
    assert_panel_is_part_of_page(client, url_of(case, document))
    assert client_for(cast.other).get(url_of(case, document)).status_code == 404


def test_drafts_and_papers_of_other_cases_are_not_found(paper, cast):
    case, document = paper
    other = case_of_office(cast, reviewed=True)
    client = client_for(cast.clerk)
    assert client.get(url_of(other, document)).status_code == 404
    unserved = issued(case, "contact_confirmation", by=cast.prosecutor)
    assert client.get(url_of(case, unserved)).status_code == 404
    way = f"addressees/{people_of(document)[0].pk}/pigeon/"
    assert client.get(url_of(case, document, way)).status_code == 404


def test_a_form_is_refused_with_its_sentence_then_saved_once(paper, cast):
    case, document = paper
    first = people_of(document)[0]
    client = client_for(cast.clerk)
    url = url_of(case, document, f"addressees/{first.pk}/direct/")
    data = {"sent_on": clock.today().isoformat(), "capacity": "self", "submission_key": str(uuid.uuid4())}
    wrong = client.post(url, data)
    assert (wrong.status_code, "还没填签收人" in words(wrong)) == (422, True)
    data["received_by"] = first.name
    answers = [client.post(url, data) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert Service.objects.count() == 1
    again = client.post(url, data | {"submission_key": str(uuid.uuid4())})
    assert (again.status_code, "已经送达" in words(again)) == (422, True)
    assert_panel_is_part_of_page(client, url)


def test_mail_from_sending_to_return(paper, cast):
    case, document = paper
    client, first = client_for(cast.clerk), people_of(document)[0]
    today = clock.today().isoformat()
    data = {"sent_on": today, "tracking_number": "1098765432100", "place": "联系方式确认书"}
    client.post(url_of(case, document, f"addressees/{first.pk}/post/"), data)
    row = Service.objects.get()
    assert "送达中 0/2" in words(client.get(f"/cases/{case.code}/documents/"))
    back = url_of(case, document, f"tries/{row.pk}/returned/")
    wrong = client.post(back, {"returned_on": today, "undelivered": "on", "remark": "联系不上"})
    assert (wrong.status_code, "现在填了 0 次" in words(wrong)) == (422, True)
    client.post(back, {"returned_on": today, "remark": "拒绝签收", "try_1": today})
    shown = words(client.get(url_of(case, document)))
    assert "未送达，已退回" in shown
    assert "第 1 次退回后再送" in shown


def test_scans_are_reached_through_their_paper_alone(paper, cast):
    case, document = paper
    row = sign(case, document, people_of(document)[0], by=cast.clerk, scan=picture("回证.png"))
    client = client_for(cast.clerk)
    file = url_of(case, document, f"files/{row.receipt_id}/")
    answer = client.get(file)
    assert (answer.status_code, answer["Content-Disposition"].startswith("attachment")) == (200, True)
    assert b"".join(answer.streaming_content)
    other, letter = suggestion(cast)
    assert client.get(url_of(other, letter, f"files/{row.receipt_id}/")).status_code == 404
    assert client_for(cast.other).get(file).status_code == 404


def test_the_receipt_is_filled_with_paper_and_addressee(paper, cast):
    case, document = paper
    first = people_of(document)[0]
    receipt = draft_receipt(case, document, to=first.pk, by=cast.clerk)
    facts = papers.facts_of(receipt.latest)
    assert facts.papers == (f"《受理通知书》（{document.issue.number}）",)
    assert (facts.addressee, facts.servers, facts.case_number) == (
        first.name,
        (cast.clerk.name,),
        case.official_number,
    )
    answer = client_for(cast.clerk).post(url_of(case, document, f"addressees/{first.pk}/receipt/"))
    assert answer.status_code == 302


def test_the_list_of_papers_and_the_old_register_stand_side_by_side(paper, cast):
    case, document = paper
    for one in people_of(document):
        sign(case, document, one, by=cast.clerk)
    client = client_for(cast.clerk)
    assert "已送达</a>" in words(client.get(f"/cases/{case.code}/documents/"))
    data = {
        "paper": "other",
        "addressee": "某单位",
        "means": "direct",
        "served_on": clock.today().isoformat(),
    }
    assert client.post(f"/cases/{case.code}/services/new/", data).status_code == 302
    shown = words(client.get(f"/cases/{case.code}/services/new/"))
    assert "系统外文书：其他文书 → 某单位" in shown
    assert document.issue.number in shown


def test_addressees_are_added_and_left_out_on_pages(paper, cast):
    case, document = paper
    client, (first, _) = client_for(cast.clerk), people_of(document)
    data = {"name": "某工会", "whom": "unit", "copies": "2"}
    assert client.post(url_of(case, document, "addressees/new/"), data).status_code == 302
    twice = client.post(url_of(case, document, "addressees/new/"), data)
    assert (twice.status_code, "已在受送达人里" in words(twice)) == (422, True)
    out = url_of(case, document, f"addressees/{first.pk}/out/")
    assert client.post(out, {"reason": "已经当面领取副本"}).status_code == 302
    assert "已经当面领取副本" in words(client.get(url_of(case, document)))


@pytest.mark.parametrize("page", ["", "list"])
def test_one_addressee_costs_as_many_queries_as_thirty(cast, page, django_assert_max_num_queries):
    counts = []
    for people in (0, 28):
        case = case_of_office(cast, reviewed=True)
        for _ in range(people):
            ClaimantFactory(case=case)
        document = issued(case, "accept_notice", by=cast.prosecutor)
        post(case, document, people_of(document)[0], by=cast.clerk)
        url = url_of(case, document) if not page else f"/cases/{case.code}/documents/"
        client = client_for(cast.clerk)
        client.get(url)
        with django_assert_max_num_queries(24) as queries:
            client.get(url)
        counts.append(len(queries.captured_queries))
    assert counts[0] == counts[1]


def test_no_name_leaves_for_timeline_notifications_or_to_dos(paper, cast, django_capture_on_commit_callbacks):
    case, document = paper
    first = people_of(document)[0]
    with django_capture_on_commit_callbacks(execute=True):
        row = post(case, document, first, by=cast.clerk)
        actions.returned(
            case, document, one=row.pk, returned_on=clock.today(), tries=[], remark="拒收", by=cast.clerk
        )
    told = [*case.events.values_list("note", flat=True)]
    told += [each.title + each.url for each in cast.prosecutor.notifications.all()]
    told += [duty.task.title for duty in case.service_duties.select_related("task")]
    assert told
    assert not [each for each in told if first.name in each]
