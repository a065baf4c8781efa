from django.db import models
from django.db.models import Q

from cases.models.base import Recorded
from cases.models.case import Case
from deadlines.models import Task
from documents.models import Document, Service


class CaseService(Recorded):
    """系统外文书的送达登记: a paper that was not issued here, handed over (what is issued here: `documents.Service`).

    The day of signing is the day of service; it ends the clock of that paper (P4 受理通知, P7 决定文书).
    """

    class Paper(models.TextChoices):
        ACCEPTANCE = "acceptance", "受理通知书、权利义务告知书"
        DECISION = "decision", "决定文书"
        OTHER = "other", "其他文书"

    CLOCK_OF = {Paper.ACCEPTANCE: "P4", Paper.DECISION: "P7"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    paper = models.CharField("文书", max_length=12, choices=Paper)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    addressee = models.CharField("受送达人", max_length=100)
    means = models.CharField("送达方式", max_length=16, choices=Service.Means)
    served_on = models.DateField("送达日期")
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送达登记"
        ordering = ["served_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="service_names_addressee",
                condition=~Q(addressee=""),
                violation_error_message="还没填受送达人。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} {self.served_on}"


class ServiceDuty(models.Model):
    """待送达: the to-do on the desk for a paper that is not served, or (`returned`) for one that came back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="service_duties")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="service_duties")
    returned = models.OneToOneField(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="duty", verbose_name="退回"
    )
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="service_duty")

    class Meta:
        verbose_name = verbose_name_plural = "待送达"

    def __str__(self) -> str:
        return str(self.task)
