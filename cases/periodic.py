"""The case side's periodic work; imported at start-up."""

from cases import notices
from jobs import sweep

sweep.register("case-announcements", notices.sweep)
