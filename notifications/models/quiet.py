from datetime import datetime, time, timedelta

from django.db import models

from core import clock


class QuietHours(models.Model):
    """免打扰: from when until when nothing that can wait leaves the application. Equal hours mean none."""

    quiet_from = models.TimeField("免打扰开始", default=time(20))
    quiet_to = models.TimeField("免打扰结束", default=time(8))

    class Meta:
        abstract = True

    def after_quiet(self, moment: datetime) -> datetime:
        """This moment, or the end of the quiet hours (Shanghai) that it falls into; they may pass midnight."""
        local = moment.astimezone(clock.SHANGHAI)
        first, end = self.quiet_from, self.quiet_to
        hour = local.time()
        quiet = first <= hour < end if first <= end else hour >= first or hour < end
        if not quiet:
            return moment
        day = local.date() if hour < end else local.date() + timedelta(days=1)
        return datetime.combine(day, end, tzinfo=clock.SHANGHAI)
