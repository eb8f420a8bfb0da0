"""The page of models, run by Streamlit's own tester."""

import base64
import zlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.atlas.load import Atlas
from geo.catchment.coverage import coverage
from geo.catchment.models import DEFAULT_MODEL, MODELS
from geo.catchment.runs import IMPORTED
from geo.catchment.scenario import Change, Scenario
from geo.catchment.scenario_file import to_address, to_json
from geo.territories.measures import territory_table
from geo.ui.bassins.words import LOOKS, PANELS
from tests.app.screens import opened_at, painted, plain, search, text, typed

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
MERGER = Scenario("Fusion", (Change("merge", "GE-06", "GE-05"),))
COUNTRY = "68\u202f350\u202f798"


def opened(repository: Path, **parameters: str) -> AppTest:
    return opened_at(repository, "bassins", **parameters)


def choose(app: AppTest, key: str, value: str) -> AppTest:
    app.segmented_control(key=f"bassins_{key}").set_value(value).run()
    assert not app.exception
    return app


def test_the_page_shows_the_default_model(repository: Path) -> None:
    app = opened(repository)
    assert "Territoires modélisés, sans valeur légale" in text(app)
    assert COUNTRY in text(app)
    assert not app.warning
    assert "Scénario :" not in text(app)
    values = painted(app)
    assert values["overlay"] is None
    assert "territories." in values["layers"]["territories"]


def test_zones_lie_over_any_model_but_not_the_communes_of_another(repository: Path) -> None:
    app = opened(
        repository, modele="gravity", calques="noms,disputees,bassin_vie", territoire="GE-06"
    )
    values = painted(app)
    assert values["show"] == ["noms", "bassin_vie"]
    assert set(values["details"]) == {"bassin_vie"}
    assert "Bassins de vie 2022" in text(app)
    assert "disputees" in app.query_params["calques"], "chosen elsewhere, kept"


@pytest.mark.parametrize("model", MODELS)
def test_every_model_keeps_everyone(repository: Path, model: str) -> None:
    app = opened(repository, modele=model)
    table = app.dataframe[0].value
    assert table["Population modélisée"].sum() == 68_350_798
    assert (table["Minimum des modèles"] <= table["Maximum des modèles"]).fillna(True).all()
    stem = "territories." if model == DEFAULT_MODEL else "bassin."
    assert stem in painted(app)["layers"]["territories"]
    assert MODELS[model].label in text(app)


def test_the_check_says_what_intervals_are_worth_and_by_how_many_figures(
    repository: Path, atlas: Atlas
) -> None:
    found = coverage(territory_table(atlas), atlas.published)
    assert found is not None
    shown = text(opened(repository, volet="publies")).replace("\u00a0", " ")
    assert f"Sur {found.figure_count} chiffres publiés qui décrivent le GHT" in shown
    assert f": {found.left_out_count}, soit {found.left_out_percent:.0f} %" in shown
    assert "1,28 × √(6 %² + s²)" in shown
    contested = text(opened(repository, volet="disputees"))
    assert "erreur sur la population d'un GHT" in contested


def test_a_model_and_its_values_are_in_the_address(repository: Path) -> None:
    app = choose(opened(repository), "model", "gravity")
    app.number_input(key="bassins_values_beta").set_value(2.5).run()
    app.number_input(key="bassins_enclaves").set_value(3000).run()
    assert app.query_params["modele"] == "gravity"
    assert app.query_params["beta"] == "2.5"
    assert app.query_params["enclaves"] == "3000"
    assert "Enclaves absorbées" in text(app)
    app.number_input(key="bassins_values_beta").set_value(1.67).run()
    assert "beta" not in app.query_params


def test_units_kept_whole_name_whom_they_empty_and_are_in_the_address(repository: Path) -> None:
    app = opened(repository, volet="methode")
    app.selectbox(key="bassins_whole_units").select("epci").run()
    assert not app.exception
    assert app.query_params["unites"] == "epci"
    assert "L'option vide" in app.warning[0].value
    assert "Communes déplacées par les options" in text(app)
    assert "--whole-units epci" in app.code[0].value
    assert "garder entières : les intercommunalités" in text(app)
    app.toggle(key="bassins_own_town").set_value(True).run()
    assert app.query_params["villes"] == "liees"
    app.selectbox(key="bassins_whole_units").select("none").run()
    assert "unites" not in app.query_params
    assert not app.warning


def test_bound_regions_are_chosen_by_name(repository: Path) -> None:
    app = opened(repository, modele="perimeter", liees="24")
    regions = app.multiselect(key="bassins_values_regions")
    assert regions.value == ["24"]
    regions.set_value(["24", "53"]).run()
    assert app.query_params["liees"] == "24,53"


def test_a_wrong_link_falls_back_and_says_so(repository: Path) -> None:
    app = opened(
        repository, modele="magie", beta="99", marge="x", vue="", scenario="zz", territoire="QQ"
    )
    assert len(app.warning) == 5
    assert all("<" not in warning.value for warning in app.warning)
    assert painted(app)["selected"] is None
    assert COUNTRY in text(app)
    choose(app, "model", "gravity")
    assert not app.warning


def test_a_scenario_about_unknown_codes_is_refused(repository: Path) -> None:
    packed = to_address(Scenario("x", (Change("close", "000000000"),))) or ""
    app = opened(repository, scenario=packed)
    assert "inconnu" in app.warning[0].value
    assert "Scénario :" not in text(app)


def test_a_bomb_in_the_link_is_refused(repository: Path) -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" * 10_000_000, 9)).decode()
    app = opened(repository, scenario=bomb)
    assert "illisible" in app.warning[0].value


def test_confidence_hatches_the_country_then_shows_the_communes_of_a_territory(
    repository: Path,
) -> None:
    app = choose(opened(repository, modele="gravity"), "look", "confiance")
    country = painted(app)["overlay"]
    assert country["colors"] == []
    search(app, "choix_area", "GE-06")
    local = painted(app)["overlay"]
    assert local["address"] != country["address"]
    assert len(local["colors"]) == 4
    assert "moins de 10 % (disputée)" in text(app)


def test_a_difference_names_what_is_compared(repository: Path) -> None:
    app = opened(repository, vue="difference", avec="gravity")
    assert painted(app)["overlay"]["address"]
    assert "Hôpital le plus proche par la route / Attraction (Huff)" in text(app)
    assert painted(app)["label"] == "Écart de population"


@pytest.mark.parametrize(("panel", "look"), [*zip(PANELS, [*LOOKS] * 3, strict=False)])
def test_every_panel_is_shown_for_a_territory(repository: Path, panel: str, look: str) -> None:
    app = opened(repository, volet=panel, vue=look, territoire="ARA-09", modele="gravity")
    assert "Données version" in text(app)
    assert app.query_params["volet"] == panel if panel != "tableau" else True


def test_published_figures_are_compared_and_explained(repository: Path) -> None:
    app = opened(repository, volet="publies")
    summary, cloud, every = (app.dataframe[place].value for place in range(3))
    assert len(summary) == 2 * len(MODELS)
    assert cloud["GHT"].iloc[0] == "Artois-Ternois", "the farthest first"
    assert set(summary["Chiffres comparés"][summary["Chiffre"] == "Population"]) == {len(cloud)}
    judges = every[every["Juge le modèle"] == "oui"]
    assert set(judges["Ce qu'il décrit"]) == {"le GHT"}
    assert {"un seul membre", "le bassin du support"} <= set(every["Ce qu'il décrit"])
    assert "Artois-Ternois (HF-04)" in text(app)
    assert "Pas-de-Calais (62)" in text(app)


def test_a_commune_is_answered_under_each_model(repository: Path) -> None:
    app = opened(repository, volet="commune", modele="gravity")
    search(app, "commune", "10323", "commune")
    answers = app.dataframe[0].value
    assert len(answers) == len(MODELS), "the model on screen has one row"
    assert set(answers["Territoire"]) == {"Aube et Sézannais"}
    assert "5 modèles sur 5 rattachent cette commune à Aube et Sézannais" in text(app)
    assert painted(app)["selected"] == "GE-06", "a commune is shown with its territory"
    assert painted(app)["commune"]["code"] == "10323"
    search(app, "commune", "zzzzzz", "commune")
    assert app.query_params["commune"] == "10323", "what does not exist changes nothing"


def test_the_method_gives_the_command_that_reproduces_it(repository: Path) -> None:
    app = opened(repository, volet="methode", modele="gravity", beta="2")
    assert "python -m geo territories --model gravity --beta 2" in app.code[0].value
    assert MODELS["gravity"].formula in text(app)


def add(app: AppTest, kind: str, target: str, ght: str = "") -> AppTest:
    app.selectbox(key="scenario_nature").select(kind).run()
    search(app, f"scenario_cible_{kind}_recherche", target, "entite")
    if ght:
        search(app, "scenario_ght_recherche", ght)
    app.button(key="scenario_ajouter").click().run()
    assert not app.exception
    return app


def test_changes_stack_and_are_undone(repository: Path) -> None:
    app = add(opened(repository, volet="scenario"), "merge", "GE-06", "GE-05")
    assert "Ce ne sont pas les données en vigueur" in text(app)
    assert "Aube et Sézannais rejoint le GHT Champagne." in text(app)
    effect = app.dataframe[0].value
    assert effect["Différence (habitants)"].sum() == 0
    one = app.query_params["scenario"]
    site = app.selectbox(key="scenario_nature").select("close").run()
    code = typed(site, "scenario_cible_close_recherche", "Sezanne")[0]["code"]
    search(app, "scenario_cible_close_recherche", code, "etablissement")
    app.button(key="scenario_ajouter").click().run()
    assert app.query_params["scenario"] != one, code
    app.button(key="scenario_annuler").click().run()
    assert app.query_params["scenario"] == one
    app.text_input(key="scenario_nom").input("<b>Fusion</b>").run()
    assert "&lt;b&gt;Fusion&lt;/b&gt;" in text(app)
    app.button(key="scenario_vider").click().run()
    assert "scenario" not in app.query_params
    assert "Ce ne sont pas les données en vigueur" not in text(app)


def test_a_site_opens_in_a_commune_found_by_name(repository: Path) -> None:
    app = opened(repository, volet="scenario")
    app.selectbox(key="scenario_nature").select("open").run()
    found = typed(app, "scenario_cible_open_recherche", "10100")
    assert found[0]["label"] == "Romilly-sur-Seine (10)"
    search(app, "scenario_cible_open_recherche", found[0]["code"], "commune")
    search(app, "scenario_ght_recherche", "GE-05")
    app.button(key="scenario_ajouter").click().run()
    assert "ouvre dans la commune Romilly-sur-Seine (10323)" in text(app)


def test_a_change_without_a_target_or_without_effect_is_refused(repository: Path) -> None:
    app = opened(repository, volet="scenario")
    app.button(key="scenario_ajouter").click().run()
    assert "Choisissez ce qui change" in app.error[0].value
    add(app, "merge", "GE-06", "GE-06")
    assert "ne changerait rien" in app.error[0].value


def test_a_scenario_file_is_opened(repository: Path) -> None:
    app = opened(repository, volet="scenario")
    app.file_uploader(key="scenario_fichier").upload(
        "scenario.json", to_json(MERGER).encode(), "application/json"
    ).run()
    app.button(key="scenario_appliquer").click().run()
    assert "Scénario : Fusion." in text(app)


def test_every_fault_of_a_scenario_file_is_said(repository: Path) -> None:
    app = opened(repository, volet="scenario")
    wrong = b'{"version": 9, "changes": [{"kind": "magie"}, {"kind": "close"}]}'
    app.file_uploader(key="scenario_fichier").upload("s.json", wrong, "application/json").run()
    assert "3 défauts" in app.error[0].value


def test_a_scenario_is_compared_with_reality(repository: Path) -> None:
    packed = to_address(MERGER) or ""
    app = opened(repository, scenario=packed, vue="difference", avec="reel")
    assert "Le même modèle sans le scénario" in text(app)
    assert "scénario" in app.caption[-1].value.lower()


def test_confidence_of_the_default_model_is_that_of_its_runs(repository: Path) -> None:
    app = opened(repository, vue="confiance")
    assert "instables" in painted(app)["details"]
    assert "tirage sur dix" in text(app)
    app.selectbox(key="bassins_whole_units").set_value("epci").run()
    assert "instables" not in painted(app)["details"], "the runs are those of another model"
    app = opened(repository, vue="confiance", territoire="GE-06")
    assert "instables" not in painted(app)["details"], "its communes show their lead"


def test_a_zoning_is_reported_then_used(repository: Path, atlas: Atlas) -> None:
    app = opened(repository, volet="zonage")
    codes = atlas.communes.insee_code
    lines = [f"{code};GE-06" for code in codes[:100]] + ["99999;GE-06", f"{codes[100]};XX-99"]
    content = "\n".join(["code_insee;ght", *lines]).encode()
    app.file_uploader(key="zonage_fichier").upload("zonage.csv", content, "text/csv").run()
    assert "99999" in text(app)
    assert "XX-99" in text(app)
    assert painted(app)["layers"]["territories"].count("territories.") == 1, "not used yet"
    app.button(key="zonage_utiliser").click().run()
    assert app.query_params["modele"] == IMPORTED
    choose(app, "panel", "tableau")
    table = app.dataframe[0].value
    assert table["Population modélisée"].sum() == 68_350_798
    choose(app, "look", "confiance")
    assert "ne dit pas son degré de confiance" in text(app)
    choose(app, "panel", "zonage")
    app.button(key="zonage_retirer").click().run()
    assert "modele" not in app.query_params


def test_a_link_to_a_zoning_asks_for_the_file(repository: Path) -> None:
    app = opened(repository, modele=IMPORTED)
    assert "donnez à nouveau le fichier" in app.warning[0].value


def test_a_bad_zoning_is_refused_in_a_sentence(repository: Path) -> None:
    app = opened(repository, volet="zonage")
    app.file_uploader(key="zonage_fichier").upload("z.csv", b"a;b\n1;2\n", "text/csv").run()
    assert "colonne(s) absente(s)" in plain(app.error[0].value)


def test_zones_of_any_name_are_a_model_with_its_tables(repository: Path, atlas: Atlas) -> None:
    app = opened(repository, volet="zonage")
    zones = atlas.communes.set_index("insee_code").dep_code
    lines = [f"{code};Secteur {dep}" for code, dep in zones.items() if dep in {"10", "51"}]
    content = "\n".join(["code_insee;secteur", *lines]).encode()
    app.file_uploader(key="zonage_fichier").upload("secteurs.csv", content, "text/csv").run()
    assert "Zones : 2." in text(app)
    app.button(key="zonage_utiliser").click().run()
    assert not app.exception
    crossing = next(f.value for f in app.dataframe if "Population commune" in f.value)
    assert crossing["Population commune"].sum() == 68_350_798
    app.selectbox(key="bassins_zone_choisie").set_value("ZONE-0001").run()
    assert "Secteur 10" in text(app)
    assert painted(app)["selected"] == "ZONE-0001"
    assert "territoire" not in app.query_params, "no other page knows it"
    app.selectbox(key="choix_measure").set_value("beds").run()
    assert not app.exception
    choose(app, "look", "difference")
    choose(app, "look", "confiance")
    for panel in ("publies", "disputees", "methode", "tableau"):
        choose(app, "panel", panel)
    assert app.dataframe[0].value["Population modélisée"].sum() == 68_350_798


def test_a_partial_zoning_is_completed_by_the_model_on_screen(
    repository: Path, atlas: Atlas
) -> None:
    app = opened(repository, volet="zonage")
    codes = atlas.communes.insee_code[atlas.communes.dep_code == "10"]
    content = "\n".join(["commune;zone", *(f"{code};Aube" for code in codes)]).encode()
    app.file_uploader(key="zonage_fichier").upload("aube.csv", content, "text/csv").run()
    app.radio(key="zonage_reste").set_value(True).run()
    app.button(key="zonage_utiliser").click().run()
    choose(app, "panel", "tableau")
    table = app.dataframe[0].value
    assert table["Population modélisée"].sum() == 68_350_798
    assert (table["Type"] == "GHT").sum() > 90


def test_zones_of_the_atlas_a_circle_and_a_time_need_no_file(repository: Path) -> None:
    app = opened(repository, volet="zonage")
    choose_origin = app.segmented_control(key="zonage_origine")
    choose_origin.set_value("pret").run()
    app.selectbox(key="zonage_pret").set_value("departement").run()
    assert "Zones : 101." in text(app)
    app.segmented_control(key="zonage_origine").set_value("cercle").run()
    app.text_input(key="zonage_centre").set_value("10387").run()
    assert "30 km autour de Troyes" in text(app), "the commune is found by its code"
    app.button(key="zonage_utiliser").click().run()
    figures = next(f.value for f in app.dataframe if "Part des 75 ans et plus (%)" in f.value)
    assert figures["Zone"].tolist() == ["30 km autour de Troyes"]
    app.segmented_control(key="zonage_origine").set_value("duree").run()
    site = app.selectbox(key="zonage_site")
    site.set_value(site.options[0] if site.options[0].isdigit() else _first_site(app)).run()
    assert "30 min de" in text(app)


def _first_site(app: AppTest) -> str:
    label = app.selectbox(key="zonage_site").options[0]
    return label.rpartition("(")[2].rstrip(")")


def test_travel_times_of_a_person_are_doubted_then_used(repository: Path, atlas: Atlas) -> None:
    app = opened(repository, volet="temps")
    site = atlas.establishments[
        atlas.establishments.is_general & (atlas.establishments.area_code == "GE-06")
    ].finess_et.iloc[0]
    codes = atlas.communes.insee_code[atlas.communes.dep_code == "51"]
    seconds = "\n".join(["origin;destination;minutes", *(f"{c};{site};922" for c in codes)])
    app.file_uploader(key="temps_fichier").upload("t.csv", seconds.encode(), "text/csv").run()
    assert "922" in app.warning[0].value
    assert "secondes" in app.warning[0].value
    minutes = seconds.replace(";922", ";12,5").encode()
    app.file_uploader(key="temps_fichier").upload("t2.csv", minutes, "text/csv").run()
    assert not app.warning
    app.button(key="temps_utiliser").click().run()
    assert not app.exception
    assert "avec vos temps de trajet" in text(app)
    assert painted(app)["layers"]["territories"].count("territories.") == 0, "no longer bundled"
    choose(app, "panel", "methode")
    assert not app.get("code"), "no command has these times"
    choose(app, "panel", "tableau")
    people = app.dataframe[0].value.set_index("Code")["Population modélisée"]
    assert people.sum() == 68_350_798
    marne = atlas.communes.population[atlas.communes.dep_code == "51"].sum()
    assert int(people.to_dict()["GE-06"]) > marne
    choose(app, "panel", "temps")
    app.button(key="temps_retirer").click().run()
    assert "avec vos temps de trajet" not in text(app)


def test_bad_travel_times_are_refused_with_their_values(repository: Path) -> None:
    app = opened(repository, volet="temps")
    content = b"origin,destination,minutes\n10387,100000017,-3\n"
    app.file_uploader(key="temps_fichier").upload("t.csv", content, "text/csv").run()
    assert "minutes illisibles" in plain(app.error[0].value)
