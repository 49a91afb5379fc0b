"""Quantities: what they measure, how they moved, and which belong in the box."""
