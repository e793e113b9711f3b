"""CAPISCE: turn quizzes, lessons and a glossary written as plain files into self-graded pages in several languages."""

__version__ = "0.1.0"
