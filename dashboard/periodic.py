"""The dashboard's periodic work; imported at start-up."""

from accounts import sessions
from dashboard import alarms
from dashboard.operations import unsent
from jobs import probes, sweep
from notifications import digest, sending

sweep.register("expired-sessions", sessions.forget_expired)
sweep.register("reveal-alarm", alarms.too_many_reveals)
# jobs and notifications stand side by side and do not know each other
sweep.register("notifications.digest", digest.run)
sweep.register("notifications.deliveries", sending.sweep)
probes.register("unsent", "未办事项", unsent.probe)
