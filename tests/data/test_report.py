"""The PDF of a profile, read back; the book of all profiles."""

import io
import re
import sys
from concurrent.futures import CancelledError
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType, ModuleType

import pandas as pd
import pypdf
import pytest

from geo.atlas.load import Atlas
from geo.cluster import default_workers
from geo.errors import BundleError, UserError
from geo.files.csv import to_csv
from geo.formats import format_minutes
from geo.profile import book as profile_book
from geo.profile import tables
from geo.profile.book import is_complete, page, page_name, write_book
from geo.profile.pdf import head_lines, to_pdf
from geo.profile.pdf_page import LONGEST, Report, known, printable
from geo.profile.territory import Context, profile
from geo.ui.territoire.cache import written

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def context(atlas: Atlas) -> Context:
    return Context(atlas)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Return the text of every page, spaces made plain."""
    whole = " ".join(some.extract_text() for some in read(content).pages)
    return " ".join(whole.split()).replace("’", "'")


@pytest.fixture(scope="module")
def aube(atlas: Atlas, context: Context) -> bytes:
    return to_pdf(profile(atlas, "GE-06", context))


def test_a_profile_is_a_real_document(aube: bytes, atlas: Atlas) -> None:
    document = read(aube)
    assert 2 <= len(document.pages) <= 6
    assert document.metadata is not None
    assert document.metadata.title == "GHT Aube et Sézannais (GE-06)"
    assert document.metadata.author == "Atlas GHT"
    assert str(document.root_object["/Lang"]) == "fr-FR"
    assert str(document.metadata.creation_date)[:10] == atlas.manifest.build_date
    assert document.outline, "headings are bookmarks"
    box = document.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_profile_says_what_matters(aube: bytes, atlas: Atlas) -> None:
    text = text_of(aube)
    for part in (
        "Région : Grand Est", "CH de Troyes, publié. Nommé par la liste nationale.",
        "1er juillet 2016 (publiée)",
        "330 000 habitants", "6 855 km²",
        "310 000 à 360 000 · publié : 350 000 (2018, année déduite), écart −4,9 % cette année-là",
        "Membres (6)", "100000017", "EPSMA", "Charente NA-01", "21-52 Côte d'Or-Haute-Marne",
        "Romilly-sur-Seine 10323", "GCS Clinique de Champagne", "16 mai 2018",
        "sans valeur légale", "Licence Ouverte", atlas.version,
    ):  # fmt: skip
        assert part in text, part


def test_the_same_data_gives_the_same_document(aube: bytes, atlas: Atlas, context: Context) -> None:
    assert to_pdf(profile(atlas, "GE-06", context)) == aube


def test_a_ght_without_territory_says_why(atlas: Atlas, context: Context) -> None:
    text = text_of(to_pdf(profile(atlas, "HF-13", context)))
    assert "GHT thématique (psychiatrie)" in text
    assert "Population sans objet" in text


@pytest.mark.parametrize("evidence", ["published", "presumed_beds", "unknown"])
def test_the_support_is_printed_with_how_it_is_known(
    atlas: Atlas, context: Context, evidence: str
) -> None:
    code = atlas.ghts.ght_code[atlas.ghts.support_evidence == evidence].iloc[0]
    made = profile(atlas, code, context)
    assert made.support is not None
    (line,) = (line for line in head_lines(made) if line.startswith("Établissement support"))
    assert line.endswith(f"{made.support.rule} {made.support.source_url}".strip())
    assert (made.support.name is None) == (evidence == "unknown")
    assert line.startswith(f"Établissement support : {made.support.name or made.support.rule}")
    if evidence == "presumed_beds":
        assert "Lits de MCO en" in line


def test_the_members_and_the_history_are_those_of_the_page_and_of_the_files(
    atlas: Atlas, context: Context
) -> None:
    """One list, three ways to read it: the page, the PDF, the file."""
    made = profile(atlas, "ARA-22", context)
    printed = "".join(text_of(to_pdf(made)).split())
    sheet = written(made)
    for what, make in (("membres", tables.members), ("histoire", tables.history)):
        table = make(made)
        shown = "".join(unescape(re.sub(r"<[^>]+>", "", sheet.sections[what])).split())
        file = "".join(to_csv(table).decode("utf-8-sig").split())
        assert len(table) > 4
        names = (
            ["FINESS", "Origine de l'information"]
            if what == "membres"
            else ["Date", "Ce qui s'est passé"]
        )
        for text in table[names].astype(str).to_numpy().ravel():
            plain = "".join(text.split())
            assert plain in shown
            assert plain in file.replace('""', '"')
            assert plain in printed


def even(text: str) -> str:
    """Write a text with plain spaces and apostrophes, as it is before it is typeset."""
    return re.sub("[\u00a0\u202f]", " ", text).replace("’", "'")


def test_no_time_is_printed_with_a_decimal(atlas: Atlas, context: Context) -> None:
    """The page: key figures, communes, access, peers."""
    made = profile(atlas, "GE-06", context)
    sections = written(made).sections
    for name in ("chiffres", "communes", "acces", "semblables"):
        plain = even(unescape(re.sub(r"<[^>]+>", " ", sections[name])))
        plain = plain.replace(even(atlas.vintages.travel_method), "")  # its error has one
        assert not re.search(r"\d,\d+\s(min|minutes)\b(?! ×)", plain), name
    first = tables.communes(made).iloc[0]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", sections["communes"])
    assert format_minutes(first["Temps estimé (min)"], "") in cells


def test_an_area_outside_any_ght_has_a_profile(atlas: Atlas, context: Context) -> None:
    text = text_of(to_pdf(profile(atlas, "HORS-750712184", context)))
    assert "Hors GHT" in text
    assert "Aucun partenariat recensé" in text


def test_unknown_times_are_counted(atlas: Atlas, context: Context) -> None:
    """Bundled times are all known: Saint-Denis loses its own, and its census an age."""
    times, communes = atlas.assignments, atlas.communes
    times.loc[times.insee_code == "97411", "travel_time_min"] = None
    communes.loc[communes.insee_code == "97411", "population_year"] = 2017
    people = int(communes.population[communes.insee_code == "97411"].iloc[0])
    tables = {**atlas.tables, "assignments": times, "communes": communes}
    text = text_of(to_pdf(profile(replace(atlas, tables=MappingProxyType(tables)), "OI-01")))
    assert f"Temps inconnus : {people:,} habitants.".replace(",", " ") in text
    assert "temps moyen : inconnu" in text
    assert "recensement : 2023 et 2017" in text
    plain = text_of(to_pdf(profile(atlas, "OI-01", context)))
    assert "Temps inconnus" not in plain


def test_hostile_names_are_printed_as_they_are(atlas: Atlas) -> None:
    name = "**gras** <b>x</b>\x00\u202e$x$ 😀\nfin"
    areas, members = atlas.territories, atlas.members
    areas["area_name"] = name
    members["entity_name"] = name
    published = atlas.published.iloc[:0]
    anomalies = atlas.anomalies.iloc[:0]
    tables = {**atlas.tables, "territories": areas, "members": members, "published": published,
              "anomalies": anomalies}  # fmt: skip
    changed = replace(atlas, tables=MappingProxyType(tables))
    text = text_of(to_pdf(profile(changed, "HF-13")))
    assert "**gras** <b>x</b>$x$" in text
    assert "\x00" not in text


def test_texts_are_made_printable() -> None:
    assert printable("a\u0000b\u202ec\td") == "abc d"
    assert printable("1\u202f000") == "1\u202f000", "a narrow space stays"
    assert len(printable("x" * 1000)) == LONGEST
    assert known(None) == known(pd.NA) == known("") == "–"


# On screen and on paper


class Rows(HTMLParser):
    """The rows of a table: the texts of its cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")
        self.is_cell = tag in {"th", "td"} or (self.is_cell and tag == "a")
        if tag == "a":
            self.rows[-1][-1] = dict(attrs)["href"] or ""

    def handle_endtag(self, tag: str) -> None:
        self.is_cell &= tag not in {"th", "td", "a"}

    def handle_data(self, data: str) -> None:
        if self.is_cell and "https://" not in self.rows[-1][-1]:
            self.rows[-1][-1] += data.strip()


@pytest.mark.parametrize("code", ["GE-06", "ARA-09"])
def test_a_table_says_the_same_on_screen_and_on_paper(
    atlas: Atlas, context: Context, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[list[str], list[list[str]]]] = []

    def keep(_: Report, header: list[str], lines: list[list[str]], *__: object) -> None:
        printed.append((list(header), list(lines)))

    monkeypatch.setattr(Report, "rows", keep)
    made = profile(atlas, code, context)
    to_pdf(made)
    sections = written(made).sections
    for section, first in (
        ("membres", "Entité juridique"), ("communes", "Commune"), ("semblables", "Territoire"),
        ("publie", "Chiffre"), ("acces_services", "Trajet vers"),
    ):  # fmt: skip
        header, lines = next(table for table in printed if table[0][0] == first)
        head, *rows = Rows(sections[section]).rows
        shared = [name for name in header if name in head]
        assert len(shared) >= 5
        on_screen = [[row[head.index(name)] for name in shared] for row in rows[: len(lines)]]
        on_paper = [[line[header.index(name)] for name in shared] for line in lines]
        assert on_paper == on_screen
        assert lines


# The book


@pytest.fixture
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started runs the main script again: here that of a page already tested."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.mark.usefixtures("plain_main")
def test_a_book_is_written_by_a_process_then_kept(atlas: Atlas, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    out = tmp_path / "livre"
    book = write_book(atlas, out, ["HF-13"], workers=1, tell=lambda *told: seen.append(told))
    assert (book.written, book.kept) == (("HF-13",), ())
    assert seen == [(1, 1, "HF-13")]
    (made,) = out.iterdir()
    assert made.name == f"portrait_psychiatrie-59-62_hf-13_2026-11_v{atlas.version}.pdf"
    assert "Psychiatrie 59-62" in text_of(made.read_bytes())
    again = write_book(atlas, out, ["HF-13"])
    assert (again.written, again.kept) == ((), ("HF-13",))


class Client:
    """Runs at once what Dask would spread."""

    def __init__(self, wrong: str = "") -> None:
        self.wrong = wrong

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, *call: object, **_: object) -> "Future":
        return Future(str(call[-1]) == self.wrong)


class Future:
    """A page, or a failure."""

    def __init__(self, fails: bool) -> None:
        self.fails = fails

    def exception(self) -> Exception | None:
        return ValueError("page ratée") if self.fails else None

    def result(self) -> bytes:
        return b"%PDF-1.3 %%EOF"

    def release(self) -> None:
        return None


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_book, "connect", lambda *_: Client("HF-13"))
    monkeypatch.setattr(profile_book, "as_completed", iter)


@pytest.mark.usefixtures("at_once")
def test_a_failure_is_told_and_the_others_are_kept(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"Portraits non écrits : HF-13\. Premier motif : page ratée"
    ):
        write_book(atlas, tmp_path, ["HF-13", "GUA-01"])
    assert ["gua-01" in path.name for path in tmp_path.iterdir()] == [True]


@pytest.mark.usefixtures("at_once")
def test_a_torn_file_is_written_again(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / page_name(atlas, "GUA-01", "Îles du Nord")
    path.write_bytes(b"%PDF-1.3 torn")
    assert not is_complete(path)
    assert write_book(atlas, tmp_path, ["GUA-01"], scheduler="tcp://x:1").written == ("GUA-01",)
    assert is_complete(path)


@pytest.mark.usefixtures("at_once")
def test_a_scheduler_lost_on_the_way_is_said(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: Future) -> bytes:
        raise CancelledError

    monkeypatch.setattr(Future, "result", lost)
    with pytest.raises(UserError, match="perdu en route"):
        write_book(atlas, tmp_path, ["GUA-01"], scheduler="tcp://x:1")
    assert list(tmp_path.iterdir()) == []


def test_a_book_refuses_what_it_cannot_do(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Nombre de processus de calcul refusé : 0"):
        write_book(atlas, tmp_path, ["HF-13"], workers=0)
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    with pytest.raises(UserError, match="écriture impossible"):
        write_book(atlas, blocked / "livre", ["HF-13"])
    with pytest.raises(UserError, match="Ordonnanceur Dask « nulle-part » injoignable"):
        write_book(atlas, tmp_path, ["HF-13"], scheduler="nulle-part")


def test_a_worker_refuses_other_data(atlas: Atlas) -> None:
    with pytest.raises(BundleError, match="et non 000000000000"):
        page(atlas.folder, "000000000000", "HF-13")
    assert page(atlas.folder, atlas.version, "HF-13").startswith(b"%PDF")
    assert 1 <= default_workers() <= 4
