"""Builders of full valid records: name what the test is about, the rest is plausible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import box

from geo.activity.figures import build_sites, ght_figures, site_figures
from geo.activity.proof import compare
from geo.atlas.load import Atlas
from geo.atlas.manifest import Manifest, bundled_file, read_manifest, write_manifest
from geo.atlas.schema import TABLES, check_table
from geo.atlas.vintages import Vintages, vintages_of
from geo.catchment.ranks import rank_sites
from geo.catchment.travel_times import Impedance
from geo.catchment.world import World
from geo.geography.communes import CONTEXT_COLUMNS, geodesic_area_km2
from geo.partnerships.bundled import build_partnerships, build_places
from geo.sources.adapters.facts import GHT_COLUMNS
from geo.sources.adapters.sae import Survey, gather
from geo.territories.areas import area_polygons
from geo.territories.people import known_communes, people_figures
from geo.territories.services import EVERY

VINTAGES = {
    "contours": "2018", "cog_communes": "2026", "populations": "2023", "mayotte": "2017",
    "context": "2024", "finess": "2021-01-08", "members": "2018 et 2026-10", "ages": "2020",
    "incomes": "2021",
}  # fmt: skip
KM_PER_DEGREE = 6371.0088 * np.pi / 180
CRS = "EPSG:4326"


def vintages(**replaced: str) -> Vintages:
    """What texts name of the sources, and of times estimated by road."""
    sources = [
        {"key": key, "title": key.upper(), "vintage": vintage}
        for key, vintage in {**VINTAGES, **replaced}.items()
    ]
    return vintages_of(sources, {"travel_time": "par la route", "travel_error_min": 2.54})


def degrees(km: float) -> float:
    """Longitude of a point of the equator, in kilometres east of Greenwich."""
    return float(km / KM_PER_DEGREE)


def _records(defaults: Mapping[str, Any], overrides: Mapping[str, Any]) -> pd.DataFrame:
    """
    One row per value of the longest list.

    Single values repeat; a default may be a text with ``{n}``, the number of the row from 1.
    """
    values = {**defaults, **overrides}
    lists = [len(value) for value in overrides.values() if isinstance(value, list)]
    count = max(lists, default=1)
    columns = {}
    for name, value in values.items():
        if isinstance(value, list):
            columns[name] = value
        elif isinstance(value, str) and "{n" in value:
            columns[name] = [value.format(n=n + 1) for n in range(count)]
        else:
            columns[name] = [value] * count
    return pd.DataFrame(columns)


def _typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of a bundled table their types; other columns stay as they are."""
    schema = TABLES[name].columns
    dtypes = {column: str(schema[column].dtype) for column in table if column in schema}
    return table.astype(
        {name: "str" if "string" in dtype else dtype for name, dtype in dtypes.items()}
    )


def communes(km: Sequence[float] = (0,), **overrides: object) -> pd.DataFrame:
    """Bundled communes, anchored on the equator at `km`."""
    defaults = {
        "insee_code": "10{n:03d}",
        "commune_name": "Commune {n}",
        "dep_code": "10",
        "reg_code": "44",
        "landmass": "metropole",
        "population": 1000,
        "population_year": 2023,
        "area_km2": 10.0,
        "anchor_lon": [degrees(x) for x in km],
        "anchor_lat": 0.0,
        "included_codes": None,
        "included_names": None,
        "population_2021": 1000,
        "population_2015": 1000,
        "births_2022": 10,
        "deaths_2022": 9,
        "aged_15_64_2021": 600,
        "active_15_64_2021": 450,
        "unemployed_15_64_2021": 40,
    }
    lists = {"anchor_lon": defaults.pop("anchor_lon")}
    return _typed("communes", _records(defaults, lists | overrides))[
        list(TABLES["communes"].columns)
    ]


def sites(km: Sequence[float] = (0,), **overrides: object) -> pd.DataFrame:
    """
    Bundled establishments: general hospitals on the equator at `km`.

    Adds `own_distance_km`, which the model reads. The area follows the GHT, or the entity without.
    """
    defaults = {
        "finess_et": "1000000{n:02d}",
        "finess_ej": "1099999{n:02d}",
        "site_name": "CH de la ville {n}",
        "finess_name": "CH DE LA VILLE {n}",
        "address": "1 rue de l'hôpital",
        "postal_code": "10000",
        "city": "Commune {n}",
        "category_code": "355",
        "category_label": "Centre Hospitalier (C.H.)",
        "category_group": "ch",
        "public_status": "public",
        "scope": "hospitalier",
        "medicine_beds": 60,
        "mco_beds": 100,
        "smr_beds": 30,
        "is_general": True,
        "is_small": False,
        "general_reason": "hôpital général public",
        "lat": 0.0,
        "insee_code": "10{n:03d}",
        "insee_check": "concordant",
        "registers": "finess_et_sae",
        "last_sae_year": 2024,
        "landmass": "metropole",
        "ght_code": "GE-06",
        "role": "partie",
        "own_distance_km": 0.0,
    }
    table = _records(defaults, {"lon": [degrees(x) for x in km]} | overrides)
    if "area_code" not in table:
        outside = "HORS-" + table.finess_ej
        table["area_code"] = table.ght_code.where(table.ght_code.notna(), outside)
        table["area_code"] = table.area_code.where(table.is_general)
    return _typed("establishments", table)


def world(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    zones: Sequence[str] = (),
    provider: Mapping[str, str] | None = None,
    impedance: Impedance | None = None,
) -> World:
    """Demand and supply; `zones` are those of the communes, in their order."""
    supply = sites.assign(
        capacity=sites.mco_beds.fillna(0).clip(lower=1).astype("float64"),
        dep_code="10", reg_code="44",
    )  # fmt: skip
    known = dict(zip(communes.insee_code, zones, strict=False))
    ranked = rank_sites(supply)
    return World(communes, ranked, provider or {}, impedance or Impedance(), zones=known)


def finess(**overrides: object) -> pd.DataFrame:
    """Sites as the FINESS adapter reads them: public hospitals."""
    defaults = {
        "finess_et": "1000000{n:02d}",
        "finess_ej": "109999901",
        "site_name": "CH de la ville {n}",
        "address": "1 rue de l'hôpital",
        "postal_code": "10000",
        "city": "Ville {n}",
        "dep_code": "10",
        "category_code": "355",
        "category_label": "Centre Hospitalier (C.H.)",
        "category_group_code": "1102",
        "category_group_label": "Centres Hospitaliers",
        "public_status_code": "1",
        "public_status_label": "Etablissement public de santé",
        "lon": 0.0,
        "lat": 0.0,
    }
    return _records(defaults, overrides).astype({"site_name": "str", "lon": float, "lat": float})


def candidates(km: Sequence[float] = (0,), **overrides: object) -> pd.DataFrame:
    """Sites as they are before the general ones are marked: large hospitals, surveyed."""
    defaults = {
        "registers": "finess_et_sae",
        "ght_code": "GE-06",
        "medicine_beds": 60,
        "mco_beds": 100,
        "smr_beds": 30,
        "public_status": "public",
    }
    own: dict[str, Any] = {name: overrides.pop(name, value) for name, value in defaults.items()}
    table = finess(lon=[degrees(x) for x in km], **overrides)
    return _typed("establishments", table.assign(scope="hospitalier", category_group="ch", **own))


NO_EXCEPTION = pd.DataFrame({"finess_et": ["990000000"], "reason": ["aucune"]})


def listed_members(**overrides: object) -> pd.DataFrame:
    """Members as a published list gives them."""
    defaults = {
        "ght_code": "GE-06",
        "finess_ej": "1099999{n:02d}",
        "entity_name": "Hôpital {n}",
        "city": "Ville {n}",
        "role": "partie",
        "evidence": "read",
        "vintage": "2018",
        "source": "dgos_list",
    }
    return _records(defaults, overrides)


def members(**overrides: object) -> pd.DataFrame:
    """Bundled members: public hospitals that have not changed since the list."""
    defaults: dict[str, Any] = {
        "successor_evidence": None,
        "is_in_finess": True,
        "has_general_site": True,
        "is_public_hospital": True,
    }
    bundled: dict[str, Any] = {
        name: overrides.pop(name) for name in list(overrides) if name in defaults
    }
    current: Any = overrides.pop("current_finess_ej", None)
    counts = [len(v) for v in (*overrides.values(), *bundled.values()) if isinstance(v, list)]
    if "finess_ej" not in overrides:
        numbers = range(1, max(counts, default=1) + 1)
        overrides["finess_ej"] = [f"1099999{n:02d}" for n in numbers]
    table = listed_members(**overrides)
    for name, value in (defaults | bundled).items():
        table[name] = value
    table["current_finess_ej"] = current or table.finess_ej
    return _typed("members", table)[list(TABLES["members"].columns)]


def successors(before: Sequence[str] = (), after: Sequence[str] = ()) -> pd.DataFrame:
    """Mergers seen in FINESS."""
    return pd.DataFrame(
        {"finess_ej_before": list(before), "finess_ej_after": list(after), "evidence": "same_site"},
        dtype="str",
    )


def later_mergers(before: Sequence[str] = (), after: Sequence[str] = ()) -> pd.DataFrame:
    """Mergers documented after the vintage of FINESS."""
    return pd.DataFrame(
        {"finess_ej_before": list(before), "finess_ej_after": list(after)}, dtype="str"
    )


def earlier_members(**overrides: object) -> pd.DataFrame:
    """Bundled members of the list before, all of them in the same GHT today."""
    today: Any = overrides.pop("current_ght_code", None)
    table = members(**overrides)
    table["current_ght_code"] = today or table.ght_code
    return _typed("earlier_members", table)[list(TABLES["earlier_members"].columns)]


def former_ghts(**overrides: object) -> pd.DataFrame:
    """GHTs that are gone, and those of today that took their members in."""
    defaults = {
        "former_code": "GE-16",
        "former_name": "Sézannais",
        "ght_code": "GE-06",
        "member_count": 2,
    }
    return _typed("former_ghts", _records(defaults, overrides))


def ght_history(**overrides: object) -> pd.DataFrame:
    """What happened to GHTs."""
    defaults = {
        "ght_code": "GE-06",
        "listed_code": "GE-06",
        "kind": "join",
        "date": "2023-01-01",
        "certainty": "stated",
        "detail": "Un membre entre.",
        "source_url": "https://example.org",
    }
    return _typed("ght_history", _records(defaults, overrides))


def ghts(**overrides: object) -> pd.DataFrame:
    """Bundled GHTs."""
    defaults = {
        "ght_code": "GE-06",
        "ght_name": "Aube et Sézannais",
        "region": "Grand Est",
        "reg_code": "44",
        "listed_member_count": 1,
        "current_member_count": 1,
        "composition_vintage": "2018",
        "composition_source": "dgos_list",
        "support_finess_ej": "109999901",
        "support_name": "Hôpital 1",
        "support_evidence": "published",
        "support_year": "2018",
        "support_source": "https://example.org",
        "support_note": None,
        "is_thematic": False,
    }
    return _typed("ghts", _records(defaults, overrides))


def published(**overrides: object) -> pd.DataFrame:
    """Bundled published figures."""
    defaults = {
        "ght_code": "GE-06",
        "figure": "members",
        "value": 1,
        "year": 2018,
        "source_url": "https://example.org/{n}",
        "qualifier": "plain",
        "year_certainty": "stated",
        "note": None,
        "scope": "ght",
    }
    return _typed("published", _records(defaults, overrides))


def assignments(**overrides: object) -> pd.DataFrame:
    """Bundled assignments: communes of GE-06, ten minutes from their hospital."""
    defaults = {
        "insee_code": "10{n:03d}",
        "area_code": "GE-06",
        "ght_code": "GE-06",
        "finess_et": "100000001",
        "travel_time_min": 10.0,
        "time_method": "road",
        "runner_up_area_code": None,
        "runner_up_time_min": np.nan,
        "margin_min": np.nan,
        "margin": np.nan,
        "rule": "road",
    }
    return _typed("assignments", _records(defaults, overrides))


def cog(*rows: str) -> pd.DataFrame:
    """Official code: ``"COM 10001"`` or ``"COMD 10002 10001"`` (its parent)."""
    split = [(*row.split(), None)[:3] for row in rows]
    table = pd.DataFrame(split, columns=["type_code", "insee_code", "parent_code"], dtype="str")
    overseas = table.insee_code.str.startswith("97")
    dep_code = table.insee_code.str[:2].mask(overseas, table.insee_code.str[:3])
    names = "Ville " + table.insee_code
    return table.assign(
        dep_code=dep_code, reg_code=dep_code.map({"976": "06"}).fillna("44"), commune_name=names
    )


def movements(*rows: str) -> pd.DataFrame:
    """Commune changes: ``"2020-01-01 32 COM 10002 > COM 10001"``; names as in `cog`."""
    names = ["date", "mod", "type_before", "code_before", "type_after", "code_after"]
    split = [[word for word in row.split() if word != ">"] for row in rows]
    table = pd.DataFrame(split, columns=names, dtype="str")
    sides = {f"name_{side}": "Ville " + table[f"code_{side}"] for side in ("before", "after")}
    return table.assign(date=pd.to_datetime(table.date), **sides)


def grouped_communes(**postcodes: str) -> pd.DataFrame:
    """Communes of one grouping, with their postcodes: ``c10001="10000 10150"``."""
    codes = pd.Series([code[1:] for code in postcodes], dtype="str")
    return pd.DataFrame(
        {
            "insee_code": codes,
            "commune_name": "Ville " + codes,
            "arr_code": codes.str[:2] + "1",
            "epci_code": "200069193",
            "epci_name": "CC des Villes",
            "postcodes": pd.Series(list(postcodes.values()), dtype="str"),
            "population": pd.Series(100, index=codes.index, dtype="Int64"),
        }
    )


def contours(*codes: str) -> gpd.GeoDataFrame:
    """Squares of a tenth of a degree in a row from Greenwich, one per code: a valid coverage."""
    squares = [box(n / 10, 45, (n + 1) / 10, 45.1) for n in range(len(codes))]
    return gpd.GeoDataFrame({"insee_code": list(codes)}, geometry=squares, crs=CRS)


def context(*codes: str, population: int = 100, commune_type: str = "COM") -> pd.DataFrame:
    """INSEE comparateur: the same figure in every column."""
    table = pd.DataFrame({"insee_code": list(codes), "commune_type": commune_type}, dtype="str")
    return table.assign(**dict.fromkeys(CONTEXT_COLUMNS, population))


def populations(year: int = 2023, **by_code: int) -> pd.DataFrame:
    """Legal populations; codes are written ``c10001=500``."""
    return pd.DataFrame(
        {
            "insee_code": pd.Series([code[1:] for code in by_code], dtype="str"),
            "population": pd.Series(list(by_code.values()), dtype="Int64"),
            "population_year": year,
        }
    )


def partnership(number: int = 1, **overrides: object) -> dict[str, Any]:
    """
    Give the record of a partnership, valid: a hospital of GE-06 and an unplaced clinic.

    A field overridden by None is left out.
    """
    record: dict[str, Any] = {
        "id": f"partenariat-{number}",
        "title": f"Partenariat {number}",
        "ght_codes": ["GE-06"],
        "form": "convention_partenariat",
        "domains": ["cancerologie"],
        "status": "signe",
        "parties": [
            {"name": "CH de la ville 1", "kind": "public", "role": "support",
             "finess_et": "100000001"},
            {"name": "Clinique", "kind": "prive_lucratif", "role": "partenaire"},
        ],
        "dates": {"signed": {"value": "2018-03", "certainty": "stated"}},
        "events": [
            {"date": "2018-03", "certainty": "stated", "text": "Signature.", "source": "journal"}
        ],
        "summary": "Une convention.",
        "sources": [{"key": "journal", "publisher": "Journal", "url": "https://example.org/1"}],
        "confidence": "moyenne",
        "confidence_reason": "Une seule source.",
    }  # fmt: skip
    return {key: value for key, value in (record | overrides).items() if value is not None}


def proved_members(**overrides: object) -> pd.DataFrame:
    """Members that the ministry's totals prove: one, of GE-06, by default."""
    defaults = {
        "ght_code": "GE-06",
        "finess_ej": "1099999{n:02d}",
        "entity_name": "CH de la ville {n}",
        "city": "VILLE {n}",
        "category_code": "355",
        "earlier_ght_code": "GE-06",
        "evidence": "proved",
        "other_finess_ej": None,
        "is_surveyed": True,
    }
    return _typed("proved_members", _records(defaults, overrides))


Figures = Mapping[tuple[str, str], Mapping[str, float]]
FIGURES: Figures = {
    ("100000001", "109999901"): {"MCO.LIT_MCO": 100, "PERINAT.SEJACC": 900},
    ("750000001", "750712184"): {"MCO.LIT_MCO": 50},
}
TOTALS: Mapping[str, Mapping[str, float]] = {"GE-06": {"NB_ET": 1, "LIT_MCO": 100, "SEJACC": 900}}


def survey(
    year: int = 2024,
    figures: Figures = FIGURES,
    totals: Mapping[str, Mapping[str, float]] = TOTALS,
) -> Survey:
    """
    One year of the ministry's survey.

    `figures` are items by site and entity; `totals` are columns by GHT.
    """
    sites = pd.DataFrame(
        [
            {"year": year, "finess_et": site, "finess_ej": entity, "site_name": f"CH {site}",
             "commune_code": "10001", "category_code": "355", "legal_code": "1"}
            for site, entity in figures
        ]
    )  # fmt: skip
    values = pd.DataFrame(
        [
            {"year": year, "finess_et": site, "finess_ej": entity, "item": item, "value": value}
            for (site, entity), items in figures.items()
            for item, value in items.items()
        ]
    ).astype({"value": "float64"})
    stated = pd.DataFrame(
        [
            {"year": year, "ght_code": code, "item": item, "value": value}
            for code, items in totals.items()
            for item, value in items.items()
        ]
    ).astype({"value": "float64"})
    return Survey(year, sites, values, stated, pd.DataFrame(columns=["subject", "detail"]))


def activity(*surveys: Survey, members: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Tables of activity of one year or more: one by default, of one member of GE-06."""
    raw = gather(surveys or (survey(),))
    known = proved_members() if members is None else members
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    ghts = ght_figures(figures, raw["sae_totals"], known)
    tables = {
        "proved_members": known,
        "proof": compare(figures, ghts, known),
        "sae_sites": build_sites(raw["sae_sites"], {"10001": "10001"}),
        "activity_ghts": ghts,
        "activity_sites": figures,
    }
    return {name: check_table(name, table) for name, table in tables.items()}


def small_tables() -> dict[str, pd.DataFrame]:
    """A country of two communes, one GHT that serves both, and a psychiatric GHT."""
    land = communes(km=[0, 11], population=[500, 300], area_km2=[1.0, 1.0],
        population_2021=[500, 300], population_2015=[500, 300])  # fmt: skip
    places = sites(km=[0], finess_ej=["109999901"])
    areas = pd.DataFrame(
        {
            "area_code": ["GE-06", "HF-13", "NON-AFFECTE"],
            "kind": ["ght", "ght", "unassigned"],
            "area_name": ["Aube et Sézannais", "Psychiatrie 59-62", "Communes non rattachées"],
            "ght_code": ["GE-06", "HF-13", None],
            "reg_code": ["44", "32", None],
            "status": ["modelled", "thematic", "unassigned"],
            "population": [800, None, 0],
            "population_year": [2023, None, None],
            "population_latest_year": [2023, None, None],
            "area_km2": [2.0, np.nan, 0.0],
            "density_per_km2": [400.0, np.nan, np.nan],
            "commune_count": [2, None, 0],
            "site_count": [1, None, None],
            "member_count": [1, 1, None],
        }
    )
    names = pd.DataFrame(
        {"ght_code": ["GE-06"], "member_establishment": "CH", "city": "Troyes", "role": "support",
         "source_url": "https://example.org"}
    )  # fmt: skip
    steps = pd.DataFrame(
        {"ght_code": ["GE-06"], "step": 1, "label": "Membres", "count": 1, "source": "liste"}
    )
    oddities = pd.DataFrame(
        {"kind": ["membre_deduit"], "ght_code": "GE-06", "subject": "109999901",
         "detail": "Déduit.", "source": "Liste"}
    )  # fmt: skip
    known = members(ght_code=["GE-06", "HF-13"], has_general_site=[True, False])
    after = partnership(2, links=[{"relation": "succede_a", "target": "partenariat-1"}])
    tables = {
        **build_partnerships([partnership(), after], build_places(places, known)),
        **activity(),
        "communes": land,
        "former_communes": pd.DataFrame(
            {
                "former_code": ["10003"],
                "former_name": "Bourg-le-Vieux",
                "date": "2019-01-01",
                "kind": "fusion",
                "current_code": "10002",
            }
        ),
        "postcodes": pd.DataFrame(
            {"postcode": ["10000", "10000", "10150"], "insee_code": ["10001", "10002", "10002"]}
        ),
        "departements": pd.DataFrame(
            {"dep_code": ["10", "59"], "dep_name": ["Aube", "Nord"], "reg_code": ["44", "32"]}
        ),
        "regions": pd.DataFrame(
            {"reg_code": ["32", "44"], "reg_name": ["Hauts-de-France", "Grand Est"]}
        ),
        "establishments": places[list(TABLES["establishments"].columns)],
        "ghts": ghts(
            ght_code=["GE-06", "HF-13"],
            ght_name=["Aube et Sézannais", "Psychiatrie 59-62"],
            reg_code=["44", "32"],
            support_evidence=["published", "unknown"],
            is_thematic=[False, True],
        ),
        "members": known,
        "earlier_members": earlier_members(ght_code=["GE-06", "HF-13"]),
        "former_ghts": former_ghts(),
        "ght_history": ght_history(),
        "assignments": assignments(insee_code=["10001", "10002"]),
        "territories": _typed("territories", areas),
        "published": published(figure=["population", "area_km2", "members"], value=[1000, 2, 1]),
        "compositions": names,
        "reconciliations": _typed("reconciliations", steps),
        "anomalies": _typed("anomalies", oddities),
        **people_tables(land.insee_code.to_list()),
        "emergency_times": emergency_times(["10001", "10002"], minutes=[0.0, 17.5]),
        "commune_stability": commune_stability(["10001", "10002"]),
        "area_spread": area_spread(["GE-06", "NON-AFFECTE"], spread_percent=[5.0, None]),
        **access(["10001", "10002"], medecine=[3.0, 14.5], membre=[3.0, 14.5]),
    }
    return tables | {"area_people": area_people(tables)}


def area_people(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Bundled figures of the inhabitants of each area, as the build puts communes together."""
    known = known_communes(tables["communes"], tables["people"])
    homes = tables["assignments"].drop_duplicates("insee_code")  # broken tables are built too
    return people_figures(homes, known).sort_index().reset_index()


def people(codes: Sequence[str], **overrides: object) -> pd.DataFrame:
    """Bundled people of communes: a quarter young, a fifth of 65 and over."""
    defaults = {
        "under_25_percent": 25.0,
        "aged_25_64_percent": 55.0,
        "aged_65_over_percent": 20.0,
        "aged_75_over_percent": 10.0,
        "median_income_eur": 22000.0,
        "poverty_percent": 15.0,
    }
    return _typed("people", _records(defaults, {"insee_code": list(codes)} | overrides))[
        list(TABLES["people"].columns)
    ]


def people_tables(codes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Tables of people and places, every commune in the same zones."""
    own = {"arrondissement": "101", "epci": "200069193", "region": "44", "departement": "10"}
    shared = {
        "canton": "1001", "bassin_vie": "10001", "zone_emploi": "4401", "unite_urbaine": "10301",
        "aire_attraction": "051",
    }  # fmt: skip
    made = {"people": people(codes)}
    for name, zones in (("commune_zones", own), ("commune_zones_odbl", shared)):
        table = _typed(name, _records(zones, {"insee_code": list(codes)}))
        made[name] = table[list(TABLES[name].columns)]
    names = [
        {"kind": kind, "zone_code": code, "zone_name": f"Zone {code}"}
        for kind, code in (own | shared).items()
    ]
    is_open = [name["kind"] in ("epci", "region", "departement") for name in names]
    table = pd.DataFrame(names, dtype="str")
    made["zones"] = table[is_open]
    made["zones_odbl"] = table[[not one for one in is_open]]
    made["collectivities"] = _typed(
        "collectivities",
        pd.DataFrame(
            {"collectivity_code": ["977"], "collectivity_name": ["Saint-Barthélemy"],
             "population": [10660], "commune_count": [1]}
        ),
    )  # fmt: skip
    return made


def ages(*codes: str) -> pd.DataFrame:
    """Ages as the adapter reads them."""
    return people(codes).drop(columns=["median_income_eur", "poverty_percent"])


def incomes(*codes: str) -> pd.DataFrame:
    """Incomes as the adapter reads them."""
    table = people(codes)[["insee_code", "median_income_eur", "poverty_percent"]]
    return table.assign(first_decile_eur=12000.0, ninth_decile_eur=40000.0)


def emergency_times(insee_code: Sequence[str], **overrides: object) -> pd.DataFrame:
    """Bundled official times: measured ones, 20 minutes, or as `overrides` say."""
    defaults = {"minutes": 20.0, "status": "measured", "year": 2019}
    table = _records(defaults, {"insee_code": list(insee_code)} | overrides)
    return _typed("emergency_times", table)[list(TABLES["emergency_times"].columns)]


def commune_stability(insee_code: Sequence[str], **overrides: object) -> pd.DataFrame:
    """Bundled shares of the runs in which communes stay: all of them, or as `overrides` say."""
    table = _records({"stays_percent": 100.0}, {"insee_code": list(insee_code)} | overrides)
    return _typed("commune_stability", table)[list(TABLES["commune_stability"].columns)]


def area_spread(area_code: Sequence[str], **overrides: object) -> pd.DataFrame:
    """Bundled spread of the areas over the runs: 5 %, or as `overrides` say."""
    defaults = {
        "run_count": 10,
        "population_lowest": 700,
        "population_median": 800,
        "population_highest": 900,
        "spread_percent": 5.0,
    }
    table = _records(defaults, {"area_code": list(area_code)} | overrides)
    return _typed("area_spread", table)[list(TABLES["area_spread"].columns)]


def access(
    insee_code: Sequence[str], beds: float | None = 2.0, **minutes: Sequence[float | None]
) -> dict[str, pd.DataFrame]:
    """Bundled tables of access: minutes by service, by road; the other services lead nowhere."""
    parts = []
    for key in sorted(set(EVERY) - {"urgences"}):
        known = pd.Series([*minutes.get(key, [None] * len(insee_code))], dtype="float64")
        site = pd.Series("100000001", index=known.index, dtype="str").where(known.notna())
        parts.append(
            pd.DataFrame(
                {"insee_code": list(insee_code), "service": key, "minutes": known,
                 "finess_et": site, "method": site.mask(known.notna(), "road")}
            )
        )  # fmt: skip
    held = pd.DataFrame({"insee_code": list(insee_code), "beds_per_1000": beds})
    return {
        "access_times": _typed("access_times", pd.concat(parts, ignore_index=True)),
        "access_beds": _typed("access_beds", held),
    }


def travel_times(**minutes: Mapping[str, float]) -> pd.DataFrame:
    """Table of travel times of the roads: ``c10001={"100000001": 12.5}``."""
    rows = [
        (origin[1:], destination, time)
        for origin, times in minutes.items()
        for destination, time in times.items()
    ]
    table = pd.DataFrame(rows, columns=["origin", "destination", "minutes"])
    return pd.DataFrame(
        {
            "origin": table.origin.astype("category"),
            "destination": table.destination.astype("category"),
            "half_minutes": (table.minutes * 2).astype("uint8"),
            "method": pd.Categorical(["road"] * len(table)),
        }
    )


def _small_shapes(tables: dict[str, pd.DataFrame]) -> gpd.GeoDataFrame:
    """Two squares, one territory; the tables take their measured areas."""
    squares = contours("10001", "10002")
    areas = geodesic_area_km2(squares.geometry)
    tables["communes"]["area_km2"] = areas
    tables["territories"].loc[0, "area_km2"] = areas.sum()
    tables["territories"].loc[0, "density_per_km2"] = 800 / areas.sum()
    return area_polygons(squares, tables["assignments"])


def bundle(folder: Path, **replaced: pd.DataFrame) -> Path:
    """Write a small valid bundle; `replaced` tables take the place of the valid ones."""
    tables = small_tables()
    shapes = _small_shapes(tables)
    tables |= replaced
    (folder / "shapes").mkdir(parents=True)
    (folder / "drawing").mkdir()
    (folder / "times").mkdir()
    files = {}
    times = travel_times(c10001={"100000001": 3.0}, c10002={"100000001": 14.5})
    times.to_parquet(folder / "times" / "roads.parquet", index=False)
    files["times/roads"] = bundled_file(folder, "times/roads.parquet", len(times))
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
        columns = tuple(map(str, table.columns))
        files[name] = bundled_file(folder, f"{name}.parquet", len(table), columns)
    shapes.reset_index().to_parquet(folder / "shapes" / "territories.parquet", index=False)
    files["shapes/territories"] = bundled_file(folder, "shapes/territories.parquet", len(shapes))
    (folder / "drawing" / "territories.json").write_text("{}", encoding="utf-8")
    files["drawing/territories"] = bundled_file(folder, "drawing/territories.json")
    write_manifest(Manifest("2026-11-21", "0.1.0", files, (), {"model": "nearest"}), folder)
    return folder


def resign(folder: Path, name: str) -> None:
    """Make the manifest agree with a file that a test has rewritten."""
    old = read_manifest(folder)
    entry = old.tables[name]
    signed = bundled_file(folder, entry.file, entry.rows, entry.columns)
    write_manifest(replace(old, tables={**old.tables, name: signed}), folder)


def atlas(**replaced: pd.DataFrame) -> Atlas:
    """Tables of the small country in memory, without files."""
    tables = small_tables() | replaced
    if "area_people" not in replaced:
        tables["area_people"] = area_people(tables)
    manifest = Manifest("2026-11-21", "0.1.0", {}, (), {"model": "nearest"})
    return Atlas(Path("nowhere"), manifest, tables)


def raw_tables() -> dict[str, pd.DataFrame]:
    """
    What the adapters read, for a country drawn by hand.

    10001 (500 inhabitants, with 10004 which left it after the polygons were drawn) has a hospital
    of GE-06; 10002 (200, 10003 merged into it) has a hospital outside the GHTs; Mayotte (97601, 90)
    has a member that FINESS does not know; HF-13 is psychiatric; GE-16, of 2018, is in GE-06 now.
    """
    members_read = listed_members(
        ght_code=["GE-06", "GE-06", "GE-16", "HF-13", "OI-01"],
        finess_ej=["109999901", "109999902", "109999903", "590000001", "980500003"],
        role=["support", "partie", "partie", "partie", "partie"],
        evidence=["read", "deduced", "read", "read", "read"],
    )
    ghts_read = ghts(
        ght_code=["GE-06", "GE-16", "HF-13", "OI-01"],
        ght_name=["Aube et Sézannais", "Sézannais", "Psychiatrie 59-62", "Océan Indien"],
        reg_code=["44", "44", "44", None],
        support_finess_ej=["109999901", None, None, None],
        support_evidence=["published", None, None, None],
        listed_member_count=[2, 1, 1, 1],
    )[list(GHT_COLUMNS)]
    figures = published(
        ght_code=["GE-06", "GE-06", "GE-06", "GE-16"],
        figure=["population", "area_km2", "members", "population"],
        value=[600, 90, 2, 50],
    ).drop(columns=["qualifier", "year_certainty"])
    return {
        "contours": contours("10001", "10002", "10003", "97601"),
        "cog_communes": cog(
            "COM 10001", "COM 10002", "COMD 10003 10002", "COM 10004", "COM 97601"
        ),
        "movements": movements(
            "2019-01-01 32 COM 10003 > COM 10002", "2024-01-01 21 COM 10001 > COM 10004"
        ),
        "departements": pd.DataFrame(
            {"dep_code": ["10", "976"], "dep_name": ["Aube", "Mayotte"], "reg_code": ["44", "06"]}
        ),
        "regions": pd.DataFrame({"reg_code": ["06", "44"], "reg_name": ["Mayotte", "Grand Est"]}),
        "populations": populations(c10001=480, c10004=20, c10002=200),
        "mayotte": populations(2017, c97601=90),
        "context": context("10001", "10002", "10003"),
        "epci": grouped_communes(c10001="10000", c10002="10000 10150", c97601="97630"),
        "ages": ages("10001", "10002", "10003"),
        "incomes": incomes("10001", "10002", "10003"),
        "zonings": people_tables(["10001", "10002", "10003", "97601"])["commune_zones_odbl"],
        "zone_names": pd.concat(
            [
                people_tables([])["zones_odbl"],
                pd.DataFrame(
                    {"kind": ["arrondissement"], "zone_code": "971", "zone_name": "Zone 971"}
                ),
            ]
        ),
        "drees_times": drees_times(c10001=0, c10002=12.5, c97601=None),
        "road_posts": road_posts(),
        "relief": flat_relief(),
        "town_halls": town_halls("10001", "10002"),
        "overseas": pd.DataFrame(
            {"collectivity_code": ["977"], "collectivity_name": "Saint-Barthélemy",
             "population": pd.Series([10000], dtype="Int64")}
        ),
        "finess": finess(
            finess_ej=["109999901", "750712184", "109999902", "590000001"],
            lon=[0.05, 0.15, 0.06, 0.25], lat=45.05,
            city=["VILLE 10001", "VILLE 10002", "VILLE 10001", "AILLEURS"],
            category_code=["355", "101", "500", "355"],
            category_group_code=["1102", "1101", "4401", "1102"],
        ),
        "ghts": ghts_read,
        "members": members_read,
        "members_2024": proved_members(
            ght_code=["GE-06", "GE-06", "HF-13", "OI-01", "GE-06"],
            finess_ej=["109999901", "109999902", "590000001", "980500003", "109999903"],
            evidence=["proved", "carried", "proved", "carried", "merged"],
            other_finess_ej=[None, None, None, None, "109999901"],
            earlier_ght_code=["GE-06", "GE-06", "HF-13", "OI-01", "GE-16"],
            is_surveyed=[True, False, True, False, False],
        ),
        "successors": successors(),
        "successors_2024": successors(["109999903"], ["109999901"]),
        "published": figures.assign(
            ght_name=["Aube et Sézannais"] * 3 + ["Sézannais"]
        ),
        "compositions": pd.DataFrame(
            {"ght_name": ["Aube et Sézannais"], "member_establishment": "CH", "city": "Troyes",
             "role": "support", "source_url": "https://example.org"}
        ),
    }  # fmt: skip


def town_halls(*codes: str) -> pd.DataFrame:
    """Town halls in the middle of the squares of `contours`, in the same order."""
    points = {"lon": [n / 10 + 0.05 for n in range(len(codes))], "lat": 45.05}
    return pd.DataFrame({"insee_code": pd.Series(codes, dtype="str"), **points})


def drees_times(**minutes: float | None) -> pd.DataFrame:
    """Official minutes to the nearest emergency department: ``c10001=0``."""
    codes = pd.Series([code[1:] for code in minutes], dtype="str")
    return pd.DataFrame({"insee_code": codes, "minutes": [*minutes.values()]}).astype(
        {"minutes": "float64"}
    )


def road_posts(km: Sequence[float] = (0, 1), **overrides: object) -> pd.DataFrame:
    """Posts of one national road, east of Greenwich along the 45th parallel; none is a ramp."""
    defaults = {"route": "N0089", "dep_code": "10", "is_ramp": False, "lat": 45.05}
    east = [degrees(x) / np.cos(np.radians(45.05)) for x in km]
    along = {"metres": [x * 1000.0 for x in km], "lon": east}
    return _records(defaults, along | overrides)


def flat_relief() -> pd.DataFrame:
    """Altitudes of a plain at 100 metres."""
    grid = np.linspace(-1.0, 1.0, 9)
    return pd.DataFrame(100.0, index=45 + grid, columns=grid)


def readers(raw: Mapping[str, pd.DataFrame]) -> dict[str, Callable[[Path], pd.DataFrame]]:
    """Adapters that give these tables whatever the file."""

    def reader(table: pd.DataFrame) -> Callable[[Path], pd.DataFrame]:
        return lambda _: table

    return {key: reader(table) for key, table in raw.items()}


RAW_FIGURES: Figures = {
    ("100000001", "109999901"): {"MCO.LIT_MED": 60, "MCO.LIT_MCO": 100, "PERINAT.SEJACC": 900},
    ("100000002", "750712184"): {"MCO.LIT_MED": 30, "MCO.LIT_MCO": 50},
    ("100000004", "590000001"): {"MCO.LIT_MED": 25, "MCO.LIT_MCO": 25},
    ("100000009", "109999901"): {"SSR.SSR_TOT.LIT": 12},
}
RAW_TOTALS: Mapping[str, Mapping[str, float]] = {
    "GE-06": {"LIT_MCO": 100, "SEJACC": 900},
    "HF-13": {"LIT_MCO": 25},
}


def raw_survey() -> Survey:
    """
    Survey of the country of `raw_tables`.

    Its hospitals have beds; 100000009, a former local hospital of GE-06 in 10004, is not in FINESS.
    """
    drawn = survey(figures=RAW_FIGURES, totals=RAW_TOTALS)
    places = {
        "commune_code": ["10001", "10002", "10002", "10004"],
        "category_code": ["355", "101", "355", "106"],
    }
    return replace(drawn, sites=drawn.sites.assign(**places))


def surveys() -> dict[str, Callable[[Path], Survey]]:
    """Adapter of the survey that gives one small year, whatever the file."""
    return {"sae_2024": lambda _: raw_survey()}
