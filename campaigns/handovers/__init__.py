"""What a merger or split does with the campaign's work, a module for each noun."""

from campaigns.handovers.activities import ActivityHandover
from campaigns.handovers.honors import HonorHandover
from campaigns.handovers.partners import PartnerHandover
from campaigns.handovers.stories import PledgeHandover, StoryHandover
from campaigns.handovers.tasks import TaskHandover
from campaigns.handovers.whistles import WhistleHandover, WhistleResponseHandover

# Whistles first: their locks come before those of activities.
HANDOVERS = (
    WhistleHandover(),
    WhistleResponseHandover(),
    ActivityHandover(),
    PartnerHandover(),
    HonorHandover(),
    TaskHandover(),
    StoryHandover(),
    PledgeHandover(),
)
