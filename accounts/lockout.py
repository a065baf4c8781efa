"""Wrong passwords: five close the account from that address for 30 minutes; slower nets catch the patient guesser."""

import math
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.db import connection
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse

from core import clock

LIMIT = 5
LIMIT_OF_ACCOUNT = 20  # from all addresses together
LIMIT_OF_ADDRESS = 50  # one password tried on many accounts
CLOSED_FOR = timedelta(minutes=30)


def minutes_left(request: HttpRequest, username: str) -> int:
    """How many minutes this account or address stays closed; 0 when it is open."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=clock.now() - CLOSED_FOR)
    address = request.META["REMOTE_ADDR"]
    nets = [
        (recent.filter(username=username, ip_address=address), LIMIT),
        (recent.filter(username=username), LIMIT_OF_ACCOUNT),
        (recent.filter(ip_address=address), LIMIT_OF_ADDRESS),
    ]
    return max(_minutes(attempts, limit) for attempts, limit in nets)


def attempts_left(request: HttpRequest, username: str) -> int:
    """How many wrong passwords more until the account closes for this address."""
    attempts = AccessAttempt.objects.filter(
        username=username,
        ip_address=request.META["REMOTE_ADDR"],
        attempt_time__gt=clock.now() - CLOSED_FOR,
    )
    return max(LIMIT - (attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0), 0)


def one_guess_at_a_time(username: str) -> None:
    """Hold other guesses at this account until the transaction ends, so a hundred at once are still counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('sign-in:' || %s, 0))", [username])


def keep_our_answer(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """Axes would put its own page in place of ours; ours already says how long it stays closed."""
    return response


def _minutes(attempts: Any, limit: int) -> int:
    found = attempts.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["failures"] or 0) < limit:
        return 0
    return max(math.ceil((found["last"] + CLOSED_FOR - clock.now()).total_seconds() / 60), 1)
