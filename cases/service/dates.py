"""送达日期 of the case's papers, as they may be corrected (`cases.correction`)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cases.correction.stated import Stated
from cases.models import Case
from cases.service.means import AT_ONCE
from documents.models import Service


class ServedOnTheSpot(Stated):
    """What is signed on the spot was sent on that day as well: both move."""

    def write(self, on: date) -> None:
        assert isinstance(self.row, Service)
        self.row.sent_on = self.row.served_on = on
        self.row.save(update_fields=["sent_on", "served_on"])


def of_service(case: Case) -> Iterator[Stated]:
    """Each service that stands, named by its paper and who it is, never by name; an announcement by its publication."""
    found = Service.objects.standing().filter(to__document__case_link__case=case, returned_on=None)
    rows = found.exclude(to__document__status="void").select_related("to__document__issue").order_by("pk")
    for one in rows:
        document, whom = one.to.document, one.to.get_whom_display()
        issued = (("签发日期", document.issue.issued_on),)
        if one.means == Service.Means.NOTICE:
            if one.served_on is None:
                label = f"{document}（{whom}）公告日期"
                yield Stated(one.date_key, label, one.sent_on, one, "sent_on", after=issued)
        elif one.served_on:
            label = f"{document}（{whom}）送达日期"
            stated = Stated(one.date_key, label, one.served_on, one, "served_on", after=issued)
            if one.means in AT_ONCE:
                yield ServedOnTheSpot(one.date_key, label, one.served_on, one, "served_on", after=issued)
            else:
                yield replace(stated, after=(("送出日期", one.sent_on),))
