"""The public question "Am I due?": answered by the schedule alone, nothing stored, nobody named."""
