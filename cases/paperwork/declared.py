"""Every module that declares papers of cases; imported once, when the program starts."""

from cases.paperwork import applicant, process

__all__ = ["applicant", "process"]
