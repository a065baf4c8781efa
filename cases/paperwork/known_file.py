"""案件要素, the file: what lies in 正卷 and 副卷, how it was archived, and what a partner may be told of the result."""

from datetime import date
from functools import cached_property

from cases.models import (
    Acceptance,
    Archiving,
    Case,
    CaseTransfer,
    Decision,
    Evidence,
    SupportWithdrawal,
)
from cases.paperwork.catalogue import Group, Signed, Volume, paper_for
from cases.paperwork.rows_after import Filed
from documents.models import Document

AUTHORS = {Signed.WORKER: "申请人", Signed.PEOPLE: "参加人"}


class KnownFile:
    """What the case knows of its own file."""

    case: Case

    @cached_property
    def _issued(self) -> list[Document]:
        found = Document.objects.filter(case_link__case=self.case, status=Document.Status.ISSUED)
        return list(found.select_related("issue").order_by("issue__issued_on", "pk"))

    @property
    def filed_papers(self) -> tuple[Filed, ...]:
        """正卷: its papers by day, then the evidence. Nothing of 副卷 is named here (trap 18)."""
        evidence = Evidence.objects.filter(case=self.case, removed_at=None).order_by("pk")
        proofs = tuple(Filed(author=each.get_origin_display(), title=each.name) for each in evidence)
        return self._filed(Volume.MAIN) + proofs

    @property
    def inner_papers(self) -> tuple[Filed, ...]:
        """副卷."""
        return self._filed(Volume.INNER)

    def _filed(self, volume: Volume) -> tuple[Filed, ...]:
        return tuple(self._one(each) for each in self._issued if _lies_in(each, volume))

    def _one(self, document: Document) -> Filed:
        declared = paper_for(document)
        signed = declared.signed if declared else Signed.SEAL
        return Filed(
            author=AUTHORS.get(signed, self.case.organisation.name),
            number=document.issue.number if declared is None or declared.paper.number_kind else "",
            title=document.title,
            made_on=document.issue.issued_on,
        )

    @cached_property
    def _archiving(self) -> Archiving | None:
        return Archiving.objects.filter(case=self.case).first()

    @property
    def archived_on(self) -> date | None:
        return self._archiving.archived_on if self._archiving else None

    @property
    def archive_number(self) -> str:
        return self._archiving.volume if self._archiving else ""

    @property
    def archive_pages(self) -> str:
        return str(self._archiving.pages) if self._archiving else ""

    @property
    def retention(self) -> str:
        return self._archiving.retention if self._archiving else ""

    @property
    def result_words(self) -> str:
        """处理结果 for outsiders: the result alone, never how it was reached (trap 18)."""
        case = self.case
        if SupportWithdrawal.objects.filter(case=case).exists():
            return "本院支持起诉后，已撤回支持起诉"
        if decision := Decision.objects.filter(case=case).first():
            return f"经审查，本院决定{decision.get_outcome_display()}"
        if CaseTransfer.objects.filter(case=case).exists():
            return "已移送有管辖权的人民检察院办理"
        if Acceptance.objects.filter(case=case, outcome=Acceptance.Outcome.REJECTED).exists():
            return "经审查，本院决定不予受理"
        return "本院已经受理，正在审查" if case.accepted_on else ""


def _lies_in(document: Document, volume: Volume) -> bool:
    """Cover, list and end sheet are not listed; what is declared elsewhere (支持起诉书) lies in 正卷."""
    declared = paper_for(document)
    if declared is None:
        return volume == Volume.MAIN
    return declared.volume == volume and declared.group != Group.ARCHIVE
