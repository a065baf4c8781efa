"""The ground floor's own periodic work and probes; imported at start-up."""

from audit import seals
from jobs import probes, submissions, sweep

sweep.register("audit-seal", seals.seal)
sweep.register("old-submission-keys", submissions.forget_old)
probes.register_own()
