"""Models of the campaign's work; import them from here."""

from campaigns.models.activity import (
    Activity,
    ActivityPartner,
    partner_activities,
    visibility,
)
from campaigns.models.campaign import Campaign, FrozenFigure
from campaigns.models.consent import Consent
from campaigns.models.convention import Convention, Pledge
from campaigns.models.details import Deed, StudySession
from campaigns.models.document import CampaignDocument
from campaigns.models.evidence import Evidence, EvidenceFile
from campaigns.models.honor import (
    Honor,
    HonorCheck,
    HonorObjection,
    honor_scope,
    honor_visibility,
)
from campaigns.models.pillar import (
    ActivityTemplate,
    Initiative,
    InitiativeVersion,
    Pillar,
    PillarVersion,
)
from campaigns.models.review import Field, ReturnReason, Review, ReviewPoint
from campaigns.models.story import Story, story_visibility
from campaigns.models.tally import ActivityTally, TallyVersion
from campaigns.models.task import Task, TaskAssignment, TaskLink, TaskReport
from campaigns.models.whistle import Whistle, WhistleResponse
from campaigns.models.whistle_category import Urgency, WhistleCategory, WhistleClock
from campaigns.models.whistle_entry import WhistleEntry, WhistlePhoto
from campaigns.models.whistle_extension import WhistleExtension
from campaigns.models.working_clock import WorkingClock

__all__ = [
    "Activity",
    "ActivityPartner",
    "ActivityTally",
    "ActivityTemplate",
    "Campaign",
    "CampaignDocument",
    "Consent",
    "Convention",
    "Deed",
    "Evidence",
    "EvidenceFile",
    "Field",
    "FrozenFigure",
    "Honor",
    "HonorCheck",
    "HonorObjection",
    "Initiative",
    "InitiativeVersion",
    "Pillar",
    "PillarVersion",
    "Pledge",
    "ReturnReason",
    "Review",
    "ReviewPoint",
    "Story",
    "StudySession",
    "TallyVersion",
    "Task",
    "TaskAssignment",
    "TaskLink",
    "TaskReport",
    "Urgency",
    "Whistle",
    "WhistleCategory",
    "WhistleClock",
    "WhistleEntry",
    "WhistleExtension",
    "WhistlePhoto",
    "WhistleResponse",
    "WorkingClock",
    "honor_scope",
    "honor_visibility",
    "partner_activities",
    "story_visibility",
    "visibility",
]
