"""The files of the page of partnerships: exactly what passes the filters, made when asked for."""

import io
from pathlib import Path

import geopandas as gpd
import matplotlib.image
import pandas as pd
import pyogrio
import pytest
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas
from geo.atlas.vocabulary import FORM_FAMILIES, STATUSES
from geo.partnerships.collection import Filters, collection_of, filter_collection
from geo.partnerships.tables import export_tables
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import charts as partenariats_charts
from geo.ui.partenariats.words import FILE_LOOKS as LOOKS
from tests.app.screens import opened_at
from tests.app.taken import Files, read_csv, read_layer, same, sheets, words

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
LOIRE = Filters(ght="ARA-09")


def opened(repository: Path, **parameters: str) -> AppTest:
    app = opened_at(repository, "partenariats", **parameters)
    app.toggle(key="partenariats_fichiers").set_value(True).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("look", LOOKS)
def test_the_table_of_each_view_is_taken_away(repository: Path, files: Files, look: str) -> None:
    opened(repository, ght="ARA-09", vue=look)
    shown = partenariats_cache.shown(LOIRE).table
    tables = {
        "carte": shown,
        "tableau": shown,
        "frise": partenariats_charts.timeline_of(LOIRE)["table"],
        "reseau": partenariats_charts.network_of(LOIRE, "ARA-09")["table"],
        "matrice": partenariats_charts.matrix_of(LOIRE)["table"],
    }
    same(read_csv(files["partenariats_affiche_csv"]()), tables[look])
    pages = sheets(files["partenariats_affiche_xlsx"]())
    assert list(pages) == [LOOKS[look], "Sources et paramètres"]
    head, *rows = pages[LOOKS[look]]
    same(pd.DataFrame(rows, columns=head), tables[look])
    notes = {row[0]: row[1] for row in pages["Sources et paramètres"]}
    assert notes["Territoire"] == "Loire (ARA-09)"
    assert "liste de l'atlas" in notes["Sources"]


def test_one_workbook_holds_the_five_tables(repository: Path, files: Files, atlas: Atlas) -> None:
    opened(repository, region="44", forme="convention_adhesion", de="2010", a="2020")
    filters = Filters(
        region="44", form="convention_adhesion", first_year=2010, last_year=2020
    )  # fmt: skip
    expected = export_tables(filter_collection(collection_of(atlas), filters))
    pages = sheets(files["partenariats_classeur_xlsx"]())
    assert list(pages) == [*expected, "Sources et paramètres"]
    for name, table in expected.items():
        head, *rows = pages[name]
        back = pd.DataFrame(rows, columns=head)
        same(back.replace({True: "True", False: "False"}), table.astype("object").map(
            lambda cell: str(cell) if isinstance(cell, bool) else cell
        )) if name == "Parties" else same(back, table)  # fmt: skip
    notes = {row[0]: row[1] for row in pages["Sources et paramètres"]}
    assert notes["Région"] == "Grand Est"
    assert notes["Forme"] == "Convention d'adhésion"
    assert notes["Actifs entre"] == "2010 – 2020"
    assert notes["Inclure les partenariats sans date"] == "oui"
    assert "partenariats_classeur_csv" not in files


@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_links_are_lines_and_parties_are_points(
    repository: Path, files: Files, tmp_path: Path, form: str
) -> None:
    opened(repository, ght="ARA-09")
    kept = partenariats_cache.shown(LOIRE)
    if form == "gpkg":
        path = tmp_path / "liens.gpkg"
        path.write_bytes(files["partenariats_liens_gpkg"]())
        kinds = dict(pyogrio.list_layers(path))
        assert kinds == {"links": "LineString", "parties": "Point"}
        links = gpd.read_file(path, layer="links")
        assert len(gpd.read_file(path, layer="parties")) == len(kept.collection.parties)
    else:
        links = read_layer(files[f"partenariats_liens_{form}"](), form, tmp_path)
    assert set(links.geom_type) == {"LineString"}
    assert set(links.partnership_id) == set(kept.linked)
    first = links.iloc[0]
    ends = [*first.geometry.coords]
    assert ends[0] == pytest.approx((first.from_lon, first.from_lat), abs=1e-6)
    assert ends[-1] == pytest.approx((first.to_lon, first.to_lat), abs=1e-6)
    parties = read_layer(files[f"partenariats_parties_{form}"](), form, tmp_path)
    expected = kept.collection.parties
    assert parties.party_name.to_list() == expected.party_name.to_list()
    assert parties.geometry.notna().to_list() == expected.is_located.to_list()
    assert set(parties.title) == set(kept.titles.values())


def test_the_links_of_the_map_in_tables(repository: Path, files: Files) -> None:
    opened(repository, ght="ARA-09")
    table = read_csv(files["partenariats_liens_csv"]())
    pages = sheets(files["partenariats_liens_xlsx"]())
    head, *rows = pages["Liens entre parties"]
    same(pd.DataFrame(rows, columns=head), table)
    assert "Parties des partenariats" in pages
    assert "Dictionnaire" in pages


def test_the_picture_has_its_legend(repository: Path, files: Files, atlas: Atlas) -> None:
    opened(repository)
    said = words(files["partenariats_liens_svg"]())
    kept = partenariats_cache.shown(Filters())
    heads = kept.collection.partnerships
    drawn = heads[heads.partnership_id.isin(kept.linked)]
    states = [STATUSES[code] for code in drawn.status.unique()]
    for part in (
        "Partenariats recensés – France", "Liste partielle", "Couleur du trait : forme",
        FORM_FAMILIES["convention"], "Trait : état", *states, "Symbole : secteur de la partie",
        "Public", "GHT avec au moins un partenariat", "Hors GHT", "200 km", "Guyane",
        atlas.version, "construites le",
    ):  # fmt: skip
        assert part in said, part
    absent = [label for code, label in STATUSES.items() if label not in states]
    assert not any(label in said for label in absent), "only what is on the map"
    assert files["partenariats_liens_svg"]() == files["partenariats_liens_svg"]()
    assert files["partenariats_liens_pdf"]().startswith(b"%PDF")
    name = files["partenariats_liens_png nom"]().decode()
    assert name.startswith("carte_partenariats_france_20")


def test_the_picture_of_a_region_and_of_an_open_sheet(repository: Path, files: Files) -> None:
    code = partenariats_cache.shown(Filters(region="44")).linked[0]
    opened(repository, region="44", partenariat=code)
    said = words(files["partenariats_liens_svg"]())
    assert "Grand Est" in said
    assert "Encarts" not in said
    picture = files["partenariats_liens_png"]()
    assert matplotlib.image.imread(io.BytesIO(picture)).shape[:2] == (1080, 1920)


def test_a_ght_without_a_territory_is_drawn_on_the_country(
    repository: Path, files: Files, atlas: Atlas
) -> None:
    table = atlas.territories
    code = str(table[(table.kind == "ght") & table.commune_count.isna()].area_code.iloc[0])
    app = AppTest.from_file(str(repository / "dashboard.py"), default_timeout=120)
    app.run()
    app.switch_page("pages/partenariats.py")
    app.query_params["ght"] = code
    app.run()
    assert not app.exception
    assert "partenariats_fichiers" not in {toggle.key for toggle in app.toggle}, "nothing to take"
    assert not any(key.startswith("partenariats_") for key in files)


def test_a_network_without_a_ght_has_no_table(repository: Path, files: Files) -> None:
    opened(repository, vue="reseau")
    assert "partenariats_affiche_csv" not in files
    assert "partenariats_classeur_xlsx" in files
