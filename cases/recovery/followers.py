"""What apps above `cases` do once money is verified or reversed (约定履行): they register, `verify` calls them."""

from collections.abc import Callable

from accounts.models import User
from cases.models import Case

Follower = Callable[[Case, User], None]
_registered: list[Follower] = []


def register(follower: Follower) -> None:
    """Call this in AppConfig.ready. `follower` works in the transaction of the verification, on the locked case."""
    _registered.append(follower)


def follow(case: Case, *, by: User) -> None:
    for follower in _registered:
        follower(case, by)
