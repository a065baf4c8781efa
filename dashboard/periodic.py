"""The dashboard's periodic work; imported at start-up."""

from accounts import sessions
from dashboard import alarms
from dashboard.operations import unsent
from jobs import probes, sweep

sweep.register("expired-sessions", sessions.forget_expired)
sweep.register("reveal-alarm", alarms.too_many_reveals)
probes.register("unsent", "未办事项", unsent.probe)
