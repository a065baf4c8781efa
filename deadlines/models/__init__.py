from deadlines.models.changes import (
    DeadlineCorrection,
    DeadlineExtension,
    DeadlineHandOver,
    DeadlinePause,
    DeadlineReopening,
)
from deadlines.models.company import CalendarFeed, Urge, Watcher
from deadlines.models.deadline import Deadline
from deadlines.models.foreseen import ForeseenChange, RecountList
from deadlines.models.holiday import Holiday, HolidayChange
from deadlines.models.recount import DeadlineRecount, Recount, RecountHearer
from deadlines.models.reminder import Reminder
from deadlines.models.task import Task, TaskChange, TaskHandOver
from deadlines.models.term import FIGURE_KINDS, Confidence, Kind, PauseEvent, Term, TermChange, Whose

__all__ = [
    "FIGURE_KINDS",
    "CalendarFeed",
    "Confidence",
    "Deadline",
    "DeadlineCorrection",
    "DeadlineExtension",
    "DeadlineHandOver",
    "DeadlinePause",
    "DeadlineRecount",
    "DeadlineReopening",
    "ForeseenChange",
    "Holiday",
    "HolidayChange",
    "Kind",
    "PauseEvent",
    "Recount",
    "RecountHearer",
    "RecountList",
    "Reminder",
    "Task",
    "TaskChange",
    "TaskHandOver",
    "Term",
    "TermChange",
    "Urge",
    "Watcher",
    "Whose",
]
