"""Goals: how far a target stretches, milestones, the goal tree, KPI names and the goal card."""
