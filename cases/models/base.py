from django.db import models

from accounts.models import User
from core import clock


class Recorded(models.Model):
    """A fact with an author: who wrote it down, and when (登记人、登记时间)."""

    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        abstract = True
