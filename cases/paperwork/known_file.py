"""案件要素, the file: what lies in 正卷 and 副卷, how it was archived, and what a partner may be told of the result."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from cases.models import (
    Acceptance,
    Archiving,
    Bundle,
    BundlePart,
    Case,
    CaseTransfer,
    Decision,
    Evidence,
    SupportWithdrawal,
)
from cases.paperwork.catalogue import Group, Signed, Volume, paper_for
from cases.paperwork.rows_after import Filed
from documents.models import Addressee, Attachment, Document, Service

MADE_AS = {Volume.MAIN: Bundle.Kind.MAIN_FILE, Volume.INNER: Bundle.Kind.INTERNAL_FILE}
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
        """正卷. Nothing of 副卷 is named here (trap 18)."""
        return self._filed(Volume.MAIN)

    @property
    def inner_papers(self) -> tuple[Filed, ...]:
        """副卷."""
        return self._filed(Volume.INNER)

    def _filed(self, volume: Volume) -> tuple[Filed, ...]:
        pages = self._pages(volume)
        return tuple(replace(each.filed, page=pages.get(each.key, "")) for each in self.things(volume))

    def things(self, volume: Volume) -> list["Thing"]:
        """What lies in a volume, in its order: papers by day; in 正卷 then the evidence, then the 送达回证."""
        papers = [Thing(self._one(each), document=each) for each in self._issued if _lies_in(each, volume)]
        return papers + (self._proofs() + self._receipts() if volume == Volume.MAIN else [])

    def _proofs(self) -> list["Thing"]:
        found = Evidence.objects.filter(case=self.case, removed_at=None).order_by("pk")
        return [
            Thing(
                Filed(author=each.get_origin_display(), title=each.name),
                evidence=each,
                attachments=tuple(file.attachment for file in each.files.all()),
            )
            for each in found.prefetch_related("files__attachment")
        ]

    def _receipts(self) -> list["Thing"]:
        """送达回证 as scanned, in the order of service."""
        of_case = {"to__document__case_link__case": self.case, "receipt__isnull": False}
        found = Service.objects.standing().filter(**of_case).select_related("receipt", "to__document")
        return [
            Thing(
                Filed(
                    author=self.case.organisation.name,
                    title=_receipt_title(each.to),
                    made_on=each.served_on,
                ),
                attachments=(each.receipt,),
            )
            for each in found.order_by("sent_on", "pk")
            if each.receipt
        ]

    def _pages(self, volume: Volume) -> dict[tuple[str, object], str]:
        """页号 by thing, as in the file that was made last."""
        made = self.case.bundles.done().filter(kind=MADE_AS[volume]).first()
        spans: dict[tuple[str, object], list[int]] = {}
        for part in made.parts.order_by("position") if made else []:
            span = spans.setdefault(key_of(part), [part.first_page or 0, 0])
            span[1] = (part.first_page or 0) + (part.pages or 1) - 1
        return {key: f"{a}" if a == b else f"{a}-{b}" for key, (a, b) in spans.items()}

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
        """Of the archived file; before that of 正卷 as it was made last."""
        if self._archiving:
            return str(self._archiving.pages)
        made = self.case.bundles.done().filter(kind=Bundle.Kind.MAIN_FILE).first()
        return str(made.pages) if made else ""

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


@dataclass(frozen=True)
class Thing:
    """卷内的一件: its line in the list, and what it is made of."""

    filed: Filed
    document: Document | None = None
    evidence: Evidence | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def key(self) -> tuple[str, object]:
        if self.document:
            return ("document", self.document.pk)
        if self.evidence:
            return ("evidence", self.evidence.pk)
        return ("attachment", self.attachments[0].pk if self.attachments else None)


def _receipt_title(to: Addressee) -> str:
    return f"送达回证（{to.document}，{to}）"


def key_of(part: BundlePart) -> tuple[str, object]:
    """Which thing a part of a made file belongs to."""
    if part.document_id:
        return ("document", part.document_id)
    if part.evidence_id:
        return ("evidence", part.evidence_id)
    return ("attachment", part.attachment_id)


def _lies_in(document: Document, volume: Volume) -> bool:
    """Cover, list and end sheet are not listed; what is declared elsewhere (支持起诉书) lies in 正卷."""
    declared = paper_for(document)
    if declared is None:
        return volume == Volume.MAIN
    return declared.volume == volume and declared.group != Group.ARCHIVE
