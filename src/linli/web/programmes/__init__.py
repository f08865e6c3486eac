"""The office's page of programmes: schedules that can be worked by, published ones brought in, and drives."""
