"""FHIR bundles of data.gouv: a GHT, its legal entities, their sites and positions."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.adapters.checks import FINESS_CODE
from geo.sources.adapters.compositions import Composition, build_composition
from geo.sources.adapters.finess import FINESS_COLUMNS, check_finess
from geo.sources.adapters.projections import repair_overseas
from geo.sources.adapters.rawfile import (
    MAX_UNPACKED_BYTES,
    ZIP_MAGIC,
    damaged_archive,
    decode_text,
    oversized_archive,
    read_bytes,
    strip_cells,
)

DATASET_VINTAGE = "2018"
GHT_SYSTEM, ENTITY_SYSTEM, SITE_SYSTEM = ":ght", ":ej", ":eg"
EXTENSIONS = {"CAT_ETAB": "category", "CAT_AGR_ETAB": "category_group", "SPH": "public_status"}

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FhirBundles:
    """
    What the bundles hold.

    Parameters
    ----------
    composition
        GHTs and members; the bundles do not name the support establishments.
    sites
        Columns of `geo.sources.adapters.finess.read_finess`.
    skipped
        Entities listed without a FINESS number, left out: ``"GHT: name"``.
    """

    composition: Composition
    sites: pd.DataFrame
    skipped: tuple[str, ...]


@dataclass(slots=True)
class _Collected:
    faults: Faults
    names: dict[str, str] = field(default_factory=dict)
    members: list[Resource] = field(default_factory=list)
    sites: list[Resource] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def read_fhir_bundles(path: Path, vintage: str = DATASET_VINTAGE) -> FhirBundles:
    """
    Read the data.gouv set "etablissements-de-sante-par-ght".

    Parameters
    ----------
    path
        Folder of JSON bundles, zip of them, or one bundle. In each: an Organization whose
        identifier system ends with `:ght`, entities (`:ej`) part of it, sites (`:eg`) part of
        the entities, Locations managed by the sites.
    vintage
        Year, or year and month, of the lists.

    Returns
    -------
    bundles
        Composition, sites and what was skipped.

    Raises
    ------
    SourceError
        Every fault of every bundle: not JSON, no GHT in it, `partOf` that leads nowhere,
        repeated or malformed codes, positions outside France.
    """
    collected = _Collected(Faults(path.name))
    for name, content in _read_files(path):
        _collect_bundle(collected, name, content)
    if not collected.members and not collected.faults:
        collected.faults.add("aucune entité juridique de GHT. Fournissez les bundles FHIR JSON.")
    collected.faults.raise_if_any()
    composition = build_composition(
        path,
        strip_cells(pd.DataFrame(collected.members)),
        pd.Series(collected.names),
        vintage=vintage,
        source="fhir_bundles",
    )
    sites = _to_sites(collected.sites)
    check_finess(collected.faults, sites)
    collected.faults.raise_if_any()
    return FhirBundles(composition, sites, tuple(collected.skipped))


def _read_files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.glob("*.json")):
            yield file.name, read_bytes(file)
        return
    content = read_bytes(path)
    if not content.startswith(ZIP_MAGIC):
        yield path.name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise oversized_archive(path.name)
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield name, archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged_archive(path.name) from error


def _collect_bundle(collected: _Collected, name: str, content: bytes) -> None:
    try:
        bundle = json.loads(decode_text(content, name))
    except json.JSONDecodeError:
        collected.faults.add(f"{name} : JSON tronqué ou mal formé. Téléchargez-le de nouveau.")
        return
    except SourceError as error:
        collected.faults.add(f"{name} : {' '.join(error.faults)}")
        return
    entries = bundle.get("entry") if isinstance(bundle, dict) else None
    resources = [entry.get("resource") or {} for entry in entries or []]
    organizations = [one for one in resources if one.get("resourceType") == "Organization"]
    ghts = {str(one.get("id")): one for one in organizations if _identifier(one, GHT_SYSTEM)}
    if not ghts:
        collected.faults.add(
            f"{name} : aucun GHT (identifiant finissant par « :ght »). "
            "Retirez ce fichier ou prenez le bundle d'origine."
        )
        return
    entities = {str(one.get("id")): one for one in organizations if _has(one, ENTITY_SYSTEM)}
    positions = {
        _target(one.get("managingOrganization")): one.get("position") or {}
        for one in resources
        if one.get("resourceType") == "Location"
    }
    for ght in ghts.values():
        collected.names[_ght_code(ght)] = re.sub(r"^GHT\s+", "", str(ght.get("name") or ""))
    for entity in entities.values():
        _collect_member(collected, name, entity, ghts)
    for site in organizations:
        if _identifier(site, SITE_SYSTEM):
            _collect_site(collected, name, site, entities, positions)


def _collect_member(
    collected: _Collected, name: str, entity: Resource, ghts: dict[str, Resource]
) -> None:
    ght = ghts.get(_target(entity.get("partOf")))
    if ght is None:
        collected.faults.add(
            f"{name} : l'entité {entity.get('id')} n'est rattachée (partOf) à aucun GHT du "
            "bundle. Prenez le bundle d'origine."
        )
        return
    finess_ej = _identifier(entity, ENTITY_SYSTEM)
    if finess_ej in ("", "nan"):
        collected.skipped.append(f"{_ght_code(ght)}: {entity.get('name')}")
        return
    collected.members.append(
        {
            "ght_code": _ght_code(ght),
            "finess_ej": finess_ej,
            "entity_name": entity.get("name"),
            "city": _address(entity).get("city"),
            "role": "partie",
        }
    )


def _collect_site(
    collected: _Collected,
    name: str,
    site: Resource,
    entities: dict[str, Resource],
    positions: dict[str, Resource],
) -> None:
    entity = entities.get(_target(site.get("partOf")))
    if entity is None:
        collected.faults.add(
            f"{name} : le site {site.get('id')} n'est rattaché (partOf) à aucune entité du "
            "bundle. Prenez le bundle d'origine."
        )
        return
    address = _address(site)
    position = positions.get(str(site.get("id")), {})
    finess_et = _identifier(site, SITE_SYSTEM)
    postal_code = str(address.get("postalCode") or "")
    collected.sites.append(
        {
            "finess_et": finess_et,
            "finess_ej": _identifier(entity, ENTITY_SYSTEM),
            "site_name": site.get("name"),
            "address": " ".join(address.get("line") or []),
            "postal_code": postal_code,
            "city": address.get("city"),
            "opened_on": _opening(site),
            "dep_code": _dep_code(postal_code, finess_et),
            "lon": position.get("longitude"),
            "lat": position.get("latitude"),
            **_codings(site),
        }
    )


def _has(resource: Resource, system: str) -> bool:
    return any(_is_of(one, system) for one in resource.get("identifier") or [])


def _is_of(identifier: Resource, system: str) -> bool:
    return str(identifier.get("system")).endswith(system)


def _identifier(resource: Resource, system: str) -> str:
    found = [one for one in resource.get("identifier") or [] if _is_of(one, system)]
    return str(found[0].get("value") or "").strip() if found else ""


def _target(reference: Resource | None) -> str:
    return str((reference or {}).get("reference") or "").removeprefix("Organization/")


def _ght_code(ght: Resource) -> str:
    value = _identifier(ght, GHT_SYSTEM)
    return re.sub(r"^ght-", "", value, flags=re.IGNORECASE).upper().replace("_", "-")


def _address(resource: Resource) -> Resource:
    listed: list[Resource] = resource.get("address") or [{}]
    return listed[0]


def _opening(site: Resource) -> str | None:
    numbers = [one for one in site.get("identifier") or [] if _is_of(one, SITE_SYSTEM)]
    periods = [one.get("period") or {} for one in numbers]
    return next((str(period["start"]) for period in periods if period.get("start")), None)


def _codings(site: Resource) -> Resource:
    found: Resource = {}
    for extension in site.get("extension") or []:
        coding = extension.get("valueCoding") or {}
        column = EXTENSIONS.get(str(coding.get("system")).rsplit("/", 1)[-1])
        if column:
            found[f"{column}_code"] = coding.get("code")
            found[f"{column}_label"] = coding.get("display")
    return found


def _dep_code(postal_code: str, finess_et: str) -> str:
    if postal_code.startswith(("97", "98")):
        return postal_code[:3]
    prefix = finess_et[:2] if re.match(FINESS_CODE, finess_et) else postal_code[:2]
    return prefix if postal_code.startswith("20") else postal_code[:2] or prefix


def _to_sites(rows: list[Resource]) -> pd.DataFrame:
    table = pd.DataFrame(rows).reindex(columns=list(FINESS_COLUMNS))
    degrees = table[["lon", "lat"]].apply(pd.to_numeric, errors="coerce").astype("float64")
    text = strip_cells(table.drop(columns=["lon", "lat", "coord_source"]))
    placed = repair_overseas(degrees["lon"], degrees["lat"], text["dep_code"])
    return text.join(placed)[list(FINESS_COLUMNS)]
