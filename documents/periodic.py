"""The periodic work of papers; imported at start-up."""

from documents import work, working_copies
from jobs import sweep

sweep.register("documents.renditions", work.sweep)
sweep.register("documents.working-copies", working_copies.forget_old)
