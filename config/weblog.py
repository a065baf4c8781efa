"""What gunicorn writes about a request that went wrong, without what must not be kept (config.logs)."""

import logging
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from config.logs import scrub


class Scrubbed(logging.Filter):
    """Blackens the line before it is written; gunicorn names the whole address of a failed request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(record.getMessage()), ()
        return True


class DiscreetLogger(Logger):
    """gunicorn --logger-class. There is no access log: addresses of calendars are secrets."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(Scrubbed())
