from documents.models.attachment import Attachment
from documents.models.document import Document, Issue, Version
from documents.models.number import Number, NumberSeries
from documents.models.phrase import Phrase
from documents.models.rendition import Rendition
from documents.models.service import Addressee, Service
from documents.models.wording import Wording
from documents.models.working_copy import WorkingCopy

__all__ = [
    "Addressee",
    "Attachment",
    "Document",
    "Issue",
    "Number",
    "NumberSeries",
    "Phrase",
    "Rendition",
    "Service",
    "Version",
    "Wording",
    "WorkingCopy",
]
