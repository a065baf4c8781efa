from accounts.models.deputy import Deputy
from accounts.models.organisation import Organisation, OrganisationKind
from accounts.models.user import User

__all__ = ["Deputy", "Organisation", "OrganisationKind", "User"]
