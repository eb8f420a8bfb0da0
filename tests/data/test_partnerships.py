"""The bundled partnerships: each fact of the two founding articles, each collected source."""

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.atlas.schema import check_table
from geo.partnerships.collection import (
    Collection,
    Filters,
    collection_of,
    counts_by_ght,
    filter_collection,
    known_codes,
)
from geo.partnerships.counts import split
from geo.partnerships.links import arcs, points
from geo.partnerships.network import network
from geo.partnerships.records import OUTSIDER_ROLES
from geo.partnerships.rules import check_records
from geo.partnerships.story import Story, story
from geo.partnerships.timeline import timeline
from geo.partnerships.yaml_file import read_records
from geo.sources.reading import CURATED, PARTNERSHIPS
from geo.territories.measures import territory_table

pytestmark = pytest.mark.data

# Host and end of the address of every source that the survey of 2026 read.
COLLECTED = (
    "titre-et-photo-en-attente-herve-soufflet-directeur-du-gcs-clinique-de-champagne.html",
    "clinique-de-champagne-en-plein-confinement-2026066.html",
    "osezlaube.fr/2023/08/sante-cooperer-et-innover-pour-preserver-lacces-aux-soins/",
    "gestions-hospitalieres.fr/quand-ght-rime-avec-rapprochement-public-prive",
    "gham.fr/node/74",
    "integration-de-leurs-etablissements-en-2024/new_id/70279",
    "hospimedia.fr/ressources/ght-loire-groupe-aesio-sante-cooperation",
    "if-saint-etienne.fr/breves/sante-aesio-se-rapproche-du-ght-de-la-loire",
    "gestions-hospitalieres.fr/un-institut-de-cancerologie-integre-a-un-chu/",
    "zoomdici.fr/signaler-une-erreur/691645",
    "les-demissionnaires-de-l-institut-de-1639681978",
    "lessor.fr/la-cooperation-entre-hopitaux-se-renforce-18686.html",
    "4-GHT-s-associent-au-CHU-Amiens-Picardie_a1168.html",
    "SOUTIEN-FORT-A-L-INNOVATION_a1751.html",
    "ch-cornouaille.fr/letablissement/union-hospitaliere-de-cornouaille-uhc",
    "groupement-hospitalier-de-territoire-chits-sera-letablissement-support-departement/",
    "20230718-gestion-le-ght-hopitaux-de-provence-adopte-son",
    "chr-metz-thionville.fr/a-propos/projets-immobiliers",
    "fhf-bfc.com/bourgogne-franche-comte-11-ght-probables/",
    "saint-dizier-la-clinique-et-lhopital-dans-les-memes-locaux-en-septembre",
    "reseauprosante.fr/groupes/activites/13051/ght-grand-coeur-est",
    "ch-angouleme.fr/cooperations/cooperations",
    "ch-saintonge.fr/groupement-hospitalier-de-territoire-de-saintonge",
    "mont-de-marsan-hospital-center-and-marsan-health-cooperation-group-future-plans-and-developments",
    "ch-montelimar.fr/hopital/cooperations-inter-hospitalieres.htm",
    "sante-onze-nouveaux-etablissements-adherent-au-gcs-lorraine-sud/",
    "ch-alpes-leman.fr/category/non-classe/",
    "reseau-chu.org/32-chru/chu-tours/",
    "chsf.fr/le-groupe-hospitalier/groupement-hospitalier-de-territoire/",
    "la-paix-revient-linstitut-de-cancerologie-du-gard",
    "actualite-40001-hopitaux-mariage-confirme-entre-le-chu-de-rouen-et-le-ch-du-havre",
    "ch-cotebasque.fr/quoi-de-neuf/3146-edito",
)


@pytest.fixture(scope="module")
def told(atlas: Atlas) -> Collection:
    return collection_of(atlas)


def tale(told: Collection, key: str) -> Story:
    return story(told, key)


def happened(told: Collection, key: str) -> dict[str, str]:
    return {date: text for date, _, text, _ in story(told, key).events}


# The whole


def test_the_curated_file_has_no_fault_against_the_atlas(atlas: Atlas) -> None:
    known = known_codes(atlas)
    fresh = type(known)(known.ght_codes, known.finess_ej, known.finess_et)
    assert check_records(read_records(PARTNERSHIPS), fresh) == []


def test_the_bundle_holds_what_the_curated_file_says(atlas: Atlas) -> None:
    records = read_records(PARTNERSHIPS)
    assert atlas.partnerships.partnership_id.to_list() == [record["id"] for record in records]
    assert atlas.partnerships.summary.to_list() == [record["summary"] for record in records]
    for name in atlas.tables:
        if name.startswith("partnership"):
            check_table(name, atlas.tables[name])


def test_how_much_is_collected(atlas: Atlas) -> None:
    assert len(atlas.partnerships) == 50
    assert len(atlas.partnership_parties) == 131
    assert int(atlas.partnership_parties.is_located.sum()) == 95


@pytest.mark.parametrize("address", COLLECTED)
def test_every_collected_source_is_used(atlas: Atlas, address: str) -> None:
    assert atlas.partnership_sources.url.dropna().str.endswith(address).any()


def test_every_partnership_has_a_source_and_a_reason(atlas: Atlas) -> None:
    ids = set(atlas.partnerships.partnership_id)
    assert ids == set(atlas.partnership_sources.partnership_id)
    assert atlas.partnerships.confidence_reason.str.endswith(".").all()


def test_a_partner_or_an_associate_is_never_a_member(atlas: Atlas) -> None:
    """An associate may be a member elsewhere, as a CHU is; never of the GHT it is associated to."""
    homes = atlas.partnerships.set_index("partnership_id").ght_codes.map(lambda c: split(c)[0])
    outsiders = atlas.partnership_parties[atlas.partnership_parties.role.isin(OUTSIDER_ROLES)]
    assert len(outsiders) > 40
    assert not (outsiders.ght_code == outsiders.partnership_id.map(homes)).any()


def test_members_are_counted_without_the_partnerships(atlas: Atlas) -> None:
    """The number of members comes from the list, entity by entity."""
    table = territory_table(atlas).set_index("area_code")
    own = atlas.members[atlas.members.role.isin(("support", "partie"))]
    listed = own.groupby("ght_code").current_finess_ej.nunique()
    assert table.member_count["GE-06"] == listed["GE-06"] == 6
    assert table.partnership_count["GE-06"] == 15


def test_a_party_that_belongs_to_a_ght_brings_it_in(atlas: Atlas) -> None:
    codes = atlas.partnerships.set_index("partnership_id").ght_codes.map(split)
    parties = atlas.partnership_parties.dropna(subset=["ght_code"])
    pairs = zip(parties.ght_code, parties.partnership_id.map(codes), strict=True)
    assert all(code in listed for code, listed in pairs)


def test_a_site_belongs_to_the_entity_written_beside_it(atlas: Atlas) -> None:
    sites = atlas.establishments.set_index("finess_et").finess_ej
    parties = atlas.partnership_parties.dropna(subset=["finess_et"])
    known = parties[parties.finess_et.isin(sites.index)]
    assert len(known) > 70
    mergers = pd.read_csv(CURATED / "later_mergers.csv", dtype="str")
    heirs = mergers.set_index(mergers.columns[0])[mergers.columns[1]]
    today = known.finess_ej.map(heirs).fillna(known.finess_ej)
    assert (known.finess_et.map(sites) == today).all()


def test_counts_are_those_of_the_map(atlas: Atlas, told: Collection) -> None:
    table = territory_table(atlas)
    counts = counts_by_ght(told)
    assert len(counts) == 135
    shown = table.dropna(subset=["ght_code"]).set_index("ght_code").partnership_count
    assert (shown.reindex(counts.index) == counts).all()
    assert (counts == 0).sum() == 103
    assert table.partnership_count[table.ght_code.isna()].isna().all()


def test_disagreements_are_anomalies_too(atlas: Atlas) -> None:
    listed = atlas.anomalies[atlas.anomalies.kind == "partenariat_desaccord"]
    stated = atlas.partnerships.disagreements.dropna().str.split("\n").explode()
    assert sorted(listed.detail) == sorted(stated)
    assert atlas.anomalies.kind.ne("partenariat_hors_liste").all()


def test_layers_cover_the_located_parties(atlas: Atlas, told: Collection) -> None:
    lines, places = arcs(told), points(told)
    assert len(lines) == 45
    assert lines.distance_km.between(0.05, 200).all()
    located = atlas.partnership_parties[atlas.partnership_parties.is_located]
    named = {key for cell in places.partnership_ids for key in split(cell)}
    assert named == set(located.partnership_id)
    middles = [tuple(path[len(path) // 2]) for path in lines.path]
    assert len(set(middles)) == len(middles)


# Aube et Sézannais


def test_aube_begins_in_2013(told: Collection) -> None:
    assert "2013" in happened(told, "aube-premieres-cooperations")
    assert timeline(told).start.min().year >= 2010


def test_optimipstic_is_a_programme_of_2014_at_the_origin_of_the_gcs(told: Collection) -> None:
    programme = tale(told, "aube-optimipstic")
    assert programme.form == "Programme"
    assert programme.milestones == (("En vigueur", "2014", "écrit dans la source"),)
    assert "Système d'information" in programme.domains
    targets = {target for _, target, _ in programme.links}
    assert {"aube-gcs-sante-numerique", "aube-premieres-cooperations"} <= targets


def test_the_digital_gcs_has_18_establishments_and_an_inferred_year(told: Collection) -> None:
    gcs = tale(told, "aube-gcs-sante-numerique")
    assert gcs.form == "GCS de moyens"
    assert "18 établissements" in gcs.summary
    assert gcs.milestones == (("En vigueur", "2014", "déduit"),)
    assert "mai 2015" in happened(told, "aube-gcs-sante-numerique")
    assert gcs.disagreements


def test_the_protocol_of_march_2018_prepares_the_gcs(told: Collection) -> None:
    protocol = tale(told, "aube-protocole-clinique-de-champagne")
    assert protocol.form == "Protocole d'accord"
    assert ("Signé", "mars 2018", "écrit dans la source") in protocol.milestones
    assert protocol.parties.party_name.to_list() == ["CH de Troyes", "Clinique de Champagne (SA)"]
    gcs = ("aube-gcs-clinique-de-champagne", "GCS Clinique de Champagne")
    assert ("Prépare, suivi de", *gcs) in protocol.links
    assert any("travaillaient déjà ensemble" in text for _, _, text, _ in protocol.events)


def test_the_gcs_that_followed_and_its_story(told: Collection) -> None:
    gcs = tale(told, "aube-gcs-clinique-de-champagne")
    dates = happened(told, "aube-gcs-clinique-de-champagne")
    assert list(dates) == ["16 mai 2018", "21 juin 2018", "30 juillet 2018", "2020", "2 avril 2021"]
    assert "15 millions" in dates["30 juillet 2018"]
    assert "rejette" in dates["2 avril 2021"]
    assert "80 %" in gcs.summary
    assert "250 salariés" in " ".join(gcs.allowed)
    assert gcs.status == "En vigueur (avril 2021)"


def test_a_sheet_names_each_linked_partnership_once(told: Collection) -> None:
    gcs = [other for _, other, _ in tale(told, "aube-gcs-clinique-de-champagne").links]
    assert gcs.count("aube-protocole-clinique-de-champagne") == 1
    for code in told.partnerships.partnership_id:
        others = [other for _, other, _ in tale(told, code).links]
        assert len(others) == len(set(others)), code


def test_the_partners_of_the_founding_of_the_ght(told: Collection) -> None:
    heads = told.partnerships
    signed = heads[(heads.signed == "2016-07-08") & (heads.form == "partenaire")]
    assert set(signed.partnership_id) == {
        "aube-gcs-plateforme-aval", "aube-ehpad-pierre-d-arcis", "aube-ehpad-sainte-marthe",
        "aube-ehpad-les-tilleuls", "aube-ehpad-la-belle-verriere", "aube-asimat",
    }  # fmt: skip


def test_the_network_of_aube(told: Collection) -> None:
    found = network(told, "GE-06")
    sectors = set(found.nodes.sector)
    assert {"public", "prive", "mutualiste", "associatif", "groupement"} <= sectors


# Loire


def test_lucien_neuwirth_keeps_both_years(told: Collection) -> None:
    institute = tale(told, "loire-institut-lucien-neuwirth")
    dates = happened(told, "loire-institut-lucien-neuwirth")
    assert {"1997", "2002", "1er janvier 2022"} <= set(dates)
    assert any("1997" in text and "2002" in text for text in institute.disagreements)
    row = timeline(told)
    row = row[(row.partnership_id == "loire-institut-lucien-neuwirth") & row.is_pinned]
    assert row.start_text.to_list() == ["1997", "1997", "2002"]


def test_the_scanner_is_a_gie_without_a_date(told: Collection) -> None:
    gie = tale(told, "loire-gie-scanner")
    assert (gie.form, gie.domains, gie.milestones) == ("GIE", ("Imagerie",), ())


def test_doctors_are_shared_with_gier_and_firminy(told: Collection) -> None:
    shared = tale(told, "loire-medecins-partages")
    assert shared.parties.city.to_list() == ["Saint-Chamond", "Firminy", "Saint-Étienne"]
    assert shared.parties.is_located.all()


def test_critical_care_during_the_pandemic(told: Collection) -> None:
    care = tale(told, "loire-soins-critiques-covid")
    assert care.domains == ("Soins critiques",)
    assert care.milestones == (("En vigueur", "2020", "déduit"),)
    assert care.next_steps


def test_the_convention_with_aesio(told: Collection) -> None:
    agreement = tale(told, "loire-convention-aesio")
    assert agreement.form == "Convention de partenariat"
    assert agreement.sectors == ("Mutualiste ou non lucratif",)
    assert ("Annoncé", "30 août 2022", "déduit") in agreement.milestones
    assert agreement.next_steps == (
        "Cancérologie",
        "Gériatrie",
        "Addictologie",
        "Bariatrie",
        "Recherche et innovation médicale",
        "Formation des futurs médecins",
    )
    assert "projet médical partagé" in agreement.allowed[0]
    assert "instances" in agreement.allowed[1]
    assert len(agreement.links) == 4
    assert any("Année" in text for text in agreement.disagreements)


def test_the_date_of_a_copy_is_not_the_date_of_an_article(atlas: Atlas) -> None:
    source = atlas.partnership_sources.set_index("source_key").loc["if-aesio"]
    assert source.date.isna().all()
    assert source.note.str.contains("16 juillet 2024").all()


# The country


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"ght": "GE-06"}, 15),
        ({"ght": "ARA-09"}, 7),
        ({"form": "membre_associe"}, 3),
        ({"sector": "militaire"}, 4),
        ({"domain": "radiotherapie"}, 3),
        ({"status": "projet"}, 4),
    ],
)
def test_filters_on_the_country(told: Collection, filters: dict[str, str], count: int) -> None:
    kept = filter_collection(told, Filters(**filters))  # type: ignore[arg-type]
    assert len(kept.partnerships) == count
    assert isinstance(kept.partnerships, pd.DataFrame)
