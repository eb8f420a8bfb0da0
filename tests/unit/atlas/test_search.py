"""Search by name, typos forgiven."""

import pytest

from geo.atlas.load import Atlas
from geo.atlas.search import (
    Match,
    SearchIndex,
    build_index,
    describe_match,
    plain_name,
    search,
)
from tests import builders


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """Return an index of a few names that people mistype."""
    names = ["Troyes", "Saint-Étienne", "Villeurbanne", "L'Haÿ-les-Roses", "Nogent-sur-Seine"]
    codes = ["10387", "42218", "69266", "94038", "10268"]
    communes = builders.communes(
        km=[0, 1, 2, 3, 4], insee_code=codes, commune_name=names, dep_code=[c[:2] for c in codes]
    )
    atlas = builders.atlas(
        communes=communes, assignments=builders.assignments(insee_code=codes, area_code="GE-06")
    )
    return build_index(atlas)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("troyes", "Troyes (10)"),
        ("TROYE", "Troyes (10)"),
        ("troies", "Troyes (10)"),
        ("saint etiene", "Saint-Étienne (42)"),
        ("St Étienne", "Saint-Étienne (42)"),
        ("vileurbane", "Villeurbanne (69)"),
        ("hay les roses", "L'Haÿ-les-Roses (94)"),
        ("nogent seine", "Nogent-sur-Seine (10)"),
        ("42218", "Saint-Étienne (42)"),
        ("aube sezanais", "GHT Aube et Sézannais"),
        ("ge-06", "GHT Aube et Sézannais"),
    ],
)
def test_a_name_is_found(index: SearchIndex, text: str, first: str) -> None:
    assert search(index, text)[0].label == first


@pytest.mark.parametrize("text", ["", " ", "z", "xqzkjw", "<script>", "99999", "a" * 5000])
def test_nothing_is_found_for_nonsense(index: SearchIndex, text: str) -> None:
    assert search(index, text) == []


def test_a_commune_leads_to_its_territory(index: SearchIndex) -> None:
    match = search(index, "troyes")[0]
    assert (match.kind, match.area_code) == ("commune", "GE-06")
    assert describe_match(match) == "Commune · Troyes (10) → Aube et Sézannais"


def test_a_territory_is_described_by_its_name() -> None:
    match = Match("ght", "GHT Loire", "ARA-09", "Loire")
    assert describe_match(match) == "GHT · Loire"


def test_a_former_commune_leads_to_the_territory_of_that_of_today(national: SearchIndex) -> None:
    now, before = (search(national, name)[0] for name in ("Haut Valromey", "Hotonnes"))
    assert before.area_code == now.area_code
    assert describe_match(before).startswith("Commune · Hotonnes (01), aujourd'hui Haut Valromey →")


@pytest.mark.parametrize("text", ["CHU Nancy", "CHRU de Nancy", "chu nancy"])
def test_a_university_hospital_is_found_whatever_its_initials(
    national: SearchIndex, text: str
) -> None:
    first = search(national, text)[0]
    assert (first.kind, first.area_name) == ("etablissement", "Sud Lorraine")


def test_answers_are_limited(index: SearchIndex) -> None:
    assert len(search(index, "saint", limit=1)) == 1


def test_an_establishment_is_found_by_its_usual_initials() -> None:
    sites = builders.sites(km=[0], site_name=["CENTRE HOSPITALIER DE TROYES"], city=["TROYES"])
    index = build_index(builders.atlas(establishments=sites))
    found = [match for match in search(index, "CH Troyes") if match.kind == "etablissement"]
    assert found[0].label == "CENTRE HOSPITALIER DE TROYES (TROYES)"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sannerville", "Sannerville (14), comptée avec Troarn"),
        ("L'Oie", "L'Oie (85), comptée avec Essarts-en-Bocage"),
        ("Paris 15e", "Paris 15e arrondissement"),
        ("75115", "Paris 15e arrondissement"),
        ("Marseille 8", "Marseille 8e arrondissement"),
        ("lyon 1er arrondissement", "Lyon 1er arrondissement"),
        ("lyon 3", "Lyon 3e arrondissement"),
        ("GE06", "GHT Aube et Sézannais"),
        ("ge-06", "GHT Aube et Sézannais"),
        ("100000017", "CH de Troyes (Troyes)"),
        ("centre hospitalier de sezanne", "CH de Sézanne (Sézanne)"),
        ("ch sezanne", "CH de Sézanne (Sézanne)"),
        ("CH SÉZANNE", "CH de Sézanne (Sézanne)"),
        ("Y", "Y (80)"),
        ("10000", "Troyes (10)"),
        ("75015", "Paris (75)"),
        ("Hotonnes", "Hotonnes (01), aujourd'hui Haut Valromey"),
        ("49144", "Freigné (49), aujourd'hui Vallons-de-l'Erdre"),
        ("arcis le ponsart", "Arcis-le-Ponsart (51)"),
        ("ght de la loire", "GHT Loire"),
        ("Saint-Étienne", "Saint-Étienne (42)"),
        ("Rhône Centre", "GHT Rhône Centre (ARA-10), aujourd'hui Val Rhône Centre"),
        ("ara10", "GHT Rhône Centre (ARA-10), aujourd'hui Val Rhône Centre"),
    ],
)
def test_the_national_index_answers_what_people_type(
    national: SearchIndex, text: str, label: str
) -> None:
    assert search(national, text)[0].label == label


@pytest.fixture(scope="module")
def national(atlas: Atlas) -> SearchIndex:
    return build_index(atlas)


@pytest.mark.parametrize(
    ("among", "text", "field", "expected"),
    [
        ("territoires", "Reims", "area_name", "Champagne"),
        ("territoires", "Strasbourg", "area_name", "Basse-Alsace Sud-Moselle"),
        ("territoires", "Troyes", "area_code", "GE-06"),
        ("territoires", "10000", "area_code", "GE-06"),
        ("ght", "Hôpitaux Champagne Sud", "area_code", "GE-06"),
        ("ght", "HCL", "area_name", "Val Rhône Centre"),
        ("entites", "Sezanne", "entity", "100006279"),
        ("entites", "aube marne", "entity_name", "Groupement hospitalier Aube-Marne (GHAM)"),
        ("sites", "sézanne", "code", "510000177"),
        ("communes", "10100", "code", "10323"),
        ("communes", "Hotonnes", "code", "01187"),
        ("tout", "10100", "label", "Romilly-sur-Seine (10)"),
    ],
)
def test_each_list_finds_its_own_things_by_any_of_their_names(
    national: SearchIndex, among: str, text: str, field: str, expected: str
) -> None:
    assert getattr(search(national, text, among=among)[0], field) == expected


def test_a_list_of_territories_names_each_once(national: SearchIndex) -> None:
    codes = [match.area_code for match in search(national, "saint", limit=20, among="territoires")]
    assert len(codes) == len(set(codes)) == 20


def test_a_list_of_ghts_holds_nothing_else(national: SearchIndex) -> None:
    found = search(national, "hopital", limit=200, among="ght")
    assert found
    assert all(not match.area_code.startswith("HORS") for match in found)


def test_a_code_in_full_is_known_as_such(national: SearchIndex) -> None:
    assert search(national, "10323")[0].is_code
    assert not search(national, "Romilly-sur-Seine")[0].is_code


def test_a_text_that_is_a_prefix_meets_no_stranger(national: SearchIndex) -> None:
    assert all("sezanne" in plain_name(match.label) for match in search(national, "Sezanne"))
