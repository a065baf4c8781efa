"""A nudge that may fail: the row is the truth and the sweep finds it, so a dead broker never breaks a saved request."""

import functools
import logging
from typing import Any

from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


class Nudge(DjangoTask):
    """Every task of ours. `delay_on_commit` publishes after commit; a broker that is down is logged, not raised."""

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        transaction.on_commit(functools.partial(self._publish, *args, **kwargs))

    def _publish(self, *args: Any, **kwargs: Any) -> None:
        try:
            self.delay(*args, **kwargs)
        except (OperationalError, OSError) as error:
            logger.warning("没有通知到后台，等待定时清扫：%s（%s）", self.name, type(error).__name__)
