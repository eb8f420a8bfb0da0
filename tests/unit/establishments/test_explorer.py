"""Filters, pages, masks and sheets of the establishments; the size of the whole of FINESS."""

import base64
import statistics
import time

import numpy as np
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.establishments import words as wording
from geo.establishments.entity import entity_of, resolve
from geo.establishments.explorer import (
    EXPORTED,
    PAGE_SIZE,
    Explorer,
    Query,
    area_counts,
    described_filters,
    explorer_of,
    exported,
    find,
    group_counts,
    index_sites,
    map_columns,
    map_mask,
    page_of,
    shown_table,
)
from geo.establishments.layers import frame_of
from geo.ui.etablissements import words as etablissements_words
from tests import builders

WHOLE_FINESS = 95_333
BUDGET_MS = 100.0


def country() -> Atlas:
    """
    Return five sites.

    A support (two sites, one an EHPAD), a member that took another over, an associated hospital,
    and a clinic outside any GHT, far from any commune.
    """
    sites = builders.sites(
        km=[0, 1, 5, 8, 900],
        finess_et=["100000001", "100000002", "100000003", "100000004", "970000005"],
        finess_ej=["109999901", "109999901", "109999902", "109999903", "979999905"],
        site_name=["CHU DE TROYES", "EHPAD LES LILAS", "HOPITAL ST-ÉTIENNE", "CHS BRIENNE", "X"],
        city=["TROYES", "TROYES", "ROMILLY", "BRIENNE", "MARIGOT"],
        category_group=["chr_chu", "ehpad", "ch", "psychiatrie", "clinique"],
        public_status=["public", "inconnu", "public", "public", "prive"],
        is_general=[True, False, True, False, False],
        insee_code=["10001", "10001", "10002", "10002", None],
        insee_check=["concordant", "discordant", "concordant", "concordant", "hors_contours"],
        ght_code=["GE-06", "GE-06", "GE-06", "GE-06", None],
        role=["support", "support", "partie", "associe", None],
    )
    sites.loc[1, ["lon", "lat"]] = np.nan
    members = builders.members(
        ght_code=["GE-06", "GE-06", "GE-06", "HF-13"],
        finess_ej=["109999901", "109999902", "109999909", "590000001"],
        entity_name=["CENTRE DE TROYES", None, "ANCIEN HOPITAL", "EPSM"],
        role=["support", "partie", "partie", "partie"],
        evidence=["read", "deduced", "read", "read"],
        successor_evidence=[None, None, "same_site", None],
        current_finess_ej=["109999901", "109999902", "109999902", "590000001"],
    )
    faults = pd.DataFrame(
        {"kind": ["adresse_discordante", "membre_fusionne"], "ght_code": "GE-06",
         "subject": ["100000002", "109999909"], "detail": "Constat.", "source": "FINESS"}
    )  # fmt: skip
    return builders.atlas(
        establishments=sites.drop(columns="own_distance_km"), members=members, anomalies=faults
    )


@pytest.fixture
def atlas5() -> Atlas:
    return country()


@pytest.fixture
def explorer(atlas5: Atlas) -> Explorer:
    return explorer_of(atlas5)


def kept(explorer: Explorer, **filters: str) -> list[str]:
    """Numbers of the sites that filters keep."""
    found = explorer.sites.finess_et[find(explorer, Query(**filters))]
    return sorted(number[-1] for number in found)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, "12345"),
        ({"region": "44"}, "1234"),
        ({"departement": "10"}, "1234"),
        ({"departement": "59"}, ""),
        ({"area": "GE-06"}, "1234"),
        ({"area": "HORS-979999905"}, "5"),
        ({"group": "ehpad"}, "2"),
        ({"role": "support"}, "12"),
        ({"role": "membre"}, "3"),
        ({"role": "associe"}, "4"),
        ({"role": "hors"}, "5"),
        ({"status": "inconnu"}, "2"),
        ({"role": "support", "status": "public"}, "1"),
        ({"group": "nowhere"}, ""),
        ({"text": "Troyes"}, "12"),
        ({"text": "troyes lilas"}, "2"),
        ({"text": "Troies"}, "12"),
        ({"text": "saint etienne"}, "3"),
        ({"text": "rom"}, "3"),
        ({"text": "CHU"}, "1"),
        ({"text": "psychiatrie"}, "4"),
        ({"text": "109999901"}, "12"),
        ({"text": "1099999"}, "1234"),
        ({"text": "109999988"}, ""),
        ({"text": "hopital"}, "3"),
        ({"text": "xqzkjw"}, ""),
        ({"text": "  "}, "12345"),
    ],
)
def test_filters_keep_what_they_say(
    explorer: Explorer, filters: dict[str, str], numbers: str
) -> None:
    assert "".join(kept(explorer, **filters)) == numbers


def test_a_small_word_counts_when_it_is_alone(explorer: Explorer) -> None:
    assert kept(explorer, text="les") == ["2"]
    assert kept(explorer, text="les troyes") == ["1", "2"]


def test_sites_say_where_they_are_and_what_is_known(explorer: Explorer) -> None:
    rows = explorer.sites.set_index("finess_et")
    assert rows.role_label.to_list() == [
        "Associé (non membre)", "Membre", "Support, publié", "Support, publié", "Hors GHT",
    ]  # fmt: skip
    assert rows.entity_name["100000001"] == "CENTRE DE TROYES"
    assert rows.entity_name["100000003"] == "HOPITAL ST-ÉTIENNE (site principal)"
    assert rows.dep_name["100000001"] == "Aube"
    assert pd.isna(rows.dep_name["970000005"]), "unknown is not invented"
    assert rows.is_main["100000001"]
    assert rows.is_main.sum() == 1


def test_a_presumed_support_is_said_to_be_presumed(atlas5: Atlas) -> None:
    ghts = atlas5.ghts.assign(support_evidence="presumed_population")
    sites = explorer_of(builders.atlas(establishments=atlas5.establishments, ghts=ghts)).sites
    assert "Support, présumé" in set(sites.role_label)


def test_an_area_outside_any_ght_names_its_entity(atlas: Atlas) -> None:
    sites = explorer_of(atlas).sites
    names = sites.entity_name[sites.finess_ej == "750712184"]
    assert set(names) == {"Assistance publique – Hôpitaux de Paris (AP-HP)"}


def test_the_bundled_sites_are_all_found_by_their_region_or_their_lack_of_one(atlas: Atlas) -> None:
    """A filter loses no site: regions and the few sites without one add up to the whole."""
    found = explorer_of(atlas)
    by_region = sum(find(found, Query(region=code)).sum() for code in atlas.regions.reg_code)
    assert by_region + found.sites.reg_code.isna().sum() == len(atlas.establishments)
    roles = {key: int(find(found, Query(role=key)).sum()) for key in etablissements_words.ROLES}
    assert sum(roles.values()) == len(atlas.establishments)
    assert roles["hors"] == atlas.establishments.ght_code.isna().sum()
    assert sum(group_counts(found, find(found, Query())).values()) == len(found.sites)
    assert set(found.sites.group_label) == set(wording.GROUPS.values())
    assert (
        not found.sites[["group_label", "status_label", "quality_label", "role_label"]]
        .isna()
        .any(axis=None)
    )


def test_pages_cover_every_row_once() -> None:
    explorer = explorer_of(many(PAGE_SIZE * 2 + 1))
    everything = find(explorer, Query())
    pages = [page_of(explorer, everything, number) for number in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert [page.first for page in pages] == [1, PAGE_SIZE + 1, PAGE_SIZE * 2 + 1]
    assert pd.concat([page.rows for page in pages]).finess_et.is_unique
    assert {page.count for page in pages} == {3}


@pytest.mark.parametrize(("asked", "given"), [(-4, 1), (0, 1), (99, 3)])
def test_a_page_out_of_range_gives_the_nearest(asked: int, given: int) -> None:
    explorer = explorer_of(many(PAGE_SIZE * 2 + 1))
    assert page_of(explorer, find(explorer, Query()), asked).number == given


def test_no_row_is_one_empty_page(explorer: Explorer) -> None:
    page = page_of(explorer, find(explorer, Query(text="xqzkjw")), 3)
    assert (page.number, page.count, page.first, page.total) == (1, 1, 0, 0)
    assert shown_table(page.rows).columns.to_list() == list(wording.COLUMNS.values())


def test_counts_follow_the_filters(explorer: Explorer) -> None:
    some = find(explorer, Query(text="Troyes"))
    assert group_counts(explorer, some) == {"chr_chu": 1, "ehpad": 1}
    assert area_counts(explorer, some, pd.Series(["GE-06", "HF-13"])) == [2, 0]


def test_the_map_is_given_exactly_the_located_sites_kept(explorer: Explorer) -> None:
    columns = map_columns(explorer, {"GE-06": "Aube et Sézannais"})
    assert columns["level"] == sorted(columns["level"]), "a support lies over the others"
    mask = map_mask(explorer, find(explorer, Query(text="Troyes")))
    bits = np.unpackbits(np.frombuffer(base64.b64decode(mask), dtype=np.uint8), bitorder="little")[
        : len(columns["name"])
    ]
    drawn = [name for name, bit in zip(columns["name"], bits, strict=True) if bit]
    assert drawn == ["CHU DE TROYES"], "the other site of Troyes has no coordinates"
    assert columns["style"][columns["name"].index("CHU DE TROYES")] == list(palette.MARKS).index(
        palette.SUPPORT
    )
    assert [columns["ght"][columns["name"].index(name)] for name in ("CHU DE TROYES", "X")] == [
        0,
        -1,
    ]
    assert columns["reg"][columns["name"].index("X")] == ""


def test_the_frame_of_sites_stays_on_the_land_that_has_most_of_them() -> None:
    sites = pd.DataFrame(
        {
            "lon": [3.7, 3.8, 55.5, None], "lat": [48.7, 48.9, -21.0, None],
            "landmass": ["metropole", "metropole", "reunion", "metropole"],
        }
    )  # fmt: skip
    assert frame_of(sites) == (3.7, 48.7, 3.8, 48.9)
    assert frame_of(sites.tail(1)) == ()


def test_a_file_holds_the_columns_of_the_table_and_the_rows_kept(explorer: Explorer) -> None:
    table = exported(explorer, find(explorer, Query(role="hors")))
    assert table.columns.to_list() == list(EXPORTED)
    assert table.finess_et.to_list() == ["970000005"]


def test_filters_are_told_in_french() -> None:
    told = described_filters(Query(region="44", text="Troyes"), {"region": {"44": "Grand Est"}})
    assert told == (("Région", "Grand Est"), ("Nom, ville ou numéro FINESS", "Troyes"))


# The sheet of a legal entity


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("109999901", "109999901"),
        ("100000002", "109999901"),
        ("109999909", "109999902"),
        ("590000001", "590000001"),
        ("979999905", "979999905"),
        ("<script>", None),
        ("", None),
    ],
)
def test_a_number_leads_to_its_entity(
    atlas5: Atlas, explorer: Explorer, number: str, code: str | None
) -> None:
    assert resolve(atlas5, explorer, number) == code
    found = entity_of(atlas5, explorer, number)
    assert (found.finess_ej if found else None) == code


def test_the_support_is_described(atlas5: Atlas, explorer: Explorer) -> None:
    found = entity_of(atlas5, explorer, "109999901")
    assert found
    assert (found.name, found.ght_code, found.ght_name) == (
        "CENTRE DE TROYES", "GE-06", "Aube et Sézannais",
    )  # fmt: skip
    assert (found.role_label, found.support) == ("Support, publié", "publié (2018)")
    assert found.membership == "lue dans la liste publiée (liste du ministère, 2018)"
    assert found.sites.is_general.to_list() == [True, False]
    assert found.general_count == 1
    assert found.anomalies.subject.to_list() == ["100000002"]
    assert found.notice == ""


def test_a_successor_tells_whom_it_took_over(atlas5: Atlas, explorer: Explorer) -> None:
    found = entity_of(atlas5, explorer, "109999909")
    assert found
    assert found.name == "HOPITAL ST-ÉTIENNE (site principal)"
    assert found.predecessors == ("ANCIEN HOPITAL (109999909) : le même site",)
    assert "109999909" in found.notice
    assert found.role_label == "Membre"
    assert found.membership.startswith("déduite")
    assert found.anomalies.subject.to_list() == ["109999909"]


def test_a_site_leads_to_its_entity_and_says_so(atlas5: Atlas, explorer: Explorer) -> None:
    found = entity_of(atlas5, explorer, "100000002")
    assert found
    assert "EHPAD LES LILAS" in found.notice


def test_an_entity_outside_any_ght_has_no_membership(atlas5: Atlas, explorer: Explorer) -> None:
    found = entity_of(atlas5, explorer, "979999905")
    assert found
    assert (found.ght_code, found.ght_name, found.membership, found.support) == (None, None, "", "")
    assert found.role_label == "Hors GHT"


def test_a_member_without_a_site_is_still_described(atlas5: Atlas, explorer: Explorer) -> None:
    found = entity_of(atlas5, explorer, "590000001")
    assert found
    assert found.sites.empty
    assert (found.name, found.ght_code, found.support) == ("EPSM", "HF-13", "")


def test_a_presumed_support_and_a_nameless_entity(atlas5: Atlas) -> None:
    ghts = atlas5.ghts.assign(support_evidence="presumed_population")
    nameless = atlas5.members.assign(entity_name=None)
    changed = builders.atlas(
        establishments=atlas5.establishments, ghts=ghts, members=nameless.astype(
            atlas5.members.dtypes.to_dict()
        )
    )  # fmt: skip
    found = entity_of(changed, explorer_of(changed), "109999901")
    assert found
    assert found.role_label == "Support, présumé"
    alone = entity_of(changed, explorer_of(changed), "590000001")
    assert alone
    assert alone.name == "590000001", "a number rather than an invented name"


# The whole of FINESS


def many(count: int) -> Atlas:
    """Return a country of many sites, five in an entity, of every category."""
    rank = range(count)
    groups = list(wording.GROUPS)
    sites = builders.sites(
        km=[float(number % 800) for number in rank],
        finess_et=[f"10{number:07d}" for number in rank],
        finess_ej=[f"11{number // 5:07d}" for number in rank],
        site_name=[f"CH {syllables(number)} {syllables(number // 7)}" for number in rank],
        city=[syllables(number % 30_000) for number in rank],
        category_group=[groups[number % len(groups)] for number in rank],
        is_general=[number % 12 == 0 for number in rank],
        insee_code=[("10001", "10002")[number % 2] for number in rank],
    )
    return builders.atlas(establishments=sites.drop(columns="own_distance_km"))


def syllables(number: int) -> str:
    """Make a word up, another for each number."""
    parts = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "tu")
    return "".join(parts[int(digit)] for digit in f"{number:05d}").upper()


def test_filters_and_pages_stay_quick_on_the_whole_of_finess() -> None:
    """Median of the steps of a rerun, in processor time: another process does not count."""
    atlas = many(1_000)
    table = explorer_of(atlas).sites
    copies = -(-WHOLE_FINESS // len(table))
    whole = pd.concat([table] * copies, ignore_index=True).head(WHOLE_FINESS)
    words = [syllables(number) for number in range(WHOLE_FINESS)]
    explorer = index_sites(whole.assign(site_name=words, entity_name="CH"))
    spent = []
    for query in (
        Query(), Query(region="44", group="ch"), Query(text="babaceba"), Query(text="babadigy"),
        Query(area="GE-06", text="lame ch"),
    ):  # fmt: skip
        start = time.process_time()
        found = find(explorer, query)
        shown_table(page_of(explorer, found, 900).rows)
        group_counts(explorer, found)
        map_mask(explorer, found)
        spent.append((time.process_time() - start) * 1000)
    assert len(explorer.sites) == WHOLE_FINESS
    assert statistics.median(spent) < BUDGET_MS, spent
    assert max(spent) < 2 * BUDGET_MS, spent


@pytest.mark.data
def test_every_number_of_the_list_before_leads_to_its_successor(atlas: Atlas) -> None:
    explorer, before = explorer_of(atlas), atlas.earlier_members
    merged = before[before.finess_ej != before.current_finess_ej]
    assert len(merged) > 0
    for number, heir in zip(merged.finess_ej, merged.current_finess_ej, strict=True):
        assert resolve(atlas, explorer, str(number)) == heir
    number, heir = map(str, merged[["finess_ej", "current_finess_ej"]].iloc[0])
    found = entity_of(atlas, explorer, number)
    assert found
    assert found.finess_ej == heir
    assert found.notice.startswith(f"Le numéro {number} est celui d'une entité reprise")
    assert any(f"({number})" in line for line in found.predecessors)
    assert {"register_label", "last_sae_year", "mco_beds"} <= set(found.sites.columns)
    assert found.sites.register_label.notna().all()
