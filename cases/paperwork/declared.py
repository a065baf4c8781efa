"""Every module that declares papers of cases; imported once, when the program starts."""

from cases.paperwork import applicant, decisions, decisions_court, process, process_inquiry, process_review

__all__ = ["applicant", "decisions", "decisions_court", "process", "process_inquiry", "process_review"]
