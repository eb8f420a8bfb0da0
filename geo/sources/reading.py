"""Raw files: which ones the build reads, by which adapter, and all their faults at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pandas as pd

from geo.errors import SourceError, UserError
from geo.faults import Faults, format_values
from geo.sources.adapters import (
    contours,
    decoupage,
    facts,
    fhir,
    finess,
    finess_plus,
    insee,
    ministry,
    people,
    roads,
    sae,
    zonings,
)
from geo.sources.adapters.compositions import Composition
from geo.sources.notes import read_note
from geo.sources.registry import (
    SAE_YEARS,
    SOURCES,
    locate,
    sha256_of,
    survey_source,
)
from geo.sources.source import Source

CURATED = Path(__file__).parents[1] / "curated"
PARTNERSHIPS = CURATED / "partnerships.yaml"
COMPOSITION = "composition"
DATED = ("populations", "mayotte")
YEAR = re.compile(r"(?:19|20)\d{2}")
SNIFFED_BYTES = 4096
READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    "contours": contours.read_contours,
    "cog_communes": insee.read_cog_communes,
    "movements": insee.read_movements,
    "departements": insee.read_departements,
    "regions": insee.read_regions,
    "populations": insee.read_populations,
    "mayotte": insee.read_mayotte,
    "context": insee.read_context,
    "overseas": insee.read_overseas,
    "epci": decoupage.read_epci,
    "ages": people.read_ages,
    "incomes": people.read_incomes,
    "zonings": zonings.read_zonings,
    "zone_names": zonings.read_zone_names,
    "drees_times": roads.read_drees_times,
    "road_posts": roads.read_road_posts,
    "relief": roads.read_relief,
    "town_halls": roads.read_town_halls,
    "finess": finess.read_finess,
    "ghts": facts.read_ghts,
    "members": facts.read_members,
    "successors": facts.read_successors,
    "members_2024": facts.read_members_2024,
    "successors_2024": facts.read_successors_2024,
    "published": facts.read_published,
    "compositions": facts.read_compositions,
}
SUPPLIED_LIST = Source(
    key=COMPOSITION,
    file_name="composition",
    title="Liste des GHT et de leurs membres",
    producer="Fournie à la construction des données",
    url="https://www.data.gouv.fr/fr/datasets/etablissements-de-sante-par-ght/",
    licence="Licence du fichier fourni",
    vintage="",
    description="Liste qui remplace celle de l'atlas.",
)
SURVEYS: Mapping[str, Callable[[Path], sae.Survey]] = {
    f"sae_{year}": sae.read_survey for year in SAE_YEARS
}
Progress = Callable[[str], None]
Read = TypeVar("Read")
SURVEY_KEY = re.compile(r"sae_((?:19|20)\d{2})")
WANTED: tuple[Source, ...] = tuple(
    source for source in SOURCES if source.key in READERS or source.key in SURVEYS
)


@dataclass
class Log:
    """Counts of the build, told as they come and kept in the manifest."""

    tell: Progress
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, step: str, **counts: int) -> None:
        """Record the counts of a step."""
        self.counts |= {f"{step}.{name}": int(value) for name, value in counts.items()}
        listed = ", ".join(f"{name} {value}" for name, value in counts.items())
        self.tell(f"{step} : {listed}")


def choose_paths(folder: Path, supplied: Mapping[str, Path]) -> dict[str, Path]:
    """
    Find the file of every source.

    Parameters
    ----------
    folder
        Folder of the raw files under their usual names.
    supplied
        Files given by name, whatever theirs: key of a source -> path. The key "composition" is a
        list of GHTs and members to use instead of that of 2024: the ministry's XLSX, FHIR bundles
        or FINESS+ groups. The key "sae_<year>" of a year to come adds a survey.

    Returns
    -------
    paths
        Path by key of source.

    Raises
    ------
    UserError
        If a key or a supplied path does not exist.
    SourceError
        All the files that are absent from the folder.
    """
    _check_supplied(supplied)
    rest = [source for source in WANTED if source.key not in supplied]
    return locate(folder, rest) | dict(supplied)


def newer_surveys(keys: Iterable[str]) -> dict[str, Source]:
    """Describe the surveys of years that the registry does not have, by key."""
    usual = {source.key for source in SOURCES}
    found = {key: SURVEY_KEY.fullmatch(key) for key in keys if key not in usual}
    return {key: survey_source(int(match[1])) for key, match in found.items() if match}


def _check_supplied(supplied: Mapping[str, Path]) -> None:
    """Refuse keys and paths that do not exist."""
    known = [*READERS, *SURVEYS, COMPOSITION]
    later = newer_surveys(supplied)
    unknown = [key for key in supplied if key not in known and key not in later]
    if unknown:
        raise UserError(
            f"Source inconnue : {format_values(unknown)}. Clés possibles : {', '.join(known)}."
        )
    absent = [path for path in supplied.values() if not path.exists()]
    if absent:
        raise UserError(f"Fichier absent : {format_values(absent)}. Vérifiez le chemin.")


def read_composition(path: Path) -> Composition:
    """Read GHTs and members from a field format, known by its name and first bytes."""
    if path.suffix.lower() == ".xlsx":
        return ministry.read_ministry_list(path)
    if path.is_file() and path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            if b"resourceType" not in stream.read(SNIFFED_BYTES):
                return finess_plus.read_finess_groups(path)
    return fhir.read_fhir_bundles(path).composition


def read_raw(paths: Mapping[str, Path], log: Log) -> dict[str, pd.DataFrame]:
    """
    Read every raw file.

    Parameters
    ----------
    paths
        From `choose_paths`.
    log
        Where the counts go.

    Returns
    -------
    raw
        Frame by key of source, and the curated facts by file name.

    Raises
    ------
    SourceError
        All the faults of all the files.
    """
    faults = Faults("sources")
    raw: dict[str, pd.DataFrame] = {}
    for key, reader in READERS.items():
        table = _read_one(reader, paths[key], faults)
        if table is not None:
            raw[key] = table
    if COMPOSITION in paths:
        composition = _read_one(read_composition, paths[COMPOSITION], faults)
        if composition is not None:
            raw |= {
                "composition_ghts": composition.ghts,
                "composition_members": composition.members,
            }
    readers = {**SURVEYS, **dict.fromkeys(newer_surveys(paths), sae.read_survey)}
    surveys = [_read_one(read, paths[key], faults) for key, read in readers.items()]
    faults.raise_if_any()
    for key in DATED:
        raw[key] = raw[key].assign(population_year=population_year(paths[key], key))
    for key, table in raw.items():
        path = paths[key if key in paths else COMPOSITION]
        log.note(f"lecture {key} ({path.name})", lignes=len(table))
    raw |= sae.gather([survey for survey in surveys if survey is not None])
    log.note("lecture sae", annees=len(surveys), cellules=len(raw["sae_values"]))
    curated = {path.stem: pd.read_csv(path, dtype="str") for path in sorted(CURATED.glob("*.csv"))}
    return raw | curated


def _read_one(reader: Callable[[Path], Read], path: Path, faults: Faults) -> Read | None:
    """Read a file, or note its faults under its name."""
    try:
        return reader(path)
    except SourceError as error:
        for sentence in error.faults:
            faults.add(f"{error.subject} : {sentence}")
        return None


def population_year(path: Path, key: str) -> int:
    """
    Read the year of a population file, which the file itself does not carry.

    Parameters
    ----------
    path
        The file; without a note that says its year, a name that is not the usual one must hold it.
    key
        Key of its source.

    Raises
    ------
    UserError
        If the name holds no year.
    """
    source = next(source for source in WANTED if source.key == key)
    note = read_note(path)
    if note is not None and YEAR.fullmatch(note.vintage):
        return int(note.vintage)
    if note is None and path.name in source.names:
        return int(source.vintage)
    found = YEAR.search(path.name)
    if found is None:
        raise UserError(
            f"{path.name} : année de la population inconnue. Écrivez-la dans le nom du fichier."
        )
    return int(found.group())


def provenance(source: Source, path: Path) -> dict[str, str]:
    """
    Describe a raw file for the manifest.

    Parameters
    ----------
    source
        The declared source.
    path
        The file that was read; one that is not the declared file has the vintage and the address
        of its note, else keeps its own name as vintage.

    Returns
    -------
    provenance
        `key`, `title`, `producer`, `url`, `licence`, `vintage`, `file`, `sha256`.
    """
    note = read_note(path)
    is_declared = path.name == source.file_name
    is_download = path.name == source.download_name and source.download_url is not None
    stated = {
        "key": source.key,
        "title": source.title,
        "producer": source.producer,
        "url": source.download_url or source.url if is_download else source.url,
        "licence": source.licence,
        "vintage": source.vintage if is_declared else f"fichier {path.name}",
        "file": path.name,
        "sha256": sha256_of(path) if path.is_file() else "",
    }
    return stated if note is None else stated | {
        "vintage": note.vintage, "url": note.url or source.url
    }  # fmt: skip
