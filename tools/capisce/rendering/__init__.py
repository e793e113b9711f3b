"""Model to HTML fragments: quizzes, questions, the glossary, the sources, the head of a lesson."""

from capisce.rendering.head import render_head
from capisce.rendering.lists import render_cited, render_glossary, render_progress, render_sources
from capisce.rendering.question import render_question, render_quiz
from capisce.rendering.scenario import render_scenario
from capisce.rendering.setting import Setting
from capisce.rendering.walkthrough import render_walkthrough

__all__ = [
    "Setting",
    "render_cited",
    "render_glossary",
    "render_head",
    "render_progress",
    "render_question",
    "render_quiz",
    "render_scenario",
    "render_sources",
    "render_walkthrough",
]
