"""A hundred guesses at once are counted one by one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client

from accounts.backend import Backend
from tests.accounts.factories import UserFactory

THREADS, GUESSES = 10, 4


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_forty_parallel_guesses_at_most_five_are_tried(monkeypatch):
    UserFactory(username="victim")
    tried = []
    genuine = Backend.authenticate

    def counted(self, *args, **kwargs):
        tried.append(1)
        return genuine(self, *args, **kwargs)

    monkeypatch.setattr(Backend, "authenticate", counted)
    together = Barrier(THREADS)

    def guess(number):
        together.wait(timeout=20)
        try:
            for n in range(GUESSES):
                Client().post("/login/", {"username": "victim", "password": f"Guess-{number}-{n}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(guess, range(THREADS)))

    assert len(tried) == 5
    assert AccessAttempt.objects.get().failures_since_start == 5
