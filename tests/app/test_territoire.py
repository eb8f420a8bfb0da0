"""The page of one territory, run by Streamlit's own tester."""

import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas
from geo.drawing.screen_map import CLICK_KEY
from geo.errors import UserError
from geo.formats import format_number
from geo.partnerships.collection import collection_of
from geo.partnerships.tables import typed_table
from geo.profile import tables as profile_tables
from geo.profile import words as wording
from geo.profile.territory import Context, Profile, profile
from geo.territories.access import access_of
from geo.territories.measures import MEASURES
from geo.territories.services import SERVICES
from geo.ui.shared import cache
from geo.ui.shared.downloads import bundled, names_of, picture_of, table_bytes
from geo.ui.shared.selection import DEFAULT, Selection
from geo.ui.shared.view import SELECTION
from geo.ui.territoire import cache as territoire_cache
from geo.ui.territoire import words
from geo.ui.territoire.html import link_html, partnerships_html
from tests.app import screens
from tests.app.screens import html, opened_at, painted

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
TAGS = re.compile(r"<[^>]+>")


def opened(repository: Path, code: str | None = None, **parameters: str) -> AppTest:
    return opened_at(
        repository, "territoire", **(parameters | ({"territoire": code} if code else {}))
    )


def text(app: AppTest) -> str:
    """Everything written on the page, as it is read."""
    return bare(screens.text(app))


def bare(written: str) -> str:
    """Keep the words of a text, with plain spaces."""
    words_only = unescape(TAGS.sub(" ", written))
    return " ".join(re.sub("[\u00a0\u202f]", " ", words_only).split())


def offered(app: AppTest) -> list[str]:
    """List the territories that a button opens."""
    return [button.label.replace("\\", "") for button in app.button]


# The two territories that must be exemplary: every fact of the two founding articles


AUBE = (
    "GHT Aube et Sézannais (GE-06)",
    "Grand Est",
    "7 000 km²",
    "350 000 habitants",
    "5 établissements publics de santé",
    "CH de Troyes",
    "1er juillet 2016 (publiée)",
    "loi de santé",
    "gestions-hospitalieres.fr",
    # What came before the GHT
    "Premières coopérations entre établissements en 2013",
    "Optimipstic",
    "optimisation du parcours de soins par les technologies de l'information",
    "GCS Santé Numérique Sud Champagne",
    "18 établissements sanitaires et médico-sociaux",
    "GCS de moyens informatiques",
    # Public and private
    "Protocole d'accord CH de Troyes – Clinique de Champagne",
    "mars 2018",
    "en vue d'un groupement de coopération sanitaire",
    "GCS Clinique de Champagne",
    "soignants et services compris",
    "l'échange d'informations",
)
LOIRE = (
    "GHT Loire (ARA-09)",
    "Auvergne-Rhône-Alpes",
    "15 établissements publics de santé, dont 14 centres hospitaliers",
    "Hôpital Le Corbusier",
    "CHU de Saint-Étienne",
    "Juin 2016",
    "Nord Ardèche",
    "CH Ardèche-Nord",
    "Réunir l'offre de soins de ses membres",
    # The convention
    "Convention GHT Loire – Aésio Santé",
    "Convention de partenariat",
    "tous les travaux du GHT, dont le projet médical partagé",
    "représentants d'Aésio Santé dans les instances du GHT",
    "Clinique mutualiste de Saint-Étienne",
    # What was shared before
    "Institut de cancérologie Lucien-Neuwirth",
    "2002 : Mise en commun des autorisations, des compétences et des moyens",
    "GIE pour acquérir et gérer le scanner installé dans les locaux de l'ex-institut",
    "Médecins et chirurgiens partagés avec le Gier et Firminy",
    "Hôpital du Gier",
    "CH de Firminy",
    "Covid-19 en soins critiques",
    # What may follow
    "filière de soins critiques renforcée",
    "Cancérologie",
    "Gériatrie",
    "Addictologie",
    "Bariatrie",
    "Recherche et innovation médicale",
    "Formation des futurs médecins",
    "if-saint-etienne.fr",
)


@pytest.mark.parametrize(("code", "facts"), [("GE-06", AUBE), ("ARA-09", LOIRE)])
def test_every_fact_of_the_founding_articles_is_on_the_page(
    code: str, facts: tuple[str, ...], repository: Path
) -> None:
    app = opened(repository, code)
    shown = text(app) + html(app)
    missing = [fact for fact in facts if fact not in shown]
    assert not missing


def test_modelled_stands_beside_published_with_its_deviation(repository: Path) -> None:
    shown = text(opened(repository, "GE-06"))
    assert "Population 330 000 habitants modélisé, population municipale 2023" in shown
    stated = "Publié 350 000 habitants (2018, année déduite, source (nouvel onglet) )"
    assert "Intervalle à 80 % 310 000 à 360 000 " + stated in shown
    assert "Modélisé, année publiée 332 887 habitants Écart −4,9 %" in shown
    assert "Remarque Bassin de santé" in shown
    assert "Superficie 6 855 km² modélisé Publié 7 000 km² (2018" in shown


def test_a_population_around_paris_says_that_confidence_is_weak(repository: Path) -> None:
    assert "confiance faible" in text(opened(repository, "IDF-10"))
    assert "L'avance décrit une commune" in text(opened(repository, "GE-06"))


def test_published_figures_keep_their_words(repository: Path) -> None:
    shown = text(opened(repository, "BFC-02"))
    assert "Publié plus de 300 000 habitants (2025, source" in shown
    assert "Publié plus de 5 000 km² (2025, source" in shown
    loire = text(opened(repository, "ARA-09"))
    assert "plus de 800 000 année inconnue le GHT Page non datée." in loire


# Every section, and what leads to it


def test_the_contents_lead_to_every_section(repository: Path) -> None:
    body = html(opened(repository, "GE-06"))
    asked = re.findall(r'href="#([\w-]+)"', body)
    assert len(asked) == len(words.SECTIONS)
    for anchor in asked:
        assert body.count(f'id="{anchor}"') == 1, anchor


def test_every_figure_has_its_recipe(repository: Path) -> None:
    app = opened(repository, "GE-06")
    body = unescape(html(app))
    assert body.count(wording.RECIPE) == len(MEASURES)
    assert "python -m geo territories --ght GE-06 --format json" in body
    assert "Habitants des 485 communes comptées en 2023" in body


def test_the_map_shows_the_territory_its_communes_and_sites(repository: Path) -> None:
    app = opened(repository, "GE-06", indicateur="density_per_km2", peint="indicateur")
    values = painted(app)
    assert values["selected"] == "GE-06"
    assert values["sites"] == "generaux"
    assert "communes" in values["show"]
    assert values["details"]["communes"]
    assert "calques" not in app.query_params, "the shared view is left as it is"
    assert app.query_params["indicateur"] == "density_per_km2"


def test_the_map_opens_on_the_minutes_of_the_communes(repository: Path) -> None:
    app = opened(repository, "GE-06")
    values = painted(app)
    assert len(set(values["colors"])) == 1, "the others are a ground"
    assert len(values["overlay"]["colors"]) == 5
    legend = unescape(html(app)).split(words.ACCESS_LEGEND)[1].split("</section>")[0]
    people = re.findall(r"([\d\u202f]+)\s*habitants?", legend)
    assert sum(int(count.replace("\u202f", "")) for count in people) == 332_322


def test_what_is_said_first(repository: Path) -> None:
    shown = text(opened(repository, "GE-06"))
    assert "579 lits" in shown
    assert "Ce qui le distingue" in shown
    assert "De 2019 à 2024, chez les mêmes hôpitaux" in shown
    outside = text(opened(repository, "HORS-750712184"))
    assert "10 521 lits" in outside
    assert "Ce qui le distingue" not in outside, "only GHTs are ranked"


def test_charts_have_their_tables(repository: Path) -> None:
    app = opened(repository, "GE-06")
    charts = app.get("vega_lite_chart")
    assert len(charts) == 3
    specs = [json.loads(chart.proto.spec) for chart in charts]
    assert all(spec.get("mark") or spec.get("layer") for spec in specs)
    shown = text(app)
    for title in (words.SECTIONS["population"], words.BANDS_CHART):
        assert f'aria-label="{title}"' in unescape(html(app))
    assert "15 communes les plus peuplées, sur 485." in shown
    assert "Avance sur le deuxième (min)" not in shown
    app.toggle(key="territoire_communes").set_value(True).run()
    assert "Avance sur le deuxième (min)" in text(app)
    assert "Ortillon" in text(app), "the smallest one too"


def test_partnerships_lead_to_their_sheets(repository: Path) -> None:
    body = html(opened(repository, "GE-06"))
    found = re.findall(r'href="partenariats\?territoire=GE-06&amp;partenariat=([\w-]+)"', body)
    assert len(found) == len(set(found)) == 15
    assert found[:3] == [
        "aube-premieres-cooperations", "aube-optimipstic", "aube-gcs-sante-numerique",
    ]  # fmt: skip


def test_peers_and_neighbours_lead_to_their_own_profile(repository: Path) -> None:
    app = opened(repository, "GE-06", region="44", indicateur="density_per_km2")
    assert "Champagne (GE-05)" in offered(app)
    app.button(key="semblables_NA-01").click().run()
    assert "GHT Charente (NA-01)" in text(app)
    assert app.query_params["territoire"] == "NA-01"
    assert app.query_params["region"] == "75", "the region follows"
    assert app.query_params["indicateur"] == "density_per_km2"


def test_other_pages_open_on_the_same_territory(repository: Path) -> None:
    app = opened(repository, "GE-06")
    asked = [element.proto for element in app.get("page_link")]
    pages = ["partenariats", "comparer", "bassins", "bassins", "etablissements", "partenariats"]
    assert [page.page for page in asked] == pages
    assert all("territoire=GE-06" in page.query_string for page in asked)


def test_anomalies_and_ranks_are_told(repository: Path) -> None:
    shown = text(opened(repository, "ARA-09"))
    assert "Unité éloignée de son entité Service neurochirurgie" in shown
    assert "260020078" in shown
    assert "15 sur 131" in shown


# States


@pytest.mark.parametrize("code", ["HF-13", "GUA-01"])
def test_a_ght_without_territory_says_why(code: str, repository: Path) -> None:
    app = opened(repository, code)
    assert "territoire modélisé" in app.info[0].value.replace("\\", "")
    shown = text(app)
    assert "sans objet" in shown
    assert words.NO_COMMUNE in shown
    assert words.NO_PEER in shown
    assert words.NO_NEIGHBOUR in shown
    # Its hospitals have their years, its communes nothing.
    assert len(app.get("vega_lite_chart")) == (code == "GUA-01")
    labels = {button.proto.label for button in app.get("download_button")}
    assert "Carte PNG" not in labels
    assert words.PDF in labels


def test_an_area_outside_any_ght_has_no_member_nor_rank(repository: Path) -> None:
    app = opened(repository, "HORS-750712184")
    shown = text(app)
    assert words.OUTSIDE in shown
    assert words.NO_MEMBER in shown
    assert words.NO_RANK in shown
    assert words.NOTHING_PUBLISHED in shown
    assert "Création" not in shown


def test_unassigned_communes_have_their_state(repository: Path) -> None:
    assert words.UNASSIGNED in text(opened(repository, "NON-AFFECTE"))


def test_unknown_times_are_unknown(atlas: Atlas) -> None:
    made = profile(atlas, "OI-01", Context(atlas))
    communes = made.communes.reset_index(drop=True)
    communes["travel_time_min"] = communes.travel_time_min.mask(communes.index == 0)
    unsure = replace(made, communes=communes, access=access_of(communes))
    shown = bare(territoire_cache.written(unsure).sections["acces"])
    assert "Temps moyen inconnu" in shown
    people = format_number(communes.population[0]).replace(chr(0x202F), " ")
    assert f"Temps inconnu pour {people} habitants" in shown


@pytest.mark.parametrize(("code", "year"), [("OI-01", "2023"), ("HORS-980500003", "2017")])
def test_a_population_says_of_when_it_is(repository: Path, code: str, year: str) -> None:
    assert f"modélisé, population municipale {year} Intervalle à 80 % " in text(
        opened(repository, code)
    )


def test_no_link_shows_the_list(repository: Path) -> None:
    app = opened(repository)
    assert app.info[0].value == words.CHOOSE
    assert not app.warning
    assert "Aube et Sézannais (GE-06)" in offered(app)
    assert len(offered(app)) == 137
    assert "Territoires hors GHT (2)" in text(app)
    app.button(key="liste_5_0_GE-06").click().run()
    assert "GHT Aube et Sézannais (GE-06)" in text(app)
    assert app.query_params["territoire"] == "GE-06"


def test_the_list_follows_the_region(repository: Path) -> None:
    named = offered(opened(repository, region="44"))
    assert "Aube et Sézannais (GE-06)" in named
    assert "Loire (ARA-09)" not in named


def test_a_wrong_link_says_so_and_shows_the_list(repository: Path) -> None:
    app = opened(repository, "<b>XX")
    assert "n'existe pas ici" in app.warning[0].value
    assert app.info[0].value == words.CHOOSE
    assert "territoire" not in app.query_params


def test_the_map_says_when_it_cannot_be_drawn(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(repository, "GE-06")
    missing = cache.MapFiles(None, "dossier absent.")
    monkeypatch.setattr(cache, "map_files", lambda: missing)
    app.run()
    assert "La carte est indisponible" in app.warning[0].value
    assert not app.get("component_instance")


def click_page() -> None:
    """Take a click as the map's callback does."""
    import streamlit as st  # noqa: PLC0415  the function runs as a script of its own

    from geo.ui.territoire import map as territoire_map  # noqa: PLC0415

    territoire_map.take_click(st.session_state["clic"])
    st.session_state["peint"] = territoire_map.map_values()


@pytest.mark.parametrize(
    ("value", "area", "turn"),
    [
        ({"area_code": "ARA-09"}, "ARA-09", 0),
        ({"area_code": None}, "GE-06", 1),
        ({"area_code": "<b>"}, "GE-06", 0),
        (["x"], "GE-06", 0),
    ],
)
def test_a_click_opens_a_neighbour_and_closes_nothing(value: object, area: str, turn: int) -> None:
    app = AppTest.from_function(click_page, default_timeout=120)
    app.session_state["clic"] = {CLICK_KEY: value}
    app.session_state[SELECTION] = Selection(area="GE-06")
    app.run()
    assert not app.exception
    state = app.session_state
    assert state[SELECTION].area == area
    assert state["peint"]["selected"] == area
    assert state["peint"]["token"].endswith(f".{turn}"), "painted again as it was"


def recipe_page() -> None:
    """Show the recipe of a figure, as any page may."""
    from geo.ui.shared.recipes import show_recipe  # noqa: PLC0415

    show_recipe("area_km2", "GE-06")


def test_a_recipe_stands_on_any_page() -> None:
    app = AppTest.from_function(recipe_page, default_timeout=120).run()
    assert not app.exception
    assert "Superficie : 6 855,20 km²" in text(app)


def test_the_last_band_is_open(atlas: Atlas) -> None:
    made = profile(atlas, "GE-06", Context(atlas))
    made.communes.loc[0, "travel_time_min"] = 90.0
    last = profile_tables.bands(made).iloc[-1]
    assert last[wording.BAND_COLUMNS["band"]] == "plus de 60 min"


# Hostile texts


def test_hostile_texts_stay_texts(atlas: Atlas) -> None:
    attack = '<img src=x onerror="alert(1)">'
    made = profile(atlas, "GE-06", Context(atlas))
    for table in (made.members, made.communes, made.anomalies, made.peers, made.by_city):
        for column in table.select_dtypes(include=["str", "object"]).columns:
            table[column] = attack
    made.published["source_url"] = "javascript:alert(1)"
    object.__setattr__(made, "region", attack)
    object.__setattr__(made, "composition", attack)
    written = "".join(territoire_cache.written(made).sections.values())
    assert "&lt;img src=x" in written
    assert "<img src=x" not in written
    assert 'href="javascript' not in written


def test_only_addresses_of_the_web_are_links() -> None:
    assert link_html("javascript:alert(1)", "a<b") == "a&lt;b"
    assert link_html(None, "a") == "a"
    assert 'rel="noopener noreferrer"' in link_html("https://exemple.fr", "a")


def test_no_partnership_makes_an_empty_table(atlas: Atlas) -> None:
    names = typed_table(collection_of(atlas)).head(0)
    assert "<tbody></tbody>" in partnerships_html(names, [], "GE-06")


# Files


def test_each_content_has_the_files_that_suit_it(repository: Path) -> None:
    app = opened(repository, "GE-06")

    def labels() -> list[str]:
        return [button.proto.label for button in app.get("download_button")]

    maps = ["Carte PNG", "Carte SVG", "Carte PDF"]
    forms = ["CSV", "Excel", "GeoJSON", "GeoPackage", "GeoParquet"]
    assert labels() == [words.PDF, *[f"{form} : communes" for form in forms], *maps]
    app.selectbox(key="territoire_contenu").set_value("membres").run()
    assert labels() == [words.PDF, "CSV : membres", "Excel : membres", *maps]


@pytest.fixture
def made() -> Profile:
    return territoire_cache.profile_of("GE-06")


@pytest.mark.parametrize("what", words.TAKEAWAYS)
def test_files_hold_exactly_the_rows_of_the_territory(what: str, made: Profile) -> None:
    content = territoire_cache.content_of(what, "GE-06")
    counts = {
        "communes": 485, "establishments": 47, "partnerships": 15, "membres": 6,
        "histoire": len(made.history),
        "chiffres": len(MEASURES), "acces": 7, "services": len(SERVICES),
        "rangs": len(MEASURES) - 1, "semblables": 5,
        "voisins": len(made.neighbours), "activite": len(made.activity),
        "anomalies": len(made.anomalies), "ailleurs": len(made.towns_elsewhere),
    }  # fmt: skip
    read = pd.read_csv(
        io.BytesIO(table_bytes(content, "csv")), sep=";", decimal=",", dtype="str",
    )  # fmt: skip
    assert len(read) == counts[what]
    sheets = pd.read_excel(io.BytesIO(table_bytes(content, "xlsx")), sheet_name=None)
    first, *_, notes = sheets.values()
    assert len(first) == counts[what]
    said = dict(zip(notes.iloc[:, 0], notes.iloc[:, 1], strict=True))
    assert said["Filtre : territoire"] == "Aube et Sézannais (GE-06)"
    assert said["Paramètre small_penalty"] == "12.0"
    assert said["Paramètre travel_time"] == "par la route, réseau 2025"
    assert "_aube-et-sezannais-ge-06_" in names_of(content, None)["csv"]


@pytest.mark.parametrize("what", ["communes", "establishments", "partnerships"])
@pytest.mark.parametrize("form", ["geojson", "parquet", "gpkg"])
def test_layers_have_their_geometry(what: str, form: str, tmp_path: Path) -> None:
    content = territoire_cache.content_of(what, "GE-06")
    path = tmp_path / f"couche.{form}"
    path.write_bytes(table_bytes(content, form))
    frame = gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path)
    assert len(frame) == len(content.read())
    assert frame.geometry.notna().any()
    assert frame.crs == 4326


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="« exe » inconnu"):
        table_bytes(territoire_cache.content_of("communes", "GE-06"), "exe")


def test_the_rows_of_an_area_outside_any_ght_are_its_own() -> None:
    code = "HORS-750712184"
    table = territoire_cache.content_of("communes", code).read()
    assert set(table.area_code) == {code}
    assert len(table) == 47


def test_the_profile_is_a_pdf() -> None:
    assert territoire_cache.pdf_bytes("GE-06").startswith(b"%PDF")


def test_what_the_page_of_the_map_takes_away(atlas: Atlas) -> None:
    content = bundled("territories", region="44")
    table = content.read()
    assert set(table.reg_code) == {"44"}
    assert len(table) == (atlas.territories.reg_code == "44").sum()
    assert dict(content.filters) == {"Filtre : région": "Grand Est (44)", "Filtre : GHT": "tous"}
    one = bundled("communes", ght="GE-06")
    assert dict(one.filters)["Filtre : GHT"] == "Aube et Sézannais (GE-06)"
    assert dict(bundled("communes").filters)["Filtre : région"] == "tous"


def test_the_map_of_a_view_is_a_picture() -> None:
    picture = picture_of(Selection(region="44", measure="density_per_km2"))
    assert picture is not None
    names = names_of(bundled("territories", region="44"), picture)
    assert names["png"].startswith("carte_density-per-km2_grand-est_")
    assert names["csv"].startswith("territoires_grand-est_")
    assert picture.draw("png").startswith(b"\x89PNG")
    assert picture_of(DEFAULT) is not None
    assert picture_of(Selection(area="HF-13")) is None, "nothing draws it"
    assert picture_of(Selection(area="NON-AFFECTE")) is None
    around = picture_of(Selection(area="GE-06", sites="aucun"))
    assert around is not None
    assert b"<svg" in around.draw("svg")[:600]


@pytest.mark.parametrize("name", ["territoire", "ght"])
def test_a_link_to_a_ght_that_is_gone_opens_the_one_that_has_its_members(
    repository: Path, name: str
) -> None:
    app = opened_at(repository, "territoire", **{name: "ARA-10"})
    assert app.session_state[SELECTION].area == "ARA-22"
    told = [screens.plain(warning.value) for warning in app.warning]
    assert told == ["Rhône Centre (ARA-10) fait partie de Val Rhône Centre (ARA-22)."]
    assert app.query_params["territoire"] == "ARA-22"


def test_the_towns_of_members_in_another_territory_are_listed_or_said_to_be_none(
    repository: Path,
) -> None:
    app = opened(repository, "GE-01")
    assert "Rosheim 67411 Hôpital local de Rosheim Centre Alsace (GE-02)" in text(app)
    assert words.NO_TOWN in text(opened(repository, "GE-06"))
    assert words.TOWNS not in text(opened(repository, "HF-13")), "psychiatry has no territory"
