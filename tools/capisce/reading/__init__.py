"""Files to model: every problem is collected, none is printed, and what can be read is read."""

from capisce.reading.course import read_course, read_courses

__all__ = ["read_course", "read_courses"]
