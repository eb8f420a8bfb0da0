"""What sites declare, on the page Établissements: columns, a filter, the sheet of an entity."""

from html import unescape
from pathlib import Path

import pytest

from geo.atlas.load import Atlas
from geo.establishments import words as wording
from geo.establishments.explorer import Query, explorer_of, exported, find
from geo.ui.etablissements import words
from geo.ui.etablissements.activity import sites_table
from tests.app import screens
from tests.app.screens import opened_at

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
TROYES = "100000017"


def text(app: object) -> str:
    return unescape(screens.text(app)).replace("\u202f", " ").replace("\u00a0", " ")  # type: ignore[arg-type]


def test_a_filter_keeps_the_sites_that_declare_it(repository: Path, atlas: Atlas) -> None:
    index = explorer_of(atlas)
    table = atlas.activity_sites.query("year == 2024 and value > 0")
    wanted = {
        key: set(table.finess_et[table.measure == measure])
        for key, measure in (("maternite", "maternities"), ("urgences", "emergency_sites"))
    }
    wanted["maternite_urgences"] = wanted["maternite"] & wanted["urgences"]
    known = set(index.sites.finess_et)
    for offer, expected in wanted.items():
        kept = exported(index, find(index, Query(offer=offer)))
        assert set(kept.finess_et) == expected & known
        assert len(kept) > 100
    app = opened_at(repository, "etablissements", offre="maternite", departement="10")
    assert app.selectbox(key="etablissements_offer").value == "maternite"
    assert app.query_params["offre"] == "maternite"
    assert wording.COLUMNS["deliveries"] in text(app)


def test_unknown_is_no_0_in_the_columns(atlas: Atlas) -> None:
    sites = explorer_of(atlas).sites.set_index("finess_et")
    table = atlas.activity_sites.query("year == 2024 and measure == 'beds_mco'")
    declared = sites.beds_mco.dropna()
    expected = table.set_index("finess_et").value.reindex(declared.index)
    assert (declared.astype("float64") == expected).all()
    assert sites.beds_mco.isna().any()
    assert (declared == 0).any(), "a declared 0 stays"


def test_the_sheet_of_an_entity_has_its_figures_and_those_of_its_sites(
    repository: Path, atlas: Atlas
) -> None:
    shown = text(opened_at(repository, "etablissements", entite=TROYES))
    assert words.activity_title(2019, 2024) in shown
    assert words.sites_activity(2024) in shown
    table = atlas.activity_sites
    beds = table.query("finess_ej == @TROYES and year == 2024 and measure == 'beds_mco'").value
    texts = sites_table(table, TROYES, {}, 2024)
    assert sum(int(value) for value in texts["Lits de MCO"] if value != "–") == beds.sum() == 459
    assert "459" in shown
    assert "python -m geo activity --site" in shown
