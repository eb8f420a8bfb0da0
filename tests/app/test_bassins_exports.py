"""The files of the page of models: exactly what is on screen, made outside the session."""

import io
import re
from pathlib import Path

import geopandas as gpd
import matplotlib.image
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas
from geo.catchment.layers import change_labels, margin_labels
from geo.catchment.scenario import Change, Scenario
from geo.catchment.scenario_file import to_address
from tests.app.screens import opened_at, search
from tests.app.taken import Files, read_csv, read_layer, same, sheets, words

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
HOSTILE = Scenario('=1+1 "$x$" <b>', (Change("merge", "GE-06", "GE-05"),))
COUNTRY = 68_350_798


def opened(repository: Path, **parameters: str) -> AppTest:
    return opened_at(repository, "bassins", **parameters)


def with_map(app: AppTest) -> AppTest:
    app.toggle(key="bassins_fichiers").set_value(True).run()
    assert not app.exception
    return app


def test_the_table_is_taken_away_as_it_is_shown(repository: Path, files: Files) -> None:
    app = opened(repository)
    screen = app.dataframe[0].value
    same(read_csv(files["bassins_tableau_csv"]()), screen)
    pages = sheets(files["bassins_tableau_xlsx"]())
    assert list(pages) == ["Modèles", "Sources et paramètres"]
    head, *rows = pages["Modèles"]
    same(pd.DataFrame(rows, columns=head), screen)
    notes = {row[0]: row[1] for row in pages["Sources et paramètres"]}
    assert notes["Modèle de territoire"] == "Hôpital le plus proche par la route"
    assert notes["Commune disputée"] == "avance inférieure à 10 %"
    assert notes["Enclaves absorbées"] == "aucune"
    assert notes["Garder entières"] == "aucune unité"
    assert notes["Lier à son GHT la commune des lits d'un membre"] == "non"
    assert notes["Paramètre small_penalty"] == "12.0"
    assert notes["Paramètre travel_time"] == "par la route, réseau 2025"
    assert "Scénario" not in notes
    name = files["bassins_tableau_xlsx nom"]().decode()
    assert name.startswith("modeles_hopital-le-plus-proche-par-la-route_20")


@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_territories_have_their_polygons(
    repository: Path, files: Files, tmp_path: Path, form: str, atlas: Atlas
) -> None:
    app = with_map(opened(repository))
    screen = app.dataframe[0].value
    back = read_layer(files[f"bassins_carte_0_{form}"](), form, tmp_path)
    assert back.crs is not None
    assert back.crs.to_epsg() == 4326
    same(pd.DataFrame(back.drop(columns="geometry")), screen)
    bundled = gpd.read_parquet(atlas.shapes("territories")).set_index("area_code")
    known = back[back.geometry.notna() & ~back.geometry.is_empty].set_index("Code")
    assert set(known.index) == set(bundled.index)
    expected = bundled.geometry.reindex(known.index)
    gaps = shapely.hausdorff_distance(np.asarray(known.geometry), np.asarray(expected))
    assert gaps.max() < 1e-5


def test_a_scenario_is_written_step_by_step(repository: Path, files: Files, tmp_path: Path) -> None:
    packed = to_address(HOSTILE) or ""
    app = with_map(opened(repository, scenario=packed, volet="scenario", vue="difference",
                          avec="reel"))  # fmt: skip
    effect = app.dataframe[0].value
    same(read_csv(files["bassins_effet_csv"]()), effect)
    notes = {
        row[0]: row[1] for row in sheets(files["bassins_effet_xlsx"]())["Sources et paramètres"]
    }
    assert '=1+1 "$x$" <b>' in notes["Scénario"]
    assert "Ce ne sont pas les données en vigueur" in notes["Scénario"]
    assert "rejoint" in notes["Scénario, changement 1"]
    assert "scenario" in files["bassins_effet_csv nom"]().decode()
    areas = read_csv(files["bassins_carte_0_csv"]())
    assert areas["Population modélisée"].sum() == COUNTRY
    changed = areas.set_index("Code")["Différence (habitants)"]
    assert changed["GE-05"] == effect.set_index("Code")["Différence (habitants)"]["GE-05"]
    communes = read_csv(files["bassins_carte_1_csv"]())
    assert set(communes["Code du territoire comparé"]) == {"GE-06"}
    assert communes.Population.sum() == changed["GE-05"]
    back = read_layer(files["bassins_carte_1_gpkg"](), "gpkg", tmp_path)
    same(pd.DataFrame(back.drop(columns="geometry")), communes)
    assert back.geometry.notna().all()
    layer = read_layer(files["bassins_carte_0_parquet"](), "parquet", tmp_path)
    merged = layer.set_index("Code").geometry
    assert merged["GE-05"].contains(back.geometry.iloc[0].representative_point())
    svg = files["bassins_carte_0_svg"]()
    said = words(svg)
    for part in (
        "Écart de population (%)", *change_labels(), "Communes qui changent de territoire",
        "Hôpital le plus proche par la route, avec un scénario / Le même modèle sans le scénario",
        "km",
        "Ce ne sont pas les données en vigueur", "Sources :", "Hors GHT",
    ):  # fmt: skip
        assert part in said, part
    assert '"$x$"' in said, "a name is never mathematics"
    name = files["bassins_carte_0_svg nom"]().decode()
    assert name.startswith(
        "carte_difference_hopital-le-plus-proche-par-la-route-scenario-1-1-x-b_20"
    )


def test_confidence_takes_its_contested_communes(repository: Path, files: Files) -> None:
    app = with_map(opened(repository, modele="gravity", vue="confiance", volet="disputees"))
    whole = app.selectbox(key="disputees_top").select(200).run()
    screen = whole.dataframe[0].value
    table = read_csv(files["bassins_disputees_csv"]())
    same(table.head(200), screen)
    same(read_csv(files["bassins_carte_1_csv"]()), table)
    areas = read_csv(files["bassins_carte_0_csv"]())
    share = areas["Population disputée"] / areas["Population modélisée"] * 100
    known = share.notna() & areas["Part disputée (%)"].notna()
    assert areas["Part disputée (%)"][known].to_list() == pytest.approx(share[known], abs=0.6)
    said = words(files["bassins_carte_0_svg"]())
    for part in ("Population disputée (%)", "Communes disputées (avance de moins de", "10 %)",
                 "Attraction (Huff)", "200 km", "Encarts"):  # fmt: skip
        assert part in said, part
    assert files["bassins_carte_0_pdf"]().startswith(b"%PDF")


def test_the_communes_of_a_territory_have_their_class(repository: Path, files: Files) -> None:
    app = opened(repository, modele="gravity", vue="confiance", territoire="GE-06", volet="commune")
    with_map(app)
    table = read_csv(files["bassins_carte_1_csv"]())
    assert set(table["Classe d'avance"]) <= {*margin_labels(10), "Avance inconnue ou sans rival"}
    assert set(table.Territoire) == {"Aube et Sézannais"}
    picture = files["bassins_carte_0_png"]()
    assert matplotlib.image.imread(io.BytesIO(picture)).shape[:2] == (1080, 1920)
    said = words(files["bassins_carte_0_svg"]())
    assert "Aube et Sézannais (GE-06)" in said
    assert "moins de 10 % (disputée)" in said
    name = files["bassins_carte_1_gpkg nom"]().decode()
    assert name.startswith("communes-par-avance_attraction-huff_20")
    search(app, "commune", "10323", "commune")
    same(read_csv(files["bassins_commune_csv"]()), app.dataframe[0].value)


def test_a_region_and_a_model_without_margin(repository: Path, files: Files, atlas: Atlas) -> None:
    app = opened(repository, volet="zonage", region="44", vue="confiance", etablissements="aucun")
    lines = [f"{code};GE-06" for code in atlas.communes.insee_code[:50]]
    content = "\n".join(["code_insee;ght", *lines]).encode()
    app.file_uploader(key="zonage_fichier").upload("zonage.csv", content, "text/csv").run()
    app.button(key="zonage_utiliser").click().run()
    with_map(app)
    assert "bassins_carte_0_csv" in files
    assert "bassins_carte_1_csv" not in {key for key in files if "nom" not in key}
    pages = sheets(files["bassins_carte_0_xlsx"]())
    notes = {row[0]: row[1] for row in pages["Sources et paramètres"]}
    assert notes["Modèle de territoire"] == "Votre zonage"
    assert re.fullmatch(r"[0-9a-f]{16}", notes["Zonage importé (empreinte)"])


def test_the_picture_of_a_region_leaves_the_others_plain(repository: Path, files: Files) -> None:
    with_map(opened(repository, region="44", etablissements="aucun"))
    said = words(files["bassins_carte_0_svg"]())
    assert "Grand Est" in said
    assert "Autres territoires" in said
    assert "Établissement support" not in said
    assert "Encarts" not in said


def test_checks_are_taken_away(repository: Path, files: Files) -> None:
    app = opened(repository, volet="publies")
    same(read_csv(files["bassins_ecarts_csv"]()), app.dataframe[0].value)
    same(read_csv(files["bassins_nuage_csv"]()), app.dataframe[1].value)
    same(read_csv(files["bassins_publies_csv"]()), app.dataframe[2].value)


def test_a_layer_is_named_after_what_it_holds(
    repository: Path, files: Files, tmp_path: Path
) -> None:
    with_map(opened(repository))
    path = tmp_path / "b.gpkg"
    path.write_bytes(files["bassins_carte_0_gpkg"]())
    assert pyogrio.list_layers(path)[:, 0].tolist() == ["modeles"]
