"""The cards of communes and of sites say what the bundled tables say."""

import pytest

from geo.atlas.load import Atlas
from geo.formats import UNKNOWN
from geo.profile.commune_card import CommuneCard, commune_card
from geo.profile.site_card import site_card
from geo.wording import NOT_APPLICABLE

pytestmark = pytest.mark.data


def said(card: CommuneCard) -> dict[str, str]:
    facts = (*card.answer, *card.access, *card.people, *card.zones)
    return {fact.label: fact.value for fact in facts}


def test_romilly_goes_to_its_own_hospital_surely(atlas: Atlas) -> None:
    card = said(commune_card(atlas, "10323"))
    row = atlas.assignments[atlas.assignments.insee_code == "10323"].iloc[0]
    assert row.area_code == "GE-06"
    assert card["Territoire"] == "GHT Aube et Sézannais (GE-06)"
    assert card["Site hospitalier général le plus proche"] == "CH de Romilly-sur-Seine"
    assert card["Stabilité"] == "100\xa0%"
    assert card["Zone d'emploi"] == "Romilly-sur-Seine"


def test_what_has_no_object_is_not_unknown(atlas: Atlas) -> None:
    mayotte, island = said(commune_card(atlas, "97611")), said(commune_card(atlas, "29155"))
    assert mayotte["Deuxième choix"] == NOT_APPLICABLE
    assert "Avance sur le deuxième" not in mayotte
    assert mayotte["65 ans et plus"] == UNKNOWN
    assert island["Urgences ou SMUR"] == UNKNOWN
    assert island["Intercommunalité (EPCI)"] == NOT_APPLICABLE


def test_every_kind_of_commune_has_a_card(atlas: Atlas) -> None:
    table = atlas.assignments.merge(atlas.communes, on="insee_code")
    for _, rows in table.groupby(["rule", "time_method", "landmass"], dropna=False):
        code = rows.insee_code.iloc[-1]
        assert commune_card(atlas, code).answer, code


def test_a_site_that_is_not_surveyed_has_no_figure_rather_than_noughts(atlas: Atlas) -> None:
    sites = atlas.establishments
    number = sites.finess_et[~sites.registers.str.contains("sae")].iloc[0]
    card = site_card(atlas, number)
    assert card.lines == ()
    assert "inconnue" in card.note
    troyes = site_card(atlas, "100000090")
    assert {line.measure for line in troyes.lines} >= {"beds_mco", "deliveries", "scanners"}
    assert any("aube-" in key for key, _ in troyes.partnerships)


def test_every_kind_of_site_has_a_card(atlas: Atlas) -> None:
    for _, rows in atlas.establishments.groupby(
        ["category_group", "insee_check", "is_general"], dropna=False
    ):
        assert site_card(atlas, rows.finess_et.iloc[0]).facts
