from accounts.models.absence import Absence
from accounts.models.deputy import Deputy
from accounts.models.organisation import Organisation, OrganisationKind
from accounts.models.user import User

__all__ = ["Absence", "Deputy", "Organisation", "OrganisationKind", "User"]
