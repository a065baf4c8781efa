"""签发: number, date and text of a paper become final in one transaction."""

from accounts.models import User
from cases import journal
from cases.models import Case
from cases.service import following
from cases.workflow import Act
from core import clock
from documents import numbers, papers
from documents.models import Document, Issue, Number


def release(case: Case, document: Document, *, approved_hash: str, by: User) -> Issue:
    """Issue the text with this hash under the next number of its series; without a series under the case's own.

    Callers hold the case's lock and the transaction: a number taken in vain is the next one's number.
    """
    today, series = clock.today(), papers.paper_of(document).number_kind
    if series in ("", "case"):
        number = case.official_number or case.code
    else:
        number = numbers.take(case.organisation, kind=series, year=today.year, by=by).text
    issued = papers.issue(document, number=number, issued_on=today, by=by, approved_hash=approved_hash)
    following.opened(case, document, by=by)
    deed = "签发" if series else "定稿"
    journal.note(case, Act.DOCUMENT, by=by, text=f"{deed}{document}{f' {number}' if series else ''}")
    return issued


def give_up_number(document: Document, *, reason: str, by: User) -> None:
    """作废文号 with its paper: used, never given again, with its reason. The case's own number stays the case's."""
    series = papers.paper_of(document).number_kind
    if series in ("", "case") or not hasattr(document, "issue"):
        return
    given = Number.objects.filter(series__organisation=document.organisation, series__kind=series)
    number = given.filter(text=document.issue.number, voided_at=None).first()
    if number is not None:
        numbers.void(number, reason=reason, by=by)
