"""The MkDocs plugin with static-i18n: one language alone, all languages in one process, pages not yet translated."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from capisce.building import BuildFailed, build_site
from conftest import ROOT

MINIMAL = {
    "docs/en/index.md": "---\ntitle: Home\n---\n# Home\n\nWords.\n",
    "docs/en/quiz.md": "---\ntitle: The quiz\n---\n# The quiz\n\n::: quiz good\n",
    "docs/fr/index.md": "---\ntitle: Accueil\n---\n# Accueil\n\nDes mots.\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two pages, one of them not translated, with the real theme."""
    root = tmp_path / "course"
    shutil.copytree(Path(__file__).parent / "broken" / "base", root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"(?ms)^nav:\n.*?(?=^\S)", "nav:\n  - index.md\n  - quiz.md\n", config)
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    for name, text in MINIMAL.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def mkdocs(root: Path, target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs itself, without our command."""
    variables = {**{k: v for k, v in os.environ.items() if not k.startswith("CAPISCE_")}, **environment}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(target)]
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)


def test_all_languages_in_one_process_each_get_their_own_words(course: Path, tmp_path: Path) -> None:
    done = mkdocs(course, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for folder, lang in (("", "en"), ("fr", "fr"), ("nl", "nl"), ("it", "it")):
        html = (tmp_path / "out" / folder / "quiz.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}"' in html
        assert html.count(f"assets/capisce.{lang}.js") == 1
        assert html.count("assets/capisce.css") == 1
        assert html.count('data-question="good.one"') == 1
    html = (tmp_path / "out" / "fr" / "quiz.html").read_text(encoding="utf-8")
    assert re.search(r'href="\.\./quiz\.html" lang="en"', html)
    assert re.search(r'href="\.\./nl/quiz\.html" lang="nl"', html)


def test_a_page_not_translated_is_laid_in_and_marked(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "out")
    html = (tmp_path / "out" / "fr" / "quiz.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in html
    assert re.search(r'<article [^>]*lang="en"', html)
    assert "Cette page n’est pas encore traduite" in html or "pas encore" in html
    assert re.search(r'<form class="cap-question"[^>]* lang="en"', html)
    assert '<p class="cap-fallback" lang="fr">' in html


def test_only_pages_with_exercises_load_their_script(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "out", languages=["en"])
    assert "capisce.en.js" in (tmp_path / "out" / "en" / "quiz.html").read_text(encoding="utf-8")
    assert "capisce.en.js" not in (tmp_path / "out" / "en" / "index.html").read_text(encoding="utf-8")


def test_answers_stay_out_of_the_search_index(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "out", languages=["en"])
    index = (tmp_path / "out" / "en" / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "The quiz" in index
    assert "It is not." not in index


def test_a_build_that_fails_leaves_the_old_site_as_it_was(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "out", languages=["en"])
    before = (tmp_path / "out" / "en" / "index.html").read_bytes()
    (course / "docs" / "en" / "index.md").write_text("---\ntitle: Home\n---\n# Home\n\n[lost](nowhere.md)\n")
    with pytest.raises(BuildFailed, match="nowhere"):
        build_site(course, tmp_path / "out", languages=["en"])
    assert (tmp_path / "out" / "en" / "index.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "out"]


def test_a_problem_in_a_quiz_fails_a_strict_build(course: Path, tmp_path: Path) -> None:
    quiz = course / "quizzes" / "good.yml"
    quiz.write_text(quiz.read_text().replace("kind: single", "kind: singel"))
    done = mkdocs(course, tmp_path / "out", CAPISCE_LANG="en")
    assert done.returncode != 0
    assert "There is no question kind `singel`." in done.stderr


def test_two_builds_are_the_same_to_the_byte(course: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_site(course, tmp_path / name, languages=["en", "fr"])
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*") if path.is_file()
    )
    for file in files:
        if file.suffix != ".gz":
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_the_public_address_reaches_the_sitemap(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "out", languages=["fr"], address="https://example.org/course/")
    sitemap = (tmp_path / "out" / "fr" / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/course/fr/quiz.html" in sitemap
