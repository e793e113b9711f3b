"""Packages: the same course gives the same bytes, nothing leads out of the zip, and nothing half-written is left."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import re
import stat
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from capisce import building, packaging
from capisce.cli import main
from capisce.model import ChoiceKey, TextKey
from capisce.packaging.catalogue import catalogue
from capisce.reading import read_course
from capisce.selecting import prune, unlink
from conftest import ROOT
from small_course import write_small_course
from test_browser_pages import Links, same_site

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
MD = "{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, with a page of another module that the home page links to."""
    root = tmp_path_factory.mktemp("package") / "course"
    write_small_course(root)
    other = "---\ntitle: Far away\nmodule: other\n---\n# Far away\n\nBack [home](index.md).\n"
    (root / "docs" / "en" / "other.md").write_text(other, encoding="utf-8")
    for name in ("glossary", "sources"):
        text = f"---\ntitle: {name}\n---\n# {name}\n\n::: {name}\n"
        (root / "docs" / "en" / f"{name}.md").write_text(text, encoding="utf-8")
    home = root / "docs" / "en" / "index.md"
    home.write_text(home.read_text() + "\nThen go [far *away*](other.md#far-away).\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace(
            "  - about.md\n", "  - Others:\n    - other.md\n  - about.md\n  - glossary.md\n  - sources.md\n"
        )
    )
    return root


@pytest.fixture
def package(course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run `capisce package` in the course; return its exit status."""
    monkeypatch.chdir(course)

    def run(*arguments: object) -> int:
        try:
            return main(["package", *map(str, arguments)])
        except SystemExit as stop:
            return int(stop.code or 0)

    return run


def contents(path: Path) -> dict[str, bytes]:
    """Return what a zip holds, by name."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def lost_links(files: dict[str, bytes]) -> list[str]:
    """Return the links of the pages of a package that lead nowhere."""
    pages = {}
    for name, body in files.items():
        if name.endswith(".html") and not name.endswith("404.html"):
            pages[name] = Links()
            pages[name].feed(body.decode())
    return [
        f"{page}: {path}#{anchor}"
        for page, links in pages.items()
        for path, anchor in same_site(page, links)
        if path not in files or (anchor and path in pages and anchor not in pages[path].ids)
    ]


@pytest.mark.parametrize("what", ["site", "scorm"])
def test_the_same_course_gives_the_same_bytes(package: Callable[..., int], tmp_path: Path, what: str) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert package(what, "--to", one, "--lang", "en") == 0
    assert package(what, "--to", two, "--lang", "en") == 0
    assert one.read_bytes() == two.read_bytes()


def test_the_packed_sitemap_does_not_carry_the_day(course: Path, tmp_path: Path) -> None:
    building.build_site(course, tmp_path / "site", ["en"], address="https://example.org/")
    packed = (tmp_path / "site" / "en" / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == int(building.LONG_AGO)


@pytest.fixture(scope="module")
def site_zip(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the site in two languages."""
    target = tmp_path_factory.mktemp("made") / "capisce.zip"
    assert main(["package", "site", "--root", str(course), "--lang", "fr", "--lang", "en", "--to", str(target)]) == 0
    return target


class TestSite:
    def test_its_entries_are_plain_files_inside_one_folder(self, site_zip: Path) -> None:
        with zipfile.ZipFile(site_zip) as packed:
            entries = packed.infolist()
            assert packed.testzip() is None
        names = [entry.filename for entry in entries]
        assert names == sorted(set(names))
        for entry in entries:
            path = PurePosixPath(entry.filename)
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert re.fullmatch(r"[A-Za-z0-9._/-]+", entry.filename)
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert stat.S_IMODE(entry.external_attr >> 16) == 0o644
            assert stat.S_ISREG(entry.external_attr >> 16)
            assert entry.flag_bits & 0b1000 == 0  # sizes before the data, which some readers need

    def test_every_file_is_in_the_checksums_and_matches(self, site_zip: Path) -> None:
        files = contents(site_zip)
        lines = files.pop("SHA256SUMS.txt").decode().splitlines()
        assert lines == [f"{hashlib.sha256(body).hexdigest()}  {name}" for name, body in sorted(files.items())]

    def test_the_checksum_beside_it_matches(self, site_zip: Path) -> None:
        assert site_zip.with_name("capisce.zip.sha256").read_text() == (
            f"{hashlib.sha256(site_zip.read_bytes()).hexdigest()}  capisce.zip\n"
        )

    def test_the_read_me_speaks_four_languages_in_ascii_and_needs_nothing(self, site_zip: Path) -> None:
        html = contents(site_zip)["READ-ME.html"].decode("ascii")
        assert re.findall(r"<h2(?: lang=\"(\w+)\")?>", html) == ["", "fr", "nl", "it"]
        assert "<script" not in html
        assert "Content-Security-Policy" in html
        assert len(re.sub(r"<[^>]*>", " ", html).split()) < 900

    def test_no_link_is_broken_and_the_switch_knows_the_languages_inside(self, site_zip: Path) -> None:
        files = contents(site_zip)
        assert lost_links(files) == []
        assert {name.split("/")[0] for name in files if "/" in name} == {"en", "fr"}
        assert re.findall(r'hreflang="(\w+)"', files["en/about.html"].decode()) == ["en", "fr"]

    def test_every_page_carries_its_policy(self, site_zip: Path) -> None:
        pages = {name: body.decode() for name, body in contents(site_zip).items() if name.endswith(".html")}
        assert [name for name, html in pages.items() if html.count('"Content-Security-Policy"') != 1] == []

    def test_no_file_for_search_engines_is_left_without_an_address(self, site_zip: Path) -> None:
        assert [name for name in contents(site_zip) if "sitemap" in name] == []


@pytest.fixture(scope="module")
def first_files(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The package of one module, in one language."""
    target = tmp_path_factory.mktemp("made") / "one.zip"
    arguments = ["site", "--root", str(course), "--lang", "en", "--module", "first", "--to", str(target)]
    assert main(["package", *arguments]) == 0
    return contents(target)


class TestOneModule:
    def test_holds_its_pages_and_those_of_no_module(self, first_files: dict[str, bytes]) -> None:
        pages = {name for name in first_files if re.fullmatch(r"en/\w+\.html", name)} - {"en/404.html"}
        assert pages == {
            f"en/{name}.html"
            for name in ("index", "about", "glossary", "sources", "first", "second", "kinds", "long", "results")
        }

    def test_leaves_no_link_to_the_others_and_says_so(self, first_files: dict[str, bytes]) -> None:
        assert lost_links(first_files) == []
        home = first_files["en/index.html"].decode()
        assert "Then go far <em>away</em> <small>(not in this copy)</small>." in home
        assert "Others" not in home

    def test_does_not_find_the_others_by_searching(self, first_files: dict[str, bytes]) -> None:
        index = json.loads(first_files["en/search/search_index.json"])
        assert [entry for entry in index["docs"] if "other" in entry["location"] or "Far away" in entry["title"]] == []

    def test_in_one_language_shows_no_language_switch(self, first_files: dict[str, bytes]) -> None:
        assert b"cap-languages" not in first_files["en/about.html"]


def test_a_link_to_a_page_left_out_becomes_its_words() -> None:
    html = '<a href="../b/two.html#x"><b>Two</b></a>, <a href="one.html">one</a>, <a href="https://x/b/two.html">x</a>'
    assert unlink(html, "a/one.html", {"b/two.html"}, "away") == (
        '<b>Two</b> <small>(away)</small>, <a href="one.html">one</a>, <a href="https://x/b/two.html">x</a>'
    )


def test_a_navigation_loses_pages_and_groups_left_empty() -> None:
    nav = ["index.md", {"One": ["one/a.md", {"B": "one/b.md"}]}, {"Two": ["two/a.md"]}]
    assert prune(nav, {"one/b.md", "two/a.md"}) == ["index.md", {"One": ["one/a.md"]}]


@pytest.fixture(scope="module")
def scorm_files(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The SCORM package in two languages."""
    target = tmp_path_factory.mktemp("made") / "scorm.zip"
    arguments = ["scorm", "--root", str(course), "--lang", "en", "--lang", "nl", "--to", str(target)]
    assert main(["package", *arguments]) == 0
    return contents(target)


@pytest.fixture(scope="module")
def manifest(scorm_files: dict[str, bytes]) -> ET.Element:
    """The root of the manifest."""
    return ET.fromstring(scorm_files["imsmanifest.xml"])


class TestScorm:
    def test_manifest_says_that_it_is_scorm_1_2(self, manifest: ET.Element) -> None:
        assert manifest.tag == f"{CP}manifest"
        assert manifest.findtext(f"{CP}metadata/{CP}schema") == "ADL SCORM"
        assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
        assert [child.tag for child in manifest] == [
            f"{CP}{name}" for name in ("metadata", "organizations", "resources")
        ]

    def test_manifest_lists_every_file_once_and_no_other(
        self, manifest: ET.Element, scorm_files: dict[str, bytes]
    ) -> None:
        listed = [file.get("href") for file in manifest.iter(f"{CP}file")]
        assert sorted(map(str, listed)) == sorted(scorm_files.keys() - {"imsmanifest.xml"})

    def test_manifest_has_one_item_that_leads_to_one_sco(self, manifest: ET.Element) -> None:
        organizations = manifest.find(f"{CP}organizations")
        assert organizations is not None
        (organization,) = organizations
        assert organizations.get("default") == organization.get("identifier")
        assert [child.tag for child in organization] == [f"{CP}title", f"{CP}item"]
        (resource,) = manifest.iter(f"{CP}resource")
        assert {name: resource.get(name) for name in ("href", "type", f"{ADL}scormtype")} == {
            "href": "index.html",
            "type": "webcontent",
            f"{ADL}scormtype": "sco",
        }
        assert organization[1].get("identifierref") == resource.get("identifier")

    def test_manifest_uses_each_identifier_once_and_as_xml_allows(self, manifest: ET.Element) -> None:
        names = [str(element.get("identifier")) for element in manifest.iter() if element.get("identifier")]
        assert len(set(names)) == len(names) == 4
        assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", name) for name in names)

    def test_manifest_describes_the_course_in_its_languages(self, manifest: ET.Element) -> None:
        general = manifest.find(f"{CP}metadata/{MD}lom/{MD}general")
        assert general is not None
        assert [child.tag for child in general] == [f"{MD}{name}" for name in
                                                    ("title", "language", "language", "description")]  # fmt: skip
        assert [text.get(LANG) for text in general.iter(f"{MD}langstring")] == ["en", "nl", "en", "nl"]

    def test_manifest_fits_the_official_schemas_where_they_are_at_hand(self, scorm_files: dict[str, bytes]) -> None:
        """Only where CAPISCE_SCORM_SCHEMAS names a folder with them and `xmlschema` is installed: not ours to ship."""
        import os

        folder = os.environ.get("CAPISCE_SCORM_SCHEMAS")
        if not folder:
            pytest.skip("CAPISCE_SCORM_SCHEMAS names no folder with the schemas")
        xmlschema: Any = pytest.importorskip("xmlschema")
        schema = xmlschema.XMLSchema(f"{folder}/imscp_rootv1p1p2.xsd", validation="lax")
        for name, file in ((ADL, "adlcp_rootv1p2.xsd"), (MD, "imsmd_rootv1p2p1.xsd")):
            if name.strip("{}") not in schema.maps.namespaces:
                schema.import_schema(name.strip("{}"), f"{folder}/{file}")
        plain = re.sub(r'\s+xsi:schemaLocation="[^"]*"', "", scorm_files["imsmanifest.xml"].decode())
        assert [str(error) for error in schema.iter_errors(plain)] == []

    def test_pages_are_those_of_the_site_to_the_byte(
        self, scorm_files: dict[str, bytes], course: Path, tmp_path: Path
    ) -> None:
        building.build_site(course, tmp_path / "site", ["en", "nl"])
        for name, body in scorm_files.items():
            if name.startswith(("en/", "nl/")):
                assert body == (tmp_path / "site" / name).read_bytes(), name

    def test_frame_carries_a_policy_that_its_script_meets(self, scorm_files: dict[str, bytes]) -> None:
        html = scorm_files["index.html"].decode()
        assert "script-src 'self';" in html
        assert re.findall(r"<script[^>]*>", html) == [
            '<script type="application/json" id="course">',
            '<script src="frame.js">',
        ]

    def test_no_script_of_the_pages_knows_the_platform(self, scorm_files: dict[str, bytes]) -> None:
        scripts = {name: body.decode() for name, body in scorm_files.items() if re.search(r"capisce[^/]*\.js$", name)}
        assert scripts
        assert [name for name, text in scripts.items() if "LMS" in text or "cmi." in text] == []

    def test_no_link_is_broken(self, scorm_files: dict[str, bytes]) -> None:
        assert lost_links(scorm_files) == []


def test_only_one_script_of_the_sources_speaks_scorm() -> None:
    folder = ROOT / "tools" / "capisce" / "runtime"
    speaking = {path.name for path in folder.glob("*.js") if "LMS" in path.read_text() or '"cmi.' in path.read_text()}
    assert speaking == {"scorm.js", "frame.js"}  # frame.js names the elements it passes on
    assert [path.name for path in folder.glob("*.js") if "LMS" in path.read_text()] == ["scorm.js"]


def test_what_the_frame_knows_names_every_graded_quiz_and_no_typed_term() -> None:
    course, _ = read_course(ROOT, "en")
    found = catalogue(course, ())
    assert found["graded"]["definitions"] == 70
    tokens = [one["t"] for one in (*found["quizzes"].values(), *found["scenarios"].values())]
    assert len(set(tokens)) == len(tokens)
    for quiz in course.quizzes.values():
        for question in quiz.questions.values():
            key = found["quizzes"][quiz.slug]["keys"][question.id]
            if isinstance(question.key, TextKey):
                assert key == {"rule": "text"}
            elif isinstance(question.key, ChoiceKey):
                assert key["right"] == list(question.key.right)


def test_the_token_of_a_quiz_is_the_same_in_every_language_and_changes_with_its_options(course: Path) -> None:
    english = catalogue(read_course(course, "en")[0], ())["quizzes"]
    dutch = catalogue(read_course(course, "nl")[0], ())["quizzes"]
    assert english == dutch
    file = course / "quizzes" / "results.yml"
    before = file.read_text()
    file.write_text(before.replace("ground:", "soil:"))
    changed = catalogue(read_course(course, "en")[0], ())["quizzes"]
    file.write_text(before)
    assert [slug for slug in english if english[slug]["t"] != changed[slug]["t"]] == ["results"]


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["site", "--lang", "ne"], "There is no language `ne`. "),
            (["site", "--lang", "english"], "There is no language `english`. Use one of `en`, `fr`, `it`, `nl`."),
            (["scorm", "--module", "frist"], "There is no module `frist`. Did you mean `first`?"),
            (["site", "--to", "nowhere/at/all.zip"], "There is no folder nowhere/at; make it first"),
            (["site", "--to", "course.tar"], "course.tar is neither a folder nor the name of a zip"),
            (["sites"], "sites"),
        ],
    )
    def test_get_a_sentence_and_status_two(
        self, package: Callable[..., int], capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
    ) -> None:
        assert package(*arguments) == 2
        said = capsys.readouterr()
        assert sentence in said.err
        assert (said.err.count("\n"), said.out) == (1, "")

    @pytest.mark.parametrize("there", ["there.zip", "there.zip.sha256"])
    def test_what_is_there_is_kept_without_force_and_replaced_with_it(
        self, package: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str], there: str
    ) -> None:
        (tmp_path / there).write_text("mine")
        assert package("site", "--lang", "en", "--to", tmp_path / "there.zip") == 2
        assert "is there already; add --force" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == [there]
        assert package("site", "--lang", "en", "--to", tmp_path / "there.zip", "--force") == 0
        assert zipfile.is_zipfile(tmp_path / "there.zip")

    @pytest.mark.parametrize("step", ["build_site", "write_zip"])
    def test_a_full_disk_leaves_what_was_there_and_nothing_else(
        self,
        package: Callable[..., int],
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        step: str,
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        (tmp_path / "there.zip").write_text("mine")
        monkeypatch.setattr(packaging, step, full)
        assert package("scorm", "--lang", "en", "--to", tmp_path / "there.zip", "--force") == 2
        assert "cannot be written: No space left on device. Make room" in capsys.readouterr().err
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"there.zip": "mine"}

    def test_a_disk_that_fills_while_packing_leaves_nothing(
        self, package: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
        assert package("site", "--lang", "en", "--to", tmp_path) == 2
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_written_is_said_before_building(
        self,
        package: Callable[..., int],
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def locked(*_: object, **__: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr("capisce.packaging.zipping.tempfile.mkstemp", locked)
        monkeypatch.setattr(packaging, "build_site", lambda *_, **__: pytest.fail("It was built all the same."))
        assert package("site", "--lang", "en", "--to", tmp_path) == 2
        assert "cannot be written: Permission denied" in capsys.readouterr().err

    def test_an_interruption_leaves_nothing(
        self, package: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(packaging, "write_zip", stop)
        assert package("site", "--lang", "en", "--to", tmp_path) == 130
        assert list(tmp_path.iterdir()) == []

    def test_a_course_with_problems_is_not_packed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        root = tmp_path / "course"
        write_small_course(root)
        (root / "quizzes" / "results.yml").write_text("title: Results\n")
        assert main(["package", "site", "--root", str(root)]) == 1
        assert "to mend before the site can be built" in capsys.readouterr().err
        assert not (root / "packages").exists()


def test_progress_is_told_on_a_terminal_only(
    package: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert package("site", "--lang", "en", "--to", tmp_path) == 0
    said = capsys.readouterr()
    assert (said.out.count("\n"), said.err) == (1, "")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert package("site", "--lang", "en", "--to", tmp_path, "--force") == 0
    assert [line.split()[0] for line in terminal.getvalue().splitlines()] == ["Building", "Packing"]


def test_the_name_says_what_is_inside(package: Callable[..., int], tmp_path: Path) -> None:
    assert package("scorm", "--lang", "nl", "--module", "first", "--lang", "nl", "--to", tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "capisce-scorm-first-nl.zip",
        "capisce-scorm-first-nl.zip.sha256",
    }
