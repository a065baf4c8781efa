"""系统外文书的送达登记: a paper that was not issued here was handed over; its clock is met."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction

from accounts.models import User
from cases import clocks, journal
from cases.intake.actions import refuse_future
from cases.models import Case, CaseService
from cases.policy import why_not_at
from cases.service.standing import CLOCK_PAPERS
from cases.workflow import Act, Stage
from core.fields import DayField, TextField
from core.forms import Once
from core.refusals import Refused
from documents.models import Document, Service

SERVED_FROM = frozenset(Stage) - {Stage.REGISTERED, Stage.ARCHIVED}


def why_not_serve(case: Case, user: User) -> str:
    """登记送达: once the office has decided something, until the case is archived."""
    return why_not_at(case, user, SERVED_FROM, "登记送达")


def issued_here(case: Case, paper: str) -> Document | None:
    """The paper of this kind that was issued in the system: its service is registered on its own page (`actions`)."""
    if code := CaseService.CLOCK_OF.get(CaseService.Paper(paper)):
        main, _ = CLOCK_PAPERS[code]
        found = Document.objects.filter(case_link__case=case, status=Document.Status.ISSUED, kind__in=main)
        return found.first()
    return None


@transaction.atomic
def serve(case: Case, *, paper: str, served_on: date, by: User, **facts: Any) -> CaseService:
    """登记送达: the day of signing (送达回证); meets P4 or P7. Refused before the paper can exist."""
    case = Case.objects.lock(case)
    if reason := why_not_serve(case, by):
        raise Refused(reason)
    if issued := issued_here(case, paper):
        raise Refused(f"{issued}是在系统内签发的，请在这份文书的送达页登记，不在这里重复登记。")
    refuse_future("送达日期", served_on)
    made_on = case.accepted_on if paper == CaseService.Paper.ACCEPTANCE else case.decided_on
    if paper != CaseService.Paper.OTHER and made_on is None:
        raise Refused("这份文书还没作出，不能登记送达。")
    if made_on and served_on < made_on:
        raise Refused(f"送达日期早于文书作出日期 {made_on}，请核对。")
    record = CaseService.objects.create(case=case, paper=paper, served_on=served_on, recorded_by=by, **facts)
    if code := CaseService.CLOCK_OF.get(CaseService.Paper(paper)):
        clocks.meet(case, (code,), on=served_on, by=by)
    journal.note(case, Act.SERVED, by=by, text=f"{record.get_paper_display()}，{record.get_means_display()}")
    return record


class ServiceForm(Once):
    """送达登记."""

    paper = forms.ChoiceField(label="文书", choices=[("", "请选择"), *CaseService.Paper.choices])
    addressee = TextField(label="受送达人", max_length=100)
    means = forms.ChoiceField(label="送达方式", choices=[("", "请选择"), *Service.Means.choices])
    served_on = DayField(label="送达日期", future=False)
    remark = TextField(label="备注", required=False)
