"""A queue of callers for a team: by formula, by simulation, and the two side by side."""
