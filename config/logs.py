"""Logs as one JSON object a line. Numbers that could be a person's are blacked out, whoever logged them."""

import json
import logging
import re
from datetime import UTC, datetime

# an identity number, a bank card, a mobile phone; and what PostgreSQL quotes of a row it refused
PERSONAL = re.compile(r"(?<!\d)(?<!\d\.)(?:\d{17}[\dXx]|\d{16,19}|1[3-9]\d{9})(?!\d)")
# the secret of a calendar's address (deadlines.feeds) opens it without a session
CALENDAR = re.compile(r"(/calendar/feed/)[^\s/?\"']+")
QUOTED_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)


def scrub(text: str) -> str:
    """The text without identity numbers, phones, cards, quoted rows and the secrets of calendar addresses."""
    known = CALENDAR.sub(r"\1[已隐去]", QUOTED_ROW.sub("DETAIL: [已隐去]", text))
    return PERSONAL.sub("[数字已隐去]", known)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        if request_id := getattr(record, "request_id", ""):
            entry["request"] = request_id
            if record.levelno >= logging.ERROR:
                entry["error_number"] = getattr(record, "error_number", "")
        if record.exc_info:
            entry["error"] = scrub(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
