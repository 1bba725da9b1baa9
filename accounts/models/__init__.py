"""Models of the accounts floor; import them from here."""

from accounts.models.draft import FormDraft
from accounts.models.export import ExportJob
from accounts.models.notification import Notification
from accounts.models.user import User

__all__ = ["ExportJob", "FormDraft", "Notification", "User"]
