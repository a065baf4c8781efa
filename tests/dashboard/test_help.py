"""帮助 says what is true: figures and periods come from their own definitions."""

import pytest
from django.urls import reverse

from dashboard.figures import FIGURES
from dashboard.help_pages import TOPICS
from deadlines.models import Term
from tests.cast import client_for


def page(user, name) -> str:
    return client_for(user).get(reverse("dashboard:help_topic", args=[name])).content.decode()


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_opens_from_the_list_for_a_partner_too(legalaid, name):
    listed = client_for(legalaid).get(reverse("dashboard:help")).content.decode()

    assert reverse("dashboard:help_topic", args=[name]) in listed
    assert TOPICS[name][0] in page(legalaid, name)


def test_the_figures_are_defined_in_their_own_words(prosecutor):
    shown = page(prosecutor, "figures")

    assert [f.name for f in FIGURES.values() if f.definition not in shown] == []


def test_the_periods_are_those_that_count(prosecutor):
    shown = page(prosecutor, "deadlines")

    assert [
        t.name for t in Term.objects.filter(organisation=None, is_active=True) if t.name not in shown
    ] == []
