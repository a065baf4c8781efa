"""The ground that the tests stand on: an emptied database, no network."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from audit.log import record
from audit.models import Entry, Verb
from deadlines.models import Holiday, Term
from tests import servers
from tests.flush import empty_the_database


@pytest.mark.django_db(transaction=True)
def test_flushing_empties_append_only_tables_and_lays_reference_data_down_again(prosecutor):
    record(prosecutor, Verb.SEARCH, "检索")
    before = (Holiday.objects.count(), Term.objects.count())

    empty_the_database()

    assert Entry.objects.count() == 0
    assert (Holiday.objects.count(), Term.objects.count()) == before
    assert min(before) > 0


def test_the_network_is_out_of_reach():
    with socket.socket() as outside, pytest.raises((SocketConnectBlockedError, UserWarning)):
        outside.connect(("192.0.2.1", 80))


def test_what_runs_again_on_other_servers_is_there():
    assert [place for place in servers.CHOSEN if not (servers.ROOT / place).exists()] == []
