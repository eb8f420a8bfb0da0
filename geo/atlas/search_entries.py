"""What can be found by a name: territories, hospitals, communes, and what these were called."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo.atlas import words
from geo.atlas.load import Atlas

# Commune -> the code before its first arrondissement, and how many it has.
ARRONDISSEMENTS: Final = {"75056": (75100, 20), "69123": (69380, 9), "13055": (13200, 16)}
BRANDS: Final = Path(__file__).resolve().parents[1] / "curated" / "brands.csv"


def _territories(atlas: Atlas) -> pd.DataFrame:
    """Entries for territories, GHT or not, by name and by code."""
    areas = atlas.territories[atlas.territories.kind != "unassigned"]
    is_ght = areas.kind == "ght"
    return pd.DataFrame(
        {
            "kind": areas.kind,
            "code": areas.area_code,
            "label": areas.area_name.where(~is_ght, "GHT " + areas.area_name.astype(str)),
            "area_code": areas.area_code,
            "name": areas.area_name,
            "alias": areas.area_code + " " + areas.area_code.str.replace("-", ""),
            "weight": 8.0,
        }
    )


def _former_ghts(atlas: Atlas) -> pd.DataFrame:
    """Entries for the GHTs that are gone: they lead to those that have their members now."""
    former = atlas.former_ghts
    today = former.ght_code.map(atlas.ghts.set_index("ght_code").ght_name)
    names = (former.former_name + " (" + former.former_code + ")").tolist()
    labels = [words.former_ght(name, str(now)) for name, now in zip(names, today, strict=True)]
    return pd.DataFrame(
        {
            "kind": "ght",
            "code": former.ght_code,
            "label": pd.Series(labels, former.index, dtype="str"),
            "area_code": former.ght_code,
            "name": former.former_name,
            "alias": former.former_code + " " + former.former_code.str.replace("-", ""),
            "weight": 4.0,
        }
    )


def _brands(atlas: Atlas) -> pd.DataFrame:
    """Entries for the names that the hospitals of a GHT give themselves together."""
    brands = pd.read_csv(BRANDS, dtype=str)
    brands = brands[brands.ght_code.isin(atlas.ghts.ght_code)]
    names = brands.ght_code.map(atlas.ghts.set_index("ght_code").ght_name)
    return pd.DataFrame(
        {
            "kind": "ght",
            "code": brands.ght_code,
            "label": "GHT " + names + ", " + brands.brand,
            "area_code": brands.ght_code,
            "name": brands.brand,
            "alias": "",
            "weight": 4.0,
        }
    )


def _entities(atlas: Atlas) -> pd.DataFrame:
    """Entries for the legal entities of the GHTs: their own names, not those of their sites."""
    own = atlas.members[atlas.members.current_finess_ej == atlas.members.finess_ej]
    entities = own.drop_duplicates("finess_ej")
    general = atlas.establishments.finess_ej[atlas.establishments.is_general]
    return pd.DataFrame(
        {
            "kind": "entite",
            "code": entities.finess_ej,
            "entity": entities.finess_ej,
            "is_general": entities.finess_ej.isin(general),
            "label": entities.entity_name + " (" + entities.city.fillna("") + ")",
            "area_code": entities.ght_code,
            "name": entities.entity_name + " " + entities.city.fillna(""),
            "alias": entities.finess_ej,
            "weight": 1.5,
        }
    )


def _establishments(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for establishments: their GHT's area, else that of their commune."""
    sites = atlas.establishments
    outside = "HORS-" + sites.finess_ej.astype(str)
    own = outside.where(outside.isin(atlas.territories.area_code))
    area = sites.ght_code.fillna(own).fillna(sites.insee_code.map(area_by_commune))
    return pd.DataFrame(
        {
            "kind": "etablissement",
            "code": sites.finess_et,
            "entity": sites.finess_ej,
            "is_general": sites.is_general,
            "label": sites.site_name + " (" + sites.city.fillna("") + ")",
            "area_code": area,
            "name": sites.site_name + " " + sites.city.fillna(""),
            "alias": sites.finess_et + " " + sites.finess_ej,
            "other_name": sites.finess_name,
            "weight": np.where(sites.is_general, 2.0, 1.0),
        }
    )


def _communes(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for communes: the area the model gives them to."""
    communes = atlas.communes
    postcodes: dict[str, str] = {}
    pairs = (atlas.postcodes.insee_code.tolist(), atlas.postcodes.postcode.tolist())
    for code, postcode in zip(*pairs, strict=True):
        postcodes[code] = f"{postcodes[code]} {postcode}" if code in postcodes else postcode
    return pd.DataFrame(
        {
            "kind": "commune",
            "code": communes.insee_code,
            "label": communes.commune_name + " (" + communes.dep_code + ")",
            "area_code": communes.insee_code.map(area_by_commune),
            "name": communes.commune_name,
            "alias": communes.insee_code + " " + communes.insee_code.map(postcodes).fillna(""),
            "weight": 1.0 + np.log10(communes.population.astype(float) + 1.0) / 4,
        }
    )


def commune_parts(atlas: Atlas) -> pd.DataFrame:
    """
    List what is counted with a commune: communes without a polygon, municipal arrondissements.

    Returns
    -------
    parts
        `code`, `name`, `label`, `holder` (code of the commune), `holder_name`, `number` (of the
        arrondissement; 0 for a commune).
    """
    communes = atlas.communes
    names = dict(zip(communes.insee_code.tolist(), communes.commune_name.tolist(), strict=True))
    holding = communes.dropna(subset=["included_codes"])
    lists = zip(
        holding.insee_code,
        holding.included_codes.astype(str).str.split(";"),
        holding.included_names.astype(str).str.split(";"),
        strict=True,
    )
    rows = [
        (code, name, f"{name} ({code[:2]}), comptée avec {names[holder]}", holder, 0)
        for holder, codes, held in lists
        for code, name in zip(codes, held, strict=True)
    ]
    for city, (first, count) in ARRONDISSEMENTS.items():
        for number in range(1, count + 1) if city in names else ():
            name = f"{names[city]} {number}{'er' if number == 1 else 'e'}"
            rows.append((str(first + number), name, f"{name} arrondissement", city, number))
    columns = ["code", "name", "label", "holder", "number"]
    table = pd.DataFrame(rows, columns=columns).astype({"number": int})
    return table.assign(holder_name=table.holder.map(names))


def _parts(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for what is counted with a commune: a number is found with or without its ending."""
    parts = commune_parts(atlas)
    is_commune = parts.number == 0
    number = " " + parts.number.astype(str) + " arrondissement"
    return pd.DataFrame(
        {
            "kind": "commune",
            "code": parts.holder,
            "label": parts.label,
            "area_code": parts.holder.map(area_by_commune),
            "name": parts["name"].where(is_commune, parts["name"] + number),
            "alias": parts.code,
            "weight": np.where(is_commune, 1.5, 1.0),
        }
    )


def _former(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for the codes and names that communes no longer have."""
    parts = commune_parts(atlas)
    former = atlas.former_communes
    today = former.current_code.replace(dict(zip(parts.code, parts.holder, strict=True)))
    names = today.map(atlas.communes.set_index("insee_code").commune_name)
    is_gone = ~former.former_code.isin(atlas.communes.insee_code)
    label = former.former_name + " (" + former.former_code.str[:2] + "), aujourd'hui " + names
    return pd.DataFrame(
        {
            "kind": "commune",
            "code": today,
            "label": label,
            "area_code": today.map(area_by_commune),
            "name": former.former_name,
            "alias": former.former_code.where(is_gone, ""),
            "weight": 0.5,
        }
    ).drop_duplicates("label")


def search_entries(atlas: Atlas) -> pd.DataFrame:
    """
    List the names that lead to a territory.

    Parameters
    ----------
    atlas
        `territories`, `ghts`, `former_ghts`, `members`, `establishments`, `communes`,
        `assignments`, `former_communes` and `postcodes` are read.

    Returns
    -------
    entries
        `kind`, `code` (of the area, the site, the entity or the commune of today), `entity`
        (`finess_ej` of a site), `entity_name`, `is_general`, `label`, `area_code`, `area_name`,
        `name`, `alias` (codes), `other_name` (that of the register), `weight`.
    """
    area_by_commune = atlas.assignments.set_index("insee_code").area_code
    parts = [
        _territories(atlas),
        _former_ghts(atlas),
        _brands(atlas),
        _entities(atlas),
        _establishments(atlas, area_by_commune),
        _communes(atlas, area_by_commune),
        _parts(atlas, area_by_commune),
        _former(atlas, area_by_commune),
    ]
    names = atlas.territories.set_index("area_code").area_name
    entries = pd.concat([part for part in parts if len(part)], ignore_index=True)
    entries["area_name"] = entries.area_code.map(names)
    entries = entries.dropna(subset=["area_code", "area_name", "name"]).reset_index(drop=True)
    entities = atlas.members.drop_duplicates("finess_ej").set_index("finess_ej").entity_name
    own = entries.entity.map(entities)
    return entries.assign(
        entity=entries.entity.fillna(""),
        entity_name=own.fillna(entries.label),
        is_general=entries.is_general.eq(True),
    )
