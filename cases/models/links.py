from django.db import models

from cases.models.case import Case
from deadlines.models import Deadline
from documents.models import Document


class CaseDeadline(models.Model):
    """案件期限: ties a deadline, which knows no case, to its case.

    `rests_on` names the stated date that it runs from (`accepted_on`, `filing-3`, `occurrence-7` …): who corrects that
    date moves the deadline with it (`cases.correction`).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_deadlines")
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="case_link")
    rests_on = models.CharField("所依日期", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件期限"

    def __str__(self) -> str:
        return str(self.deadline)


class CaseDocument(models.Model):
    """案件文书: a document is reached only through its case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="case_link")

    class Meta:
        verbose_name = verbose_name_plural = "案件文书"

    def __str__(self) -> str:
        return str(self.document)
