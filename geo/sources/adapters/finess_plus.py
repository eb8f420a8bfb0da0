"""FINESS+ JSON of structures: legal entities (`pmej`), sites (`ege`), groups (`gcc`)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import SourceError
from geo.faults import Faults, format_values
from geo.sources.adapters.categories import add_category_labels
from geo.sources.adapters.compositions import PREFIX_BY_REGION, Composition, build_composition
from geo.sources.adapters.jsonstream import iterate_members
from geo.sources.adapters.projections import is_in_france
from geo.sources.adapters.rawfile import strip_cells

ACTIVE = "A"
SITE_ADDRESS, SEAT_ADDRESS = "03", "02"
GHT_TYPES = ("001", "002")
ROLES = {"S": "support", "M": "partie"}
ADDRESS_FIELDS = ("numeroVoie", "typeVoie", "libelleVoie", "lieuDit")
# The two pairs have swapped meaning between deliveries: the one in degrees is kept.
POSITION_PAIRS = (
    ("directionLongitude", "directionLatitude"),
    ("coordonneeX", "coordonneeY"),
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FinessPlus:
    """
    What one file of structures holds.

    Parameters
    ----------
    establishments
        Active sites, columns of `geo.sources.adapters.finess.read_finess`; labels of the categories
        and statuses come from the bundled nomenclature.
    groups
        Active GHT groups with their members, not checked yet (see `read_finess_groups`).
    generated_on
        Day of the delivery, AAAA-MM-JJ.
    """

    establishments: pd.DataFrame
    groups: tuple[Record, ...]
    entities: dict[str, Record]
    generated_on: str


@dataclass(slots=True)
class _Collected:
    sites: list[Record] = field(default_factory=list)
    groups: list[Record] = field(default_factory=list)
    entities: dict[str, Record] = field(default_factory=dict)
    generated_on: str = ""
    sections: set[str] = field(default_factory=set)


def read_finess_plus(path: Path) -> FinessPlus:
    """
    Read a FINESS+ file of structures in one pass.

    Parameters
    ----------
    path
        JSON, plain or gzip (about 50 MB packed, 750 MB unpacked: read as a stream).

    Returns
    -------
    structures
        Establishments, groups and legal entities.

    Raises
    ------
    SourceError
        Unreadable file, or no active site in it.
    """
    collected = _Collected()
    for name, value in iterate_members(path):
        collected.sections.add(name)
        if name == "pmej":
            _collect_entity(collected, value)
        elif name == "gcc" and value.get("etatObjet", ACTIVE) == ACTIVE:
            collected.groups.append(value)
        elif name == "generatedAt":
            collected.generated_on = str(value)[:10]
    if not collected.sites:
        read = format_values(sorted(collected.sections)) or "aucune"
        fault = (
            f"aucun établissement actif (pmej, ege) dans le fichier. Sections lues : {read}. "
            "Prenez FINESS+ Structures et téléchargez-le de nouveau."
        )
        raise SourceError(path.name, [fault])
    return FinessPlus(
        establishments=_to_table(collected.sites),
        groups=tuple(collected.groups),
        entities=collected.entities,
        generated_on=collected.generated_on,
    )


def read_finess_groups(path: Path) -> Composition:
    """
    Read the GHTs as FINESS+ groups describe them.

    Parameters
    ----------
    path
        FINESS+ JSON of structures, with its `gcc` section.

    Returns
    -------
    composition
        GHTs and members. The code is made of the region and of the number in the external
        identifier (27103 is BFC-03), or of the group number (GCC-136) when there is none.

    Raises
    ------
    SourceError
        Every fault: no group, member unknown in the file, unknown role, bad codes.
    """
    return groups_of(read_finess_plus(path), path)


def groups_of(structures: FinessPlus, path: Path) -> Composition:
    """Give the GHTs of structures already read (see `read_finess_groups`)."""
    faults = Faults(path.name)
    groups = [group for group in structures.groups if group.get("typeGcc") in GHT_TYPES]
    if not groups:
        faults.add("aucun groupement (gcc) de GHT dans le fichier. Prenez FINESS+ Structures.")
    rows = [
        _member_row(faults, group, member, structures.entities)
        for group in groups
        for member in group.get("pmejDuGcc") or []
    ]
    faults.raise_if_any()
    names = pd.Series({_group_code(group): str(group.get("nomGcc", "")) for group in groups})
    members = strip_cells(pd.DataFrame(rows))
    vintage = structures.generated_on[:7]
    return build_composition(path, members, names, vintage=vintage, source="finess_gcc")


def _group_code(group: Record) -> str:
    external = str(group.get("gccIdentifiantExterne") or "")
    prefix = PREFIX_BY_REGION.get(external[:2])
    if prefix and len(external) == len("27103") and external.isdigit():
        return f"{prefix}-{external[-2:]}"
    return f"GCC-{str(group.get('gccId') or '').zfill(2)}"


def _member_row(
    faults: Faults, group: Record, member: Record, entities: dict[str, Record]
) -> Record:
    number = str(member.get("pmSmsseId") or member.get("pm_smsseId") or "")
    role = str(member.get("typeRoleEntiteGroupe") or "")
    code = _group_code(group)
    if number not in entities:
        faults.add(
            f"membre {number or '(vide)'} du groupement {code} absent des pmej. "
            "Téléchargez de nouveau le fichier complet."
        )
    if role not in ROLES:
        faults.add(
            f"rôle « {role} » inconnu dans le groupement {code}. Rôles admis : S (support), "
            "M (membre)."
        )
    return {"ght_code": code, "role": ROLES.get(role), **entities.get(number, {})}


def _collect_entity(collected: _Collected, entity: Record) -> None:
    facts = entity.get("informationsGeneralesPMEJ") or {}
    seat = _pick_address(entity.get("adresse"), SEAT_ADDRESS)
    finess_ej = facts.get("numFinessPm")
    collected.entities[str(facts.get("pmSmsseId"))] = {
        "finess_ej": finess_ej,
        "entity_name": facts.get("denominationPm") or facts.get("denominationLonguePmSmsse"),
        "city": seat.get("ligneAcheminement"),
    }
    collected.sites += [
        _site_row(site, finess_ej)
        for site in entity.get("ege") or []
        if site.get("etatObjet", ACTIVE) == ACTIVE
    ]


def _site_row(site: Record, finess_ej: str | None) -> Record:
    facts = site.get("informationsGeneralesEGE") or {}
    address = _pick_address(site.get("adresse"), SITE_ADDRESS)
    parts = [str(address.get(name) or "").strip() for name in ADDRESS_FIELDS]
    lon, lat, pair = _position(address.get("coordonneesGeographique") or {})
    return {
        "finess_et": facts.get("numFinessEge"),
        "finess_ej": finess_ej,
        "site_name": facts.get("nomEgeCourt") or facts.get("nomEgeLong"),
        "address": " ".join(part for part in parts if part),
        "postal_code": address.get("codePostal"),
        "city": address.get("ligneAcheminement"),
        "category_code": site.get("categorieentiteGeographiqueExercice"),
        "public_status_code": next(iter(facts.get("espic") or []), None),
        "opened_on": facts.get("dateOuverture"),
        "lon": lon,
        "lat": lat,
        "dep_code": _dep_code(str(address.get("cogCommune") or "")),
        "coord_source": pair,
    }


def _pick_address(addresses: list[Record] | None, usage: str) -> Record:
    listed = addresses or [{}]
    return next((found for found in listed if found.get("usageAdresse") == usage), listed[0])


def _dep_code(insee_code: str) -> str:
    return insee_code[:3] if insee_code.startswith(("97", "98")) else insee_code[:2]


def _position(coordinates: Record) -> tuple[float | None, float | None, str]:
    outside: tuple[float | None, float | None, str] = (None, None, "missing")
    for pair in POSITION_PAIRS:
        lon, lat = (_number(coordinates.get(name)) for name in pair)
        if lon is None or lat is None or (lon == 0 and lat == 0):
            continue
        if is_in_france(lon, lat):
            return lon, lat, "/".join(pair)
        if abs(lon) <= 180 and abs(lat) <= 90:  # noqa: PLR2004
            outside = (lon, lat, "/".join(pair))
    return outside


def _number(value: object) -> float | None:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None


def _to_table(sites: list[Record]) -> pd.DataFrame:
    table = pd.DataFrame(sites)
    degrees = table[["lon", "lat"]].astype("float64")
    return add_category_labels(strip_cells(table.drop(columns=["lon", "lat"]))).assign(
        lon=degrees["lon"], lat=degrees["lat"]
    )
