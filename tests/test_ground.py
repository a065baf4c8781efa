"""The ground that the tests stand on: an emptied database, no network."""

import socket

import pytest
from django.core.management import call_command
from pytest_socket import SocketConnectBlockedError

from audit.log import record
from audit.models import Entry, Verb
from deadlines.models import Holiday, Term


@pytest.mark.django_db(transaction=True)
def test_flushing_empties_append_only_tables_and_lays_reference_data_down_again(prosecutor):
    record(prosecutor, Verb.SEARCH, "检索")
    before = (Holiday.objects.count(), Term.objects.count())

    call_command("flush", interactive=False, verbosity=0)

    assert Entry.objects.count() == 0
    assert (Holiday.objects.count(), Term.objects.count()) == before
    assert min(before) > 0


def test_the_network_is_out_of_reach():
    with socket.socket() as outside, pytest.raises((SocketConnectBlockedError, UserWarning)):
        outside.connect(("192.0.2.1", 80))
