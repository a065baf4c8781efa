"""Theme and density: kept with the person, carried by two cookies so that the first paint is right."""

from django.conf import settings
from django.http import HttpResponse

from accounts.models import User

NAMES = ("theme", "density")
A_YEAR = 365 * 24 * 3600


def keep(user: User, *, theme: str, density: str) -> None:
    """Remember the choice for the next computer."""
    user.theme, user.density = theme, density
    user.save(update_fields=list(NAMES))


def dress(response: HttpResponse, user: User) -> HttpResponse:
    """Give the browser this person's choice; the script may change the cookies, hence not HttpOnly."""
    for name in NAMES:
        response.set_cookie(
            name, getattr(user, name), max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
