"""The case side's periodic work; imported at start-up."""

from cases import notices
from cases.bundles import keeping, tasks, work
from cases.limitation import watching
from jobs import sweep

sweep.register("case-announcements", notices.sweep)
sweep.register("limitation.watch_missing", watching.watch_missing)
sweep.register("case-bundles", work.sweep)
sweep.register("old-bundles", keeping.forget_old)

# Celery looks for tasks beside an app's models only; this one lies deeper
__all__ = ["tasks"]
