"""短信文件投递: one file for each message in SMS_DROP_DIR; the office's gateway takes it away and sends it."""

import json
import os
from pathlib import Path

from django.conf import settings

from notifications import bodies
from notifications.models import Delivery


def drop(delivery: Delivery, mobile: str) -> Path:
    """Write the file at once and whole. Its name depends on the row alone: a repeat is the same file again."""
    folder = Path(settings.SMS_DROP_DIR)
    place = folder / f"zhichi-{delivery.pk}.json"
    draft = folder / f".zhichi-{delivery.pk}.tmp"
    content = {"id": f"zhichi-{delivery.pk}", "mobile": mobile, "text": bodies.line(delivery.notification)}
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return place
