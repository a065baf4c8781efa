"""A deed refused on the editor's page leaves the fields as they stand saved."""

import pytest
from django.urls import reverse

from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from tests.cases.factories import case_of_office
from tests.cast import client_for


@pytest.mark.parametrize(
    ("key", "deed"),
    [
        ("fetch_notice", "paper_submission"),
        ("rights_notice", "paper_void"),
        ("rights_notice", "paper_word_back"),
    ],
)
def test_the_fields_are_still_filled_after_a_refusal(cast, key, deed):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by(key), by=cast.prosecutor)

    answer = client_for(cast.prosecutor).post(
        reverse(f"cases:{deed}", args=[case.code, document.pk]), {"x": "1"}
    )

    assert answer.status_code == 422
    assert f'value="{cast.prosecutor}"' in answer.text  # 承办检察官
