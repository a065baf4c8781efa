from deadlines.models.changes import DeadlineExtension, DeadlineHandOver, DeadlinePause
from deadlines.models.deadline import Deadline
from deadlines.models.holiday import Holiday
from deadlines.models.reminder import Reminder
from deadlines.models.task import Task
from deadlines.models.term import FIGURE_KINDS, Confidence, Kind, Term

__all__ = [
    "FIGURE_KINDS",
    "Confidence",
    "Deadline",
    "DeadlineExtension",
    "DeadlineHandOver",
    "DeadlinePause",
    "Holiday",
    "Kind",
    "Reminder",
    "Task",
    "Term",
]
