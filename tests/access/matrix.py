"""The access matrix: which answer every address gives to every kind of person.

The table is written by people and read by people; it is not computed from the code under test. An address
without a row fails the suite.

How to add rows (one file per app, so nobody collides): `tests/access/rows_<app>.py`

    from tests.access.matrix import OFFICE, REST, Row

    def a_case(cast):                       # a maker: makes the object, returns the URL's kwargs
        case = CaseFactory(organisation=cast.office, handler=cast.prosecutor)
        return {"code": case.code}

    ROWS = [
        Row("cases:list", get=[(200, OFFICE), (403, REST)], post=405),
        Row("cases:detail", a_case, get=[(200, OFFICE), (404, REST)], post=405),
        Row("cases:decision", a_case, get=[(200, OFFICE), (404, REST)],
            post=[(422, "chief"), (403, OFFICE), (404, REST)]),
    ]

- The first argument is the URL name with its namespace. Several rows for one name are fine (other states).
- `get` and `post` are a number (everybody who is signed in) or a list of (answer, who): the first that names a
  person counts, REST is whoever is left. `who` is a name of tests/cast.py, a group below, or a tuple of both.
- A visitor and a deactivated user always get SIGN_IN (302 to /login/), unless `public=True`; then name them.
- Without `data` a POST is sent empty: whoever may act gets 422 then (or 302, where nothing must be filled in).
- `query="period=all"` is added to the address. PUT, PATCH and DELETE must be 405 for everybody.
- Outside the scope: 404. Inside the scope without the right: 403.

Makers follow the cast: cases are handled by `prosecutor` of `office`, referrals submitted by `legalaid` (its
colleague is `legalaid2`, the foreign unit `labour`), mediations given to `mediator` (not to `mediator2`);
`other`, `other_head`, `other_chief` are the other office, `city` the supervisor above both.
Nobody commits: each cell is rolled back, so a POST that succeeds does not disturb the next person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import PEOPLE, Cast

SIGN_IN = 302001  # 302 to the sign-in page; a plain 302 goes anywhere else
REST = "rest"

HANDLERS = ("prosecutor", "prosecutor2", "assistant", "clerk", "head")
OFFICE = (*HANDLERS, "chief")
OTHER_OFFICE = ("other", "other_head", "other_chief")
ALL_OFFICES = (*OFFICE, *OTHER_OFFICE)
PARTNER_UNIT = ("legalaid", "legalaid2")
PARTNERS = (*PARTNER_UNIT, "labour")
MEDIATORS = ("mediator", "mediator2")
ADMINS = ("sysadmin", "security", "auditor")

OUTSIDERS = ("visitor", "deactivated")
PRINCIPALS = (*OUTSIDERS, *PEOPLE)
SAMPLE = (*OUTSIDERS, "prosecutor", "other", "city", "legalaid", "mediator", "sysadmin")
HANDLED_ONCE = frozenset({"admin"})  # namespaces that test_matrix.py asks as a whole

Who = str | Iterable[str]
Answers = int | list[tuple[int, Who]]
Maker = Callable[[Cast], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address in one state, and its answer to everybody."""

    name: str
    make: Maker | None = None
    get: Answers = 405
    post: Answers = 405
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    public: bool = False

    def __str__(self) -> str:
        return f"{self.name}-{self.make.__name__}" if self.make else self.name

    def kwargs(self, cast: Cast) -> dict[str, Any]:
        return self.make(cast) if self.make else {}

    def url(self, kwargs: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=kwargs) + (f"?{self.query}" if self.query else "")

    def asked(self, method: str) -> tuple[str, ...]:
        """Everybody; a sample where one answer holds for all, which keeps the suite quick."""
        return SAMPLE if isinstance(self.answers(method), int) else PRINCIPALS

    def answers(self, method: str) -> Answers:
        return self.get if method == "get" else self.post

    def expected(self, method: str, principal: str) -> int:
        """What this person must get; KeyError when the row forgot them."""
        if principal in OUTSIDERS and not self.public:
            return SIGN_IN
        answers = self.answers(method)
        if isinstance(answers, int):
            return answers
        for answer, who in answers:
            if principal in _people(who):
                return answer
        raise KeyError(f"{self}: {method} has no answer for {principal}")


def _people(who: Who) -> set[str]:
    if who == REST:
        return set(PRINCIPALS)
    names = {who} if isinstance(who, str) else {name for part in who for name in _people(part)}
    if unknown := names - set(PRINCIPALS):
        raise KeyError(f"nobody is called {unknown}")
    return names


def rows() -> list[Row]:
    """Every row of every `rows_<app>.py` beside this file."""
    files = sorted(Path(__file__).parent.glob("rows_*.py"))
    return [row for file in files for row in import_module(f"tests.access.{file.stem}").ROWS]


def addresses() -> dict[str, URLPattern]:
    """Every address of the site by its full name; an address without a name is listed by its route."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        here = route + str(part.pattern)
        if isinstance(part, URLResolver):
            inner = f"{namespace}{part.namespace}:" if part.namespace else namespace
            if inner.rstrip(":") not in HANDLED_ONCE:
                yield from _walk(part, inner, here)
        else:
            yield f"{namespace}{part.name}" if part.name else f"unnamed: {here}", part
