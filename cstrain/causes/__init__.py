"""Chains of causes: judging five whys."""
