"""送达情况 of the papers of a case: what is issued, on whom it is served, for whom it still waits. Reads only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from cases.models import Case
from cases.service.addressees import is_served
from documents.models import Addressee, Document, Service

# the clock of a decision → the papers whose service it waits for; one of the first kinds must be there
ACCEPTANCE, DECISION = ("accept_notice",), ("support_letter", "decline_decision", "terminate_decision")
CLOCK_PAPERS = {"P4": (ACCEPTANCE, ("rights_notice",)), "P7": (DECISION, ())}
STANDING = Q(addressees__left_out_at=None)


def clock_of(kind: str) -> str:
    """The clock that waits for papers of this kind; empty where none does."""
    found = (code for code, (main, also) in CLOCK_PAPERS.items() if kind in main + also)
    return next(found, "")


def counted(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With `to_serve`, `served` and `sent`: how many addressees there are, are served, are on the way."""
    served = Q(addressees__services__served_on__isnull=False, addressees__services__voided_at=None)
    sent = Q(
        addressees__services__served_on=None,
        addressees__services__returned_on=None,
        addressees__services__voided_at=None,
        addressees__services__isnull=False,
    )
    return documents.annotate(
        to_serve=Count("addressees", filter=STANDING, distinct=True),
        served=Count("addressees", filter=STANDING & served, distinct=True),
        sent=Count("addressees", filter=STANDING & sent, distinct=True),
    )


def issued_papers(case: Case) -> list[Document]:
    """The issued papers of the case that are served on somebody, newest first, with their counts."""
    found = Document.objects.filter(case_link__case=case, status=Document.Status.ISSUED)
    papers = counted(found.select_related("issue")).order_by("-issue__issued_on", "-pk")
    return [one for one in papers if is_served(one)]


@dataclass(frozen=True)
class Line:
    """One addressee with its tries, newest last, and where it stands."""

    addressee: Addressee
    tries: list[Service]

    @property
    def standing(self) -> Service | None:
        """The try that is on its way or served."""
        return next((one for one in self.tries if not one.voided_at and not one.returned_on), None)

    @property
    def state(self) -> str:
        """left_out, served, sent, returned, unserved."""
        if self.addressee.left_out_at:
            return "left_out"
        if one := self.standing:
            return "served" if one.served_on else "sent"
        return "returned" if self.returns else "unserved"

    @property
    def label(self) -> str:
        return {
            "left_out": "不送达",
            "served": "已送达",
            "sent": "送达中",
            "returned": "未送达，已退回",
            "unserved": "未送达",
        }[self.state]

    @property
    def returned(self) -> list[Service]:
        return [one for one in self.tries if one.returned_on and not one.voided_at]

    @property
    def returns(self) -> int:
        return len(self.returned)

    @property
    def last_return(self) -> Service:
        return self.returned[-1]


def lines_of(document: Document) -> list[Line]:
    """Everybody on the list of this paper, those left out at the end."""
    tries = Service.objects.select_related("recorded_by", "result_by", "voided_by").order_by("pk")
    found = document.addressees.select_related("left_out_by").prefetch_related(
        Prefetch("services", queryset=tries)
    )
    lines = [Line(one, list(one.services.all())) for one in found.order_by("pk")]
    return sorted(lines, key=lambda line: line.state == "left_out")


def days_of(document: Document, instead: dict[int, date]) -> list[date] | None:
    """The days of service on all who are to be served; None while somebody is not. `instead`: other days to look at."""
    lines = [line for line in lines_of(document) if line.state != "left_out"]
    days = [instead.get(one.pk, one.served_on) for line in lines if (one := line.standing) and one.served_on]
    return days if days and len(days) == len(lines) else None


def done_on(case: Case, code: str, instead: dict[int, date] | None = None) -> date | None:
    """The day on which the last addressee of the papers of this clock was served; None while it waits for somebody."""
    main, also = CLOCK_PAPERS[code]
    issued = Document.objects.filter(case_link__case=case, status=Document.Status.ISSUED)
    found = list(issued.filter(kind__in=main + also))
    if not any(one.kind in main for one in found):
        return None
    last: list[date] = []
    for one in found:
        days = days_of(one, instead or {})
        if days is None:
            return None
        last += days
    return max(last)


def is_complete(document: Document) -> bool:
    """Whether nobody is left to be served: all served or left out, and somebody was on the list."""
    lines = lines_of(document)
    return bool(lines) and all(line.state in ("served", "left_out") for line in lines)


def waiting_for(lines: list[Line]) -> list[str]:
    """Whom the paper waits for, by name: for the page of the case alone."""
    return [line.addressee.name for line in lines if line.state not in ("served", "left_out")]
