"""Work: campaign, pillar, initiative, activity, evidence, review."""
