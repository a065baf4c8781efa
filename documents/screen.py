"""Text of a paper on the screen (屏幕上的文书): numbers of persons masked on the server; the file shows them, on record."""

import html
import re

from core.masking import mask_address, mask_card, mask_id, mask_phone

MASKS = {"id": mask_id, "phone": mask_phone, "address": mask_address, "card": mask_card}
SECRET = re.compile(rf'<span class="({"|".join(MASKS)})">([^<]*)</span>')


def masked(body: str) -> str:
    """The body with every marked number masked. What people typed is escaped and cannot forge a mark."""
    return SECRET.sub(_mask, body)


def _mask(found: re.Match[str]) -> str:
    kind, text = found[1], html.unescape(found[2])
    return f'<span class="{kind}">{html.escape(MASKS[kind](text))}</span>'
