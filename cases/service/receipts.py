"""送达回证 of one addressee, filled in with one press (民诉法87条; domain.md §5.3)."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from cases.models import Case
from cases.paperwork import drafting
from cases.paperwork.catalogue import paper_by
from core.refusals import Refused
from documents import papers
from documents.models import Addressee, Document


@transaction.atomic
def draft_receipt(case: Case, document: Document, *, to: int, by: User) -> Document:
    """填写送达回证: this paper, this addressee, whoever serves it; place, day and signatures are written by hand."""
    declared = paper_by("service_receipt")
    addressee = Addressee.objects.filter(document=document, pk=to, left_out_at=None).first()
    if declared is None or addressee is None:
        raise Refused("受送达人不在这份文书里，请刷新后重新选择。")
    if document.status != Document.Status.ISSUED:
        raise Refused(f"{document}{document.get_status_display()}，不能填写送达回证。")
    receipt = drafting.draft(case, declared, by=by)
    copies = f"{addressee.copies}份" if addressee.copies > 1 else ""
    filled = replace(
        papers.facts_of(receipt.latest),
        papers=(f"《{document.title}》（{document.issue.number}）{copies}",),
        addressee=addressee.name,
        servers=(by.name,),
    )
    papers.revise(receipt, facts=filled, by=by, expected_n=receipt.latest.n)
    return receipt
