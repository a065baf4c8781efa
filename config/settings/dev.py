"""`make run` and work at the desk: the embedded database, no TLS, nothing that must not be lost."""

from config.settings.base import *
