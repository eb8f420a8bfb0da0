"""Texts say the vintages and the parameters of the data, whatever they are."""

import ast
import re
from pathlib import Path

import pytest

from geo.atlas.load import Atlas
from geo.atlas.schema import dictionary
from geo.atlas.vintages import CHANGE_YEARS, UNDATED, UNSAID, vintage_text, vintages_of
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.geography.communes import CONTEXT_COLUMNS
from geo.territories.measures import MEASURES
from geo.territories.people import BIRTHS, DEATHS, year_of
from tests import builders

# Where a text of the code may name a year or a parameter, and why.
ALLOWED = {
    "geo/sources/registry.py": "declares each source with its vintage",
    "geo/sources/collected.py": "declares each source with its vintage",
    "geo/sources/addresses.py": "the form of an address, as an example",
    "geo/roads/accuracy.py": "the rule of thumb that the times are compared with",
    "geo/sources/adapters/fhir.py": "the vintage of one published data set",
    "geo/sources/adapters/ministry.py": "the name of a file, as an example",
    "geo/partnerships/records.py": "the form of a date",
    "geo/partnerships/yaml_text.py": "the name of a tag of YAML",
    "geo/profile/creation.py": "the date of the law, not of a source",
    "geo/contributions/template.py": "an example to be replaced by a person",
    "geo/atlas/vintages.py": "writes them from the manifest",
    "geo/atlas/zone_kinds.py": "declares each kind of zone with its own vintage",
    "geo/atlas/aliases.py": "names that communes left, and since when they no longer count",
    "geo/activity/supply.py": "what changed in the questions of the survey, and when",
    "geo/activity/work.py": "what changed in the questions of the survey, and when",
    "geo/establishments/lists.py": "the vintage of the one list that it reads",
}
FACT = re.compile(r"(?<!w3\.org/)\b(?:19|20)\d{2}\b|(?<!\{)\b1,3\b|\b60 ?km")


def _texts(path: Path) -> list[str]:
    """Texts of a module, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def test_no_text_of_the_code_names_a_year_or_a_parameter(repository: Path) -> None:
    found = {
        path.relative_to(repository).as_posix(): hits
        for path in sorted((repository / "geo").rglob("*.py"))
        if (hits := [text for text in _texts(path) if FACT.search(text)])
    }
    assert {path: hits for path, hits in found.items() if path not in ALLOWED} == {}


def test_templates_name_no_year_either(repository: Path) -> None:
    pages = [*(repository / "geo").rglob("*.html"), *(repository / "pages").glob("*.py")]
    assert [path.name for path in pages if FACT.search(path.read_text("utf-8"))] == []


def test_the_facts_are_those_of_the_manifest() -> None:
    found = builders.vintages()
    assert (found.contours, found.cog, found.mayotte) == ("2018", "2026", "2017")
    assert (found.finess, found.finess_year) == ("8 janvier 2021", "2021")
    assert (found.members, found.earlier) == ("2018 et octobre 2026", "2018")
    assert found.sites == "FINESS 8 janvier 2021"
    assert found.line == (
        "hôpitaux 2021 (FINESS) · membres 2018 et octobre 2026 · population 2023 · "
        "temps de trajet estimés par la route"
    )
    assert found.travel_time == "par la route"
    assert found.travel_method.startswith("par la route ; écart moyen de 2,5 min avec les temps")


def test_the_bundled_manifest_states_every_fact(atlas: Atlas) -> None:
    assert not {UNDATED, UNSAID} & set(vars(atlas.vintages).values())


def test_the_list_in_use_and_the_last_survey_are_those_that_are_named() -> None:
    found = builders.vintages(sae_2023="2023", sae_2024="2024", members_2024="2024")
    assert found.members == "2024"
    assert found.sites == "SAE 2024 et FINESS 8 janvier 2021"
    assert found.line.startswith("hôpitaux 2024 (SAE) et 2021 (FINESS) · membres 2024 · ")
    supplied = builders.vintages(members_2024="2024", composition="2027-03")
    assert "membres mars 2027" in supplied.line


def test_facts_that_nobody_gave_are_said_to_be_unknown() -> None:
    found = vintages_of((), {})
    assert {found.cog, found.finess, found.finess_year, found.sites, found.earlier} == {UNDATED}
    assert found.travel_time == UNSAID
    assert found.line.startswith("hôpitaux de date inconnue · membres de date inconnue · ")


def test_times_that_nobody_measured_say_their_method_alone() -> None:
    assert vintages_of((), {"travel_time": "par la mer"}).travel_method == "par la mer"


@pytest.mark.parametrize(
    ("vintage", "text"),
    [
        ("2021-03-01", "1er mars 2021"),
        ("2024", "2024"),
        ("2016 à 2025", "2016 à 2025"),
        ("fichier sites_2022-99.csv", "fichier sites_2022-99.csv"),
    ],
)
def test_dates_are_written_in_full_and_the_rest_as_it_is(vintage: str, text: str) -> None:
    assert vintage_text(vintage) == text


def test_the_years_of_the_change_are_those_of_the_columns() -> None:
    assert {f"population_{year}" for year in CHANGE_YEARS} == {
        name for name in CONTEXT_COLUMNS if name.startswith("population_")
    }
    assert "-".join(map(str, CHANGE_YEARS)) in MEASURES["population_change_percent"].label


def test_other_data_change_what_texts_say() -> None:
    """Every description, and every line of the dictionary, with vintages that nothing else has."""
    other = builders.vintages(
        contours="1901", cog_communes="1902", populations="1903", mayotte="1904",
        context="1905", finess="1906-05-04", members="1907", ages="1908",
        incomes="1909",
    )  # fmt: skip
    said = " ".join(other.fill(measure.description) for measure in MEASURES.values())
    years = set(re.findall(r"\b(?:19|20)\d{2}\b", said)) - set(map(str, CHANGE_YEARS))
    years -= {year_of(BIRTHS), year_of(DEATHS)}  # those of the columns
    assert years == {"1901", "1902", "1903", "1904", "1905", "1906", "1907", "1908", "1909"}
    words = dictionary(other)
    lines = " ".join([*words.title, *words.description])
    assert {"1902", "1905", "1908", "1909"} <= set(re.findall(r"\b19\d{2}\b", lines))
    zones = {str(kind.year) for kind in ZONE_KINDS.values()}  # each kind has its own
    assert not {"2018", "2023", "2024", "2026"} & set(re.findall(r"\b20\d{2}\b", lines)) - zones


def test_the_line_says_the_method_of_other_times() -> None:
    found = vintages_of((), {"travel_time": "par la route, réseau 1908"})
    assert found.line.endswith(" · temps de trajet estimés par la route, réseau 1908")


@pytest.mark.data
def test_the_bundled_line_names_the_surveys_the_list_and_the_people(atlas: Atlas) -> None:
    vintages = {source["key"]: source["vintage"] for source in atlas.manifest.sources}
    last = max(key for key in vintages if key.startswith("sae_"))
    for said in (
        f"hôpitaux {vintages[last]} (SAE) et {vintages['finess'][:4]} (FINESS)",
        f"membres {vintages['members_2024']}", f"population {vintages['populations']}",
    ):  # fmt: skip
        assert said in atlas.vintages.line
