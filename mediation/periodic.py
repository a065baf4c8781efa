"""The mediation's periodic work; imported at start-up."""

from jobs import sweep
from mediation import notices

sweep.register("mediation.notices", notices.sweep)
