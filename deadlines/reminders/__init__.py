"""期限提醒: what is due to be said is inserted, then told; twice is harmless, late is labelled late."""

from deadlines.reminders.inserting import insert_due
from deadlines.reminders.scanning import scan

__all__ = ["insert_due", "scan"]
