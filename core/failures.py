"""错误页: what people see when no answer could be made. It needs no database, tells nothing of the cause, has a number.

The number is in the log (`error_number`), so that whoever is told it finds the cause. What was typed goes with the
page: 再试一次 sends it again as it was.
"""

import logging
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from core import request_id

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# PostgreSQL: connection lost or refused, server stopping or starting, no connection left; else it answered.
AWAY = ("08", "57P", "53300")
THEMES = frozenset({"light", "dark"})
RETRY_AFTER = "30"  # seconds
FRAGMENT = {"HX-Push-Url": "false", "HX-Replace-Url": "false", "HX-Reselect": "#failure"}


logger = logging.getLogger(__name__)


class Typed(NamedTuple):
    """What a form held that could not be saved, and whether files were chosen: those have to be chosen again."""

    fields: list[tuple[str, str]]
    had_files: bool


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """handler500: 503 while the database is away, else 500. htmx gets a notice, and leaves the page as it is."""
    is_away = any(map(_says_away, _causes(sys.exc_info()[1])))
    status = 503 if is_away else 500
    wrote = request.method not in READING
    context = {"number": request_id.spoken(), "wrote": wrote, "is_away": is_away}
    if request.headers.get("HX-Request") == "true":
        text = get_template("components/failure.html").render(context)
        response = HttpResponse(text, status=status, headers=FRAGMENT)
    else:
        context |= {"typed": _typed(request) if wrote else None, "here": request.get_full_path()}
        context["shell"] = {"theme": _theme(request), "demo": settings.DEMO}
        response = HttpResponse(get_template(f"{status}.html").render(context), status=status)
    if is_away:
        response["Retry-After"] = RETRY_AFTER
    return response


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that it came from; the one at the top may only be what a broken transaction left behind."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _says_away(error: BaseException) -> bool:
    """Whether the database did not answer; a statement that it refused or broke off is a fault of ours."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)


def _typed(request: HttpRequest) -> Typed | None:
    """The fields of the form; nothing when there was a password in it, or when it cannot be read."""
    try:
        names = [name for name in request.POST if "password" in name]
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        return Typed(fields, bool(request.FILES)) if fields and not names else None
    except (
        Exception
    ) as error:  # an upload broken off, a form too large: the page about an error must not be one
        logger.warning("出错以后，填写的内容也没有读出：%s", type(error).__name__)
        return None


def _theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else "auto"
