"""Every module that declares papers of cases, in the order of the catalogue; imported once, when the program starts."""

from importlib import import_module

MODULES = (
    "applicant",
    "applicant_suit",
    "applicant_court",
    "applicant_board",
    "process",
    "process_inquiry",
    "process_review",
    "decisions_support",
    "decisions",
    "decisions_court",
    "partners",
    "partners_settled",
    "archive",
)

for module in MODULES:
    import_module(f"cases.paperwork.{module}")
