"""The case side's periodic work; imported at start-up."""

from cases import notices
from cases.limitation import watching
from jobs import sweep

sweep.register("case-announcements", notices.sweep)
sweep.register("limitation.watch_missing", watching.watch_missing)
