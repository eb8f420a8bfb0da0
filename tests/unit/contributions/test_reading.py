"""Files of contributions: the template reads back, every bad file and every bad row has its say."""

import datetime as dt
import functools
import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geo.contributions import reading as contributions_reading
from geo.contributions.columns import SHEETS, join_items, split_items
from geo.contributions.reading import Reading, read_contributions
from geo.contributions.template import (
    EXAMPLES,
    template_csv,
    template_xlsx,
    to_flat_csv,
    to_workbook,
    to_yaml,
)
from geo.contributions.verdict import (
    ACCEPTED,
    EXAMPLE,
    REFUSED,
    annotated_file,
    check_reading,
    line_table,
    problem_table,
)
from geo.errors import GhtError, SourceError, UserError
from geo.files import sheet_survey, sheets
from geo.partnerships.rules import Known
from geo.partnerships.yaml_file import read_records
from tests import builders

TODAY = dt.date(2026, 11, 21)
KNOWN = Known(
    frozenset({"GE-06", "ARA-09"}),
    frozenset({"100000017"}),
    frozenset({"100000001"}),
    frozenset({"releve-de-l-atlas"}),
)
WRITERS = {"csv": to_flat_csv, "xlsx": to_workbook}
CellValue = str | float | dt.datetime | None


def records(count: int = 1, **overrides: object) -> list[dict[str, Any]]:
    return [builders.partnership(number, **overrides) for number in range(1, count + 1)]


@functools.cache
def sound_book() -> bytes:
    return to_workbook(records())


def book(*changes: tuple[str, str, CellValue]) -> bytes:
    """A workbook of a valid partnership, some cells changed: (sheet, "A2", value)."""
    opened = openpyxl.load_workbook(io.BytesIO(sound_book()))
    for sheet, cell, value in changes:
        opened[sheet][cell] = value
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def csv_row(**cells: object) -> bytes:
    """A CSV of one valid partnership, some cells changed by the title of their column."""
    header, row = (
        line.split(";") for line in to_flat_csv(records()).decode("utf-8-sig").splitlines()
    )
    names = {"GHT": "GHT *", "titre": "Titre *", "forme": "Forme *", "etat": "État *"}
    for name, value in cells.items():
        row[header.index(names.get(name, name))] = str(value)
    return "\r\n".join([";".join(header), ";".join(row)]).encode()


def problems(name: str, content: bytes) -> list[tuple[str, int, str, str, str]]:
    report = check_reading(read_contributions(name, content), KNOWN, today=TODAY)
    return [(p.sheet, p.row, p.column, p.value, p.problem) for p in report.problems]


def texts(value: Any) -> Any:  # noqa: ANN401 - any part of a record
    """A record without what is empty: absent, null and [] mean the same."""
    if isinstance(value, Mapping):
        return {name: texts(item) for name, item in value.items() if item not in (None, [])}
    return [texts(item) for item in value] if isinstance(value, list) else value


# The template


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modele.xlsx", template_xlsx()),
        ("modele.csv", template_csv()),
        ("modele.yaml", to_yaml(EXAMPLES)),
    ],
)
def test_the_template_reads_back_without_a_fault(name: str, content: bytes) -> None:
    reading = read_contributions(name, content)
    assert tuple(entry.record for entry in reading.entries) == EXAMPLES
    report = check_reading(reading, KNOWN, today=TODAY)
    assert report.problems == ()
    assert reading.ignored == ()
    assert report.verdicts == (EXAMPLE, EXAMPLE)
    assert report.accepted == (), "an example never joins the views"


def test_every_controlled_list_is_a_drop_down() -> None:
    opened = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    lists = opened["Listes"]
    labels = {column[0].value: [c.value for c in column[1:] if c.value] for column in lists.columns}
    for sheet in SHEETS:
        rules = opened[sheet.title].data_validations.dataValidation
        expected = [column for column in sheet.columns if column.choices]
        assert len(rules) == len(expected)
        for column, rule in zip(expected, rules, strict=True):
            assert column.choices is not None
            assert labels[column.choices.title] == list(column.choices.labels.values())
            assert rule.formula1.startswith("'Listes'!$")
            assert rule.showErrorMessage is not column.is_list
    assert opened.sheetnames[-2:] == ["Listes", "Mode d'emploi"]
    guide = {row[0].value: row[1].value for row in opened["Mode d'emploi"].iter_rows()}
    assert guide["Sources : Date"] == "Date de publication"
    assert "Parties : Ville" not in guide, "what its heading says is not said again"


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_curated_partnerships_survive_a_file(suffix: str, repository: Path) -> None:
    curated = read_records(repository / "geo" / "curated" / "partnerships.yaml")
    reading = read_contributions(f"p.{suffix}", WRITERS[suffix](curated))
    assert [texts(entry.record) for entry in reading.entries] == [texts(r) for r in curated]


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_revision_an_edit_was_made_from_comes_back(suffix: str) -> None:
    content = WRITERS[suffix](records(2), {"partenariat-2": 7})
    assert [e.revision for e in read_contributions(f"p.{suffix}", content).entries] == [0, 7]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])), min_size=1))
def test_values_of_a_list_survive_their_cell(items: list[str]) -> None:
    assert split_items(join_items(items)) == items


def test_a_backslash_alone_is_itself() -> None:
    assert split_items(r"C:\x | a\|b | \\") == [r"C:\x", "a|b", "\\"]


def test_labels_codes_and_french_dates_are_understood() -> None:
    content = csv_row(
        forme="gcs DE moyens", etat="En vigueur", Domaines="Imagerie | cancerologie",
        **{"Signé le": "16/05/2018", "État connu en": "4/2021"},
    )  # fmt: skip
    record = read_contributions("p.csv", content).entries[0].record
    assert record["form"] == "gcs_moyens"
    assert record["status"] == "en_vigueur"
    assert record["domains"] == ["imagerie", "cancerologie"]
    assert record["dates"]["signed"]["value"] == "2018-05-16"
    assert record["status_date"] == "2021-04"


def test_what_a_spreadsheet_turned_into_numbers_and_dates_is_completed() -> None:
    content = book(
        ("Parties", "F2", 10000001.0), ("Partenariats", "H2", 2021),
        ("Partenariats", "K2", dt.datetime(2018, 5, 16)),  # noqa: DTZ001 - as openpyxl writes it
    )  # fmt: skip
    record = read_contributions("p.xlsx", content).entries[0].record
    assert record["parties"][0]["finess_et"] == "010000001"
    assert record["status_date"] == "2021"
    assert record["dates"]["signed"]["value"] == "2018-05-16"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_usual_csv_files_are_read(encoding: str, separator: str) -> None:
    given = records(title="Été à l'hôpital", domains=None)
    text = to_flat_csv(given).decode("utf-8-sig")
    if separator == ",":
        rows = [line.split(";") for line in text.splitlines()]
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    reading = read_contributions("P.CSV", f"\n{text}".encode(encoding))
    assert [texts(entry.record) for entry in reading.entries] == given
    assert reading.entries[0].row == 3, "rows are numbered as the spreadsheet does"


def test_a_flat_table_may_be_a_workbook_of_any_name() -> None:
    opened = openpyxl.Workbook()
    sheet = opened.worksheets[0]
    for line in to_flat_csv(records()).decode("utf-8-sig").splitlines():
        sheet.append(line.split(";"))
    opened.create_sheet("Brouillon")
    stream = io.BytesIO()
    opened.save(stream)
    reading = read_contributions("p.xlsx", stream.getvalue())
    assert [texts(entry.record) for entry in reading.entries] == records()
    assert reading.ignored == ("Brouillon",)


# Bad files, each named after its fault


def archive(size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * size)
    return stream.getvalue()


def laughs() -> bytes:
    """A workbook whose first sheet declares entities that grow without end."""
    source, stream = zipfile.ZipFile(io.BytesIO(book())), io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    with source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = f"{bomb}<worksheet><sheetData>&b;</sheetData></worksheet>"
            packed.writestr(name, text)
    return stream.getvalue()


def far_row() -> bytes:
    return book(("Partenariats", "A1000000", "x"))


def many_sheets() -> bytes:
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    for number in range(sheet_survey.MAX_SHEETS):
        opened.create_sheet(f"f{number}")
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def empty_book() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def without_column(name: str) -> bytes:
    return csv_row().decode().replace(name, "autre", 1).encode()


def long_list() -> bytes:
    return csv_row(**{"Parties : Nom": " | ".join("abcdefghijklmn")})


def repeated_csv(rows: int) -> bytes:
    header, row = csv_row().decode().split("\r\n")
    return "\r\n".join([header, *[row] * rows]).encode()


def noise() -> bytes:
    return random.Random(0).randbytes(5_000_001)


BAD_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "macros": ("p.xlsm", lambda: b"PK", "format refusé"),
    "pickle": ("p.pkl", lambda: b"\x80\x04", "format refusé"),
    "no suffix": ("fichier", lambda: b"x", "format refusé"),
    "empty": ("p.csv", lambda: b" \r\n", "fichier vide"),
    "empty workbook": ("p.xlsx", empty_book, "fichier vide"),
    "header only": ("p.csv", lambda: csv_row().split(b"\r\n")[0], "aucun partenariat"),
    "over 5 MB": ("p.csv", noise, "plus de 5 Mo"),
    "long yaml": ("p.yaml", lambda: b"# " + b"x" * 300_000, "300 ko"),
    "utf-16": ("p.csv", lambda: csv_row().decode().encode("utf-16-le"), "encodage illisible"),
    "unbalanced quote": ("p.csv", lambda: csv_row() + b'\n"', "CSV illisible vers la ligne 3"),
    "2001 rows": ("p.csv", lambda: repeated_csv(2001), "plus de 2 000 lignes"),
    "101 columns": ("p.csv", lambda: csv_row() + b"\n" + b";" * 100 + b"x", "100 colonnes"),
    "endless cell": (
        "p.csv",
        lambda: csv_row(titre="x" * 32_768),
        "plus de 32 767 caractères dans une cellule, ligne 2",
    ),
    "missing column": ("p.csv", lambda: without_column("Titre"), "absente.*Titre"),
    "same column twice": (
        "p.csv",
        lambda: without_column("Forme, précision").replace(b"autre", b"Titre"),
        "en double : Titre",
    ),
    "not a workbook": ("p.xlsx", csv_row, "ni un XLSX ni un ODS"),
    "not openable": ("p.xlsx", lambda: archive(10), "classeur illisible"),
    "zip bomb": ("p.xlsx", lambda: archive(10_000_000), "décompressé"),
    "entities": ("p.xlsx", laughs, "classeur illisible"),
    "row 1000000": ("p.xlsx", far_row, "au-delà de la ligne 120 000"),
    "many sheets": ("p.xlsx", many_sheets, "20 feuilles"),
    "yaml object": (
        "p.yaml",
        lambda: b"partnerships: [!!python/object/apply:os.system [id]]",
        "balise YAML",
    ),
    "yaml alias": ("p.yml", lambda: b"partnerships: &a [*a]", "alias"),
    "yaml of something else": ("p.yaml", lambda: b"a: 1", "liste « partnerships » absente"),
    "yaml without a record": ("p.yaml", lambda: b"partnerships: []", "aucun partenariat"),
    "yaml in cp1252": ("p.yaml", lambda: "été".encode("cp1252"), "encodage"),
    "yaml of 2001 records": (
        "p.yaml",
        lambda: b"partnerships: [" + b"a," * 2001 + b"]",
        "plus de 2 000 partenariats",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_in_a_sentence(case: str) -> None:
    name, content, said = BAD_FILES[case]
    with pytest.raises(GhtError, match=said.replace(" ", "[ \u202f\u00a0]")) as caught:
        read_contributions(name, content())
    assert "Traceback" not in str(caught.value)


def test_elements_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions_reading, "MAX_ELEMENTS", 10)
    with pytest.raises(UserError, match="plus de 10"):
        read_contributions("p.csv", long_list())


def test_long_texts_repeated_by_a_workbook_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CHARACTERS", 100)
    with pytest.raises(UserError, match="caractères"):
        read_contributions("p.xlsx", book())


def test_every_missing_column_is_said_at_once() -> None:
    content = book(("Partenariats", "B1", "x"), ("Parties", "A1", "y"), ("Sources", "B1", None))
    with pytest.raises(SourceError) as caught:
        read_contributions("p.xlsx", content)
    assert len(caught.value.faults) == 3
    assert "Parties, colonne(s) absente(s) : Identifiant" in str(caught.value)


# Bad rows: sheet, row, column, value, problem


BAD_CELLS = {
    "unknown FINESS": (("Parties", "F2", "999999999"), "FINESS de l'établissement", "inconnu"),
    "impossible date": (("Partenariats", "K2", "2018-02-30"), "Signé le", "date impossible"),
    "unlikely year": (("Partenariats", "K2", "1066"), "Signé le", "année invraisemblable"),
    "event to come": (("Événements", "B2", "2031"), "Date", "date à venir"),
    "source to come": (("Sources", "E2", "2031"), "Date", "date à venir"),
    "unknown form": (("Partenariats", "D2", "Cartel"), "Forme", "forme hors de la liste"),
    "unknown domain": (("Partenariats", "F2", "Imagerie | Magie"), "Domaines", "domaine hors"),
    "unknown kind": (("Parties", "C2", "Extraterrestre"), "Nature", "nature hors de la liste"),
    "unknown GHT": (("Partenariats", "C2", "ZZ-99"), "GHT", "GHT inconnu"),
    "HTML in a name": (("Parties", "B3", "<b>Clinique</b>"), "Nom", "HTML"),
    "formula": (("Partenariats", "B2", "=HYPERLINK(1)"), "Titre", "formule de tableur"),
    "formula in a party": (("Parties", "G2", "=1+1"), "Ville", "formule de tableur"),
    "formula as text": (("Partenariats", "B2", "'=cmd()"), "Titre", "formule de tableur"),
    "plus sign": (("Partenariats", "B2", "+1"), "Titre", "commence comme une formule"),
    "spreadsheet error": (("Partenariats", "B2", "#REF!"), "Titre", "erreur de tableur"),
    "certainty missing": (("Partenariats", "L2", None), "Signature, certitude", "absent"),
    "title missing": (("Partenariats", "B2", None), "Titre", "champ absent"),
    "source without address": (("Sources", "F2", None), "Adresse", "sans adresse ni titre"),
    "member that is private": (("Parties", "D3", "Membre du GHT"), "Rôle", "pas public"),
    "unknown link": (("Liens", "A2", "partenariat-1"), "Relation", "champ absent"),
    "identifier of the atlas": (("Partenariats", "A2", "Pas bon"), "Identifiant", "inattendue"),
    "bad revision": (("Partenariats", "W2", "deux"), "Révision", "pas un nombre"),
    "cell beyond": (("Partenariats", "Z2", "égaré"), "", "au-delà des colonnes"),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_said_where_it_is(case: str) -> None:
    change, column, said = BAD_CELLS[case]
    report = check_reading(read_contributions("p.xlsx", book(change)), KNOWN, today=TODAY)
    found = [p for p in report.problems if p.column == column and said in p.problem]
    assert found, report.problems
    assert found[0].row == int(change[1][1:])
    assert found[0].sheet == change[0]
    assert found[0].cure.endswith((".", "."))
    assert report.verdicts == (REFUSED,)


def test_the_cure_of_a_list_is_the_list() -> None:
    report = check_reading(read_contributions("p.csv", csv_row(forme="Cartel")), KNOWN)
    (problem,) = report.problems
    assert problem.value == "Cartel"
    assert problem.cure == "Choisissez une valeur de la liste « Forme » (feuille Listes)."


def test_a_fault_in_a_flat_list_names_its_column() -> None:
    content = csv_row(**{"Parties : Nature": "public | Martien"})
    said = ("Partenariats", 2, "Parties : Nature", "Martien", "nature hors de la liste")
    assert problems("p.csv", content) == [said]
    content = csv_row(**{"Événements : Date": "2031"})
    assert problems("p.csv", content)[0][2] == "Événements : Date"


def test_lists_that_go_together_have_the_same_length() -> None:
    content = csv_row(**{"Parties : Nature": "public"})
    assert problems("p.csv", content)[0][2:] == (
        "Parties : Nature", "public", "1\u00a0valeur au lieu de 2",
    )  # fmt: skip


def test_a_partnership_without_a_party_or_a_source_is_refused() -> None:
    content = book(*[("Parties", f"{c}{r}", None) for c in "ABCDEFGH" for r in (2, 3)])
    assert ("Partenariats", 2, "Parties", "", "champ absent") in problems("p.xlsx", content)


def test_a_row_of_no_partnership_is_said() -> None:
    content = book(("Parties", "A9", "inconnu"), ("Parties", "B9", "Clinique"))
    assert problems("p.xlsx", content) == [
        ("Parties", 9, "Identifiant", "inconnu", "partenariat absent de la feuille Partenariats")
    ]


def test_a_row_that_holds_only_an_old_problem_is_no_partnership() -> None:
    header, row = csv_row().decode().split("\r\n")
    lonely = ";" * row.count(";") + ";ancien problème"
    content = "\n".join([f"{header};Problème", f"{row};", lonely]).encode()
    assert len(read_contributions("p.csv", content).entries) == 1
    sheets = (("Parties", "I1", "Problème"), ("Parties", "I9", "ancien problème"))
    assert problems("p.xlsx", book(*sheets)) == []


def test_columns_and_sheets_that_are_not_read_are_said() -> None:
    reading = read_contributions("p.xlsx", book(("Partenariats", "X1", "Budget *")))
    assert reading.ignored == ("Budget",)


def test_yaml_faults_give_the_line_and_the_field() -> None:
    content = to_yaml([*records(), {**records()[0], "id": "b", "form": "cartel", "title": "T"}])
    (problem,) = problems("p.yaml", content)
    line = content.decode().splitlines().index("- id: b") + 1
    assert problem == ("Partenariats", line, "Forme", "cartel", "forme hors de la liste")
    nested = {**records()[0], "parties": [{"name": "<x>", "kind": "public", "role": "membre"}]}
    assert problems("p.yaml", to_yaml([nested]))[0][2] == "parties.1.name"


def test_yaml_that_is_not_records_is_refused_row_by_row() -> None:
    report = check_reading(read_contributions("p.yaml", b"partnerships: [1, a]"), KNOWN)
    assert report.verdicts == (REFUSED, REFUSED)
    twice = b"partnerships: []\n" + b"? [a]\n: 1\n" + b"partnerships: !!seq [{id: a}]"
    with pytest.raises(GhtError):
        read_contributions("p.yaml", twice)


# Verdicts


def test_sound_rows_are_accepted_beside_refused_ones() -> None:
    given = records(3)
    given[1]["title"] = "<i>"
    report = check_reading(read_contributions("p.xlsx", to_workbook(given)), KNOWN, today=TODAY)
    assert report.verdicts == (ACCEPTED, REFUSED, ACCEPTED)
    assert [texts(draft.record) for draft in report.accepted] == [given[0], given[2]]
    assert line_table(report)["Résultat"].tolist() == [
        "Accepté", "Refusé : 1\u00a0problème", "Accepté",
    ]  # fmt: skip


def chain() -> Reading:
    """A -> B -> C, and C is wrong; D names an example."""
    given = records(4)
    for place, target in ((0, "partenariat-2"), (1, "partenariat-3"), (3, "exemple-protocole")):
        given[place]["links"] = [{"relation": "prolonge", "target": target}]
    given[2]["title"] = "<i>"
    return read_contributions("p.csv", to_flat_csv([*given, EXAMPLES[1]]))


def test_a_link_to_a_refused_row_is_refused_and_so_on() -> None:
    report = check_reading(chain(), KNOWN, today=TODAY)
    assert report.verdicts == (REFUSED, REFUSED, REFUSED, REFUSED, EXAMPLE)
    said = [p.problem for p in report.problems if p.column == "Liens : Partenariat lié"]
    assert said == ["partenariat lié refusé", "partenariat lié inconnu", "partenariat lié refusé"]


def test_a_row_replaces_what_is_held_and_may_link_to_it() -> None:
    held = records(2)
    links = [
        {"relation": "prolonge", "target": "partenariat-2"},
        {"relation": "associe_a", "target": "releve-de-l-atlas"},
    ]
    content = to_flat_csv(records(title="Autre", links=links))
    reading = read_contributions("p.csv", content)
    assert check_reading(reading, KNOWN, held, TODAY).verdicts == (ACCEPTED,)
    assert check_reading(reading, KNOWN, (), TODAY).verdicts == (REFUSED,)


def test_an_identifier_of_the_atlas_is_taken() -> None:
    content = to_flat_csv(records(id="releve-de-l-atlas"))
    assert problems("p.csv", content)[0][4] == "identifiant déjà pris"


def test_a_duplicate_is_refused_once() -> None:
    content = to_flat_csv(records() * 2)
    report = check_reading(read_contributions("p.csv", content), KNOWN, today=TODAY)
    assert report.verdicts == (ACCEPTED, REFUSED)


# The file again, with its problems


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_annotated_file_loses_nothing_and_reads_back(suffix: str) -> None:
    given = records(2)
    given[1]["title"] = "=1+1"
    content = WRITERS[suffix](given)
    report = check_reading(read_contributions(f"p.{suffix}", content), KNOWN, today=TODAY)
    written, again = annotated_file(report)
    assert written == suffix
    reread = check_reading(read_contributions(f"p.{suffix}", again), KNOWN, today=TODAY)
    assert [e.record for e in reread.reading.entries] == [e.record for e in report.reading.entries]
    assert reread.problems == report.problems, "the column of problems is not read"
    assert reread.reading.ignored == ()
    assert annotated_file(reread)[1].count("Problème".encode()) == again.count("Problème".encode())


def test_the_annotated_workbook_writes_the_problem_on_its_row() -> None:
    content = book(("Parties", "C2", "Martien"), ("Partenariats", "B2", "=1+1"))
    report = check_reading(read_contributions("p.xlsx", content), KNOWN, today=TODAY)
    opened = openpyxl.load_workbook(io.BytesIO(annotated_file(report)[1]))
    rows = list(opened["Parties"].iter_rows(values_only=True))
    assert rows[0][-1] == "Problème"
    assert str(rows[1][-1]).startswith("Nature : nature hors de la liste. Choisissez")
    assert opened["Partenariats"]["B2"].value == "'=1+1"
    assert opened["Partenariats"]["B2"].data_type == "s"


def test_cells_that_no_workbook_holds_are_replaced() -> None:
    content = csv_row(titre="a\x07b")
    report = check_reading(read_contributions("p.csv", content), KNOWN, today=TODAY)
    assert report.verdicts == (REFUSED,)
    shown = openpyxl.load_workbook(io.BytesIO(to_workbook([report.reading.entries[0].record])))
    assert shown["Partenariats"]["B2"].value == "a\ufffdb"


def test_a_yaml_has_its_problems_as_a_list() -> None:
    report = check_reading(read_contributions("p.yaml", to_yaml(records(form="x"))), KNOWN)
    suffix, content = annotated_file(report)
    assert suffix == "csv"
    assert "forme hors de la liste" in content.decode()
    assert problem_table(report).columns.tolist() == [
        "Feuille", "Ligne", "Colonne", "Valeur", "Problème", "Que faire",
    ]  # fmt: skip


def test_a_proposal_has_the_form_of_the_curated_file(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(to_yaml(records(2)))
    assert read_records(path) == records(2)
    assert yaml.safe_load(path.read_text("utf-8"))["partnerships"] == records(2)


# Files as people have them


def titled_book() -> bytes:
    """A workbook whose table is below a title, in the second sheet, under another name."""
    opened = openpyxl.load_workbook(io.BytesIO(sound_book()))
    for name in ("Listes", "Mode d'emploi"):
        if name in opened.sheetnames:
            del opened[name]
    sheet = opened["Partenariats"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Nos partenariats"
    sheet.title = "Données"
    opened.create_sheet("Lisez-moi", 0)["A1"] = "Bonjour"
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("p.csv", csv_row().decode().encode("utf-16"), ()),
        ("p.csv", b"sep=;\r\n" + csv_row(), ()),
        (
            "p.csv",
            b"Nos partenariats, 2026\r\n\r\n" + csv_row(),
            ("L'en-tête est lu à la ligne 3.",),
        ),
        (
            "p.xlsx",
            titled_book(),
            ("La feuille « Données » est lue.", "L'en-tête est lu à la ligne 3."),
        ),
    ],
    ids=["Texte Unicode", "sep", "title lines", "second sheet"],
)
def test_the_table_is_found_where_it_is_and_said(
    name: str, content: bytes, told: tuple[str, ...]
) -> None:
    reading = read_contributions(name, content)
    report = check_reading(reading, KNOWN, today=TODAY)
    assert (report.verdicts, reading.told) == ((ACCEPTED,), told)
    suffix, again = annotated_file(report)
    assert read_contributions(f"p.{suffix}", again).entries[0].record == reading.entries[0].record
