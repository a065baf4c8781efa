"""A double click: the second post goes where the first one went, and nothing is done twice."""

from uuid import uuid4

from core import clock
from tests.cases.factories import case_of_office
from tests.cast import client_for


def test_the_second_half_of_a_double_click_ends_where_the_first_did(cast):
    case = case_of_office(cast)
    client = client_for(cast.prosecutor)
    url = f"/cases/{case.code}/supplement/"
    data = {"items": "身份证复印件", "due_on": clock.today().isoformat(), "submission_key": str(uuid4())}

    first, second = client.post(url, data), client.post(url, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert case.supplements.count() == 1


def test_another_form_on_a_closed_deed_still_gets_the_sentence(cast):
    case = case_of_office(cast)
    client = client_for(cast.prosecutor)
    url = f"/cases/{case.code}/supplement/"
    data = {"items": "身份证复印件", "due_on": clock.today().isoformat()}

    client.post(url, data | {"submission_key": str(uuid4())})
    again = client.post(url, data | {"submission_key": str(uuid4())})

    assert again.status_code == 422
    assert case.supplements.count() == 1


def test_the_key_of_another_person_leads_nowhere(cast):
    case = case_of_office(cast)
    url = f"/cases/{case.code}/supplement/"
    data = {"items": "身份证", "due_on": clock.today().isoformat(), "submission_key": str(uuid4())}
    client_for(cast.prosecutor).post(url, data)

    assert client_for(cast.assistant).post(url, data).status_code == 422
