"""The search box finds cases and keeps numbers out of addresses."""

from audit.models import Entry, Verb
from tests.cases.factories import case_of_office
from tests.cast import client_for


def test_a_word_goes_to_the_list_over_all_cases(cast):
    response = client_for(cast.head).post("/search/", {"q": " 王建国 "})
    assert response.url == "/cases/?view=all&q=%E7%8E%8B%E5%BB%BA%E5%9B%BD"


def test_an_id_number_finds_the_person_and_stays_out_of_the_address(cast):
    case = case_of_office(cast, review=True)
    person = case.claimants.first().person
    client = client_for(cast.prosecutor)

    response = client.post("/search/", {"q": person.id_number})

    assert person.id_number not in response.url
    assert case.code in client.get(response.url).content.decode()
    entry = Entry.objects.get(verb=Verb.SEARCH)
    assert person.id_number not in entry.detail


def test_the_box_is_shown_to_those_who_may_see_cases_only(cast):
    assert 'action="/search/"' in client_for(cast.prosecutor).get("/account/").content.decode()
    assert 'action="/search/"' not in client_for(cast.sysadmin).get("/account/").content.decode()
