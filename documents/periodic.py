"""The periodic work of papers; imported at start-up."""

from documents import work
from jobs import sweep

sweep.register("documents.renditions", work.sweep)
