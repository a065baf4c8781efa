from accounts.models import User
from core.http import HtmxRequest


class Request(HtmxRequest):
    """What every view receives: the sign-in middleware has seen to the user."""

    user: User
