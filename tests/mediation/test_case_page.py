"""诉前和解 on the case page: the way in, how it stands, and nothing where nothing can be done."""

import pytest
from django.urls import reverse

from cases.workflow import Stage
from core import clock
from mediation.models import Mediation
from mediation.sections import of_case
from tests.cases.factories import case_of_office
from tests.cast import client_for


@pytest.fixture
def case(cast, db):
    return case_of_office(cast, review=True)


def test_a_case_in_review_offers_mediation_on_its_page(cast, case):
    page = client_for(cast.prosecutor).get(case.get_absolute_url()).content.decode()

    start = reverse("mediation:case", args=[case.code])
    assert (page.count(f'href="{start}"'), 'id="mediation"' in page) == (2, True)
    assert "启动和解" in page


def test_nothing_is_offered_before_acceptance_or_to_others(cast, case):
    assert of_case(case_of_office(cast), cast.prosecutor) is None
    assert of_case(case, cast.prosecutor2) is None


def test_a_running_mediation_is_shown_and_no_second_one_offered(cast, case):
    mediation = Mediation.objects.create(
        case=case, kind="procuratorial", started_on=clock.today(), recorded_by=cast.prosecutor
    )

    shown = of_case(case, cast.prosecutor)

    assert (shown["url"], [row["tag"] for row in shown["rows"]]) == ("", ["进行中"])
    assert shown["rows"][0]["url"] == mediation.get_absolute_url()
    case.stage = Stage.APPROVAL
    assert of_case(case, cast.prosecutor2)["rows"] == shown["rows"]
