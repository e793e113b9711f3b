"""The MkDocs plugin: says which page is being built, puts exercises in as pages are written, reports problems."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, cast

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from capisce.bundle import bundle, script_parts, stylesheet
from capisce.checks import check_course
from capisce.markdown import render_exercise
from capisce.model import Course
from capisce.policy import add_policy
from capisce.problems import format_text
from capisce.reading import read_course
from capisce.rendering import Setting, render_head
from capisce.rendering.interface import Interface
from capisce.selecting import left_out, prune, select_modules, unlink
from capisce.terms import check_terms
from capisce.words import LANGUAGES, SOURCE_LANGUAGE

log = get_plugin_logger(__name__)

EXTENSION = "capisce.markdown"
STYLES = "assets/capisce.css"
FOLDERS = ("quizzes", "scenarios", "walkthroughs", "reference")
_PLACE = re.compile(r'<div class="cap-place" data-place="(\w+) ([^"]*)"></div>')


class CapisceConfig(Config):
    """Options of the plugin; none is needed. `modules` and `languages`, each with a comma behind, make a part."""

    policy = config_options.Type(bool, default=True)
    modules = config_options.Type(str, default="")
    languages = config_options.Type(str, default="")
    leave_to = config_options.Type(str, default="https://{lang}.wikipedia.org/")


class CapiscePlugin(BasePlugin[CapisceConfig]):
    """Bring the course into MkDocs. Hooks run once per language on one instance, so each is idempotent."""

    def __init__(self) -> None:
        self._course: Course | None = None
        self._order: tuple[str, ...] = ()
        self._gone: set[str] = set()
        self._settings: dict[str, Setting] = {}

    def on_startup(self, **_: Any) -> None:
        """Keep one instance through every rebuild of `mkdocs serve`."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the Markdown extension, the stylesheet and the folders to watch, each once; note the languages."""
        for names, name in ((config.markdown_extensions, EXTENSION), (config.extra_css, STYLES)):
            if name not in names:
                names.append(name)
        root = _root(config)
        for folder in FOLDERS:
            if (root / folder).is_dir() and str(root / folder) not in config.watch:
                config.watch.append(str(root / folder))
        languages = _listed(self.config.languages)
        if languages:
            config.extra["languages"] = [one for one in config.extra["languages"] if one["code"] in languages]
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Read the course in the language that is about to be built, and leave out the modules not wanted."""
        course, problems = read_course(_root(config), _language(config))
        self._settings = {}
        for problem in problems + check_course(course) + check_terms(_root(config), course):
            (log.info if problem.is_warning else log.warning)(format_text([problem]))
        modules = _listed(self.config.modules)
        self._course = select_modules(course, modules)
        self._gone = left_out(course, modules)
        if self._gone and config.nav:
            config.nav = prune(config.nav, self._gone)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Lay in the English of every page that the language does not have yet; keep left-out pages from the site."""
        lang = _language(config)
        have = {file.src_uri for file in files}
        for uri in sorted(have):
            own = uri.replace(f"{SOURCE_LANGUAGE}/", f"{lang}/", 1)
            if uri.startswith(f"{SOURCE_LANGUAGE}/") and uri.endswith(".md") and own not in have:
                files.append(File(own, config.docs_dir, config.site_dir, config.use_directory_urls))
        for file in files:
            if file.src_uri.partition("/")[2] in self._gone:
                file.inclusion = InclusionLevel.EXCLUDED
        return files

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """Read the English for a page that was laid in."""
        path = Path(page.file.abs_src_path or "")
        if path.is_file():
            return None
        english = Path(config.docs_dir) / SOURCE_LANGUAGE / _page_path(page, config)
        return english.read_text(encoding="utf-8-sig")

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Take over the order of the pages."""
        self._order = tuple(_page_path(page, config) for page in nav.pages)
        return nav

    @event_priority(-50)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the Markdown extension which page comes next."""
        config.mdx_configs[EXTENSION] = {"setting": self._setting(page, config), "place": True}
        return markdown

    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme the head of the lesson."""
        head = render_head(self._setting(page, config))
        if head.get("position") and page.parent:
            head["module"] = page.parent.title
        head["elsewhere"] = _elsewhere(page, config)
        cast(dict[str, Any], context)["capisce"] = head
        return context

    def on_template_context(
        self, context: TemplateContext, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give pages that come from a template alone, such as the 404 page, the words of their language."""
        lang = _language(config)
        cast(dict[str, Any], context)["capisce"] = {"words": Interface(lang).html, "lang": lang}
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Put the exercises in, with the scripts that this page needs and no others."""
        setting = self._setting(page, config)
        html = _PLACE.sub(lambda match: render_exercise(match[1], unescape(match[2]), setting), output)
        tags = "".join(
            f'<script src="{get_relative_url(name, page.url)}" defer></script>'
            for name in script_parts(html, setting.lang)
        )
        gone = {f"{path.removesuffix('.md')}{setting.ending}" for path in self._gone}
        html = unlink(html, page.url, gone, setting.interface.say("not_here"))
        return self._with_policy(html.replace("</body>", f"{tags}</body>", 1))

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Guard the pages that come from a template alone, such as the 404 page."""
        return self._with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-200)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the stylesheet and the scripts."""
        assets = Path(config.site_dir) / "assets"
        assets.mkdir(parents=True, exist_ok=True)
        (Path(config.site_dir) / STYLES).write_text(stylesheet(), encoding="utf-8")
        for name, text in bundle(_language(config)).items():
            (assets / name).write_text(text, encoding="utf-8")

    def _with_policy(self, html: str) -> str:
        return add_policy(html) if self.config.policy else html

    def _setting(self, page: Page, config: MkDocsConfig) -> Setting:
        assert self._course is not None
        path = _page_path(page, config)
        if path not in self._settings:
            ending = "/" if config.use_directory_urls else ".html"
            self._settings[path] = Setting(self._course, path, ending, self._order, self.config.leave_to)
        return self._settings[path]


def _listed(names: str) -> list[str]:
    """Read a list of names, each with a comma behind: `definitions,` cannot be taken for a number or a truth value."""
    return [name for name in names.split(",") if name]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _language(config: MkDocsConfig) -> str:
    """Return the language being built; static-i18n knows it, and without it the theme does."""
    i18n = config.plugins.get("i18n")
    lang = getattr(i18n, "current_language", None) or config.theme["language"]
    return str(lang)


def _elsewhere(page: Page, config: MkDocsConfig) -> dict[str, str]:
    """Return where this page is in each language, from the site's top: language -> address.

    Built alone, a language has its sisters beside it; built together, the default language is at the top.
    """
    i18n = config.plugins.get("i18n")
    if i18n is None or i18n.config.build_only_locale:
        return {lang: f"../{lang}/{page.url}" for lang in LANGUAGES}
    own = page.url.removeprefix(f"{_language(config)}/")
    return {lang: own if lang == i18n.default_language else f"{lang}/{own}" for lang in LANGUAGES}


def _page_path(page: Page, config: MkDocsConfig) -> str:
    """Return a page's path below the folder of its language."""
    first, _, rest = page.file.src_uri.partition("/")
    return rest if first in (_language(config), SOURCE_LANGUAGE) and rest else page.file.src_uri
