"""The dashboard's periodic work; imported at start-up."""

from dashboard import alarms
from jobs import sweep

sweep.register("reveal-alarm", alarms.too_many_reveals)
