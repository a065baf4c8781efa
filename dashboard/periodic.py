"""The dashboard's periodic work; imported at start-up."""

from accounts import sessions
from dashboard import alarms
from jobs import sweep

sweep.register("expired-sessions", sessions.forget_expired)
sweep.register("reveal-alarm", alarms.too_many_reveals)
