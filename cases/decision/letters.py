"""支持起诉书 of a case: drafted from the claim table, compared with it, issued with the decision."""

from datetime import date

from accounts.models import User
from cases import papers as case_papers
from cases.models import Case, CaseDocument
from documents import papers
from documents.models import Document, Issue

KIND = "support_letter"


def letter_of(case: Case) -> Document | None:
    """The letter that is being written or was issued; void ones do not count."""
    found = Document.objects.filter(case_link__case=case, kind=KIND).exclude(status=Document.Status.VOID)
    return found.order_by("pk").last()


def faults(case: Case, letter: Document) -> list[str]:
    return []


def submit(letter: Document, *, by: User) -> Document:
    return letter


def reopen(letter: Document, *, by: User) -> None:
    pass


def court_of(letter: Document) -> str:
    return ""


def issue(case: Case, letter: Document, *, on: date, by: User) -> Issue:
    pass
