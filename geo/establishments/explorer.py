"""Explore the establishments: filters that stay quick on the whole of FINESS, pages, counts."""

import base64
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from geo.atlas.load import Atlas
from geo.atlas.schema import TABLES
from geo.atlas.search import LEAST_ALIKE, LONGEST_QUERY, SHORT_FORMS, SMALL_WORDS
from geo.drawing import palette
from geo.drawing.protocol_columns import SiteColumns
from geo.establishments import words as words_of
from geo.establishments.declared import COLUMNS as DECLARED
from geo.establishments.declared import OFFERED, declared_by_site
from geo.establishments.layers import main_sites, site_marks, support_marks, support_names, town
from geo.establishments.members import principal_sites
from geo.formats import plain_text

PAGE_SIZE: Final = 50
GRID_ROWS: Final = 2000
OUTSIDE: Final = "HORS-"
FILTERS: Final = ("region", "departement", "area", "group", "role", "status")
SHORT_WORD: Final = 3  # as short as this, a word that exists is not the start of another
CLOSE_TO_BEST: Final = 10.0  # percent: resemblances kept beside the best one
MOST_ALIKE: Final = 60
SEARCHED: Final = (
    "site_name", "finess_name", "city", "entity_name", "group_label", "finess_et", "finess_ej",
)  # fmt: skip
EXPORTED: Final = (
    *TABLES["establishments"].columns,
    "reg_code",
    "dep_code",
    "entity_name",
    *DECLARED,
)

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Query:
    """
    Which sites to keep; None and an empty text keep everything.

    Attributes
    ----------
    region, departement
        Codes of the commune of the site; a site without a commune is in none.
    area
        `ght_code` of the entity, or "HORS-" and the number of a public entity outside any GHT.
    group, role, status
        Keys of `GROUPS`, `ROLES` and `STATUSES` in `geo.establishments.words`.
    text
        Words looked for in names, cities and FINESS numbers.
    offer
        What the site declares to the survey: key of `OFFERED` in `geo.establishments.declared`.
    """

    region: str | None = None
    departement: str | None = None
    area: str | None = None
    group: str | None = None
    role: str | None = None
    status: str | None = None
    text: str = ""
    offer: str | None = None


@dataclass(frozen=True)
class Explorer:
    """
    The establishments, ready to be filtered.

    Attributes
    ----------
    sites
        Columns of the table `establishments`, and `reg_code`, `dep_code`, `dep_name`, `ght_name`,
        `entity_name`, `role_key`, `area_key`, `is_main` (carries the mark of a support), `mark`
        (key of `palette.MARKS`), `town`, what the site declares (`geo.establishments.declared`)
        and French labels; by departement, city and name.
    keys
        One categorical column for each name in `FILTERS`, in the order of `sites`.
    words
        Words of the names, sorted.
    rows
        Word -> places in `sites`.
    drawn
        Places in `sites` of those with coordinates, in the order of `map_columns`.
    """

    sites: pd.DataFrame = field(repr=False)
    keys: pd.DataFrame = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    rows: Mapping[str, Places] = field(repr=False)
    drawn: Places = field(repr=False)


@dataclass(frozen=True)
class Page:
    """
    Rows on screen.

    Attributes
    ----------
    rows
        At most `PAGE_SIZE` rows of `Explorer.sites`.
    number, count
        Which page, from 1, and how many there are (1 when there is no row).
    first, total
        Rank of the first row, from 1 (0 without rows), and number of rows in all pages.
    """

    rows: pd.DataFrame = field(repr=False)
    number: int
    count: int
    first: int
    total: int


def explorer_of(atlas: Atlas) -> Explorer:
    """
    Prepare the establishments of an atlas, once per version of the data.

    Parameters
    ----------
    atlas
        `establishments`, `communes`, `departements`, `ghts`, `members` and `activity_sites` are
        read.
    """
    return index_sites(described(atlas))


def described(atlas: Atlas) -> pd.DataFrame:
    """Add to each site where it is, what its entity is called, its place in a GHT, labels."""
    sites, ghts = atlas.establishments, atlas.ghts.set_index("ght_code")
    communes = atlas.communes.set_index("insee_code")
    dep_code = sites.insee_code.map(communes.dep_code)
    supports, marks = ghts.support_finess_ej.dropna(), support_marks(atlas.ghts)
    placed = sites.dropna(subset=["lon", "lat"])
    is_main = main_sites(placed, marks, support_names(atlas.ghts)).reindex(
        sites.index, fill_value=False
    )
    return sites.assign(
        reg_code=sites.insee_code.map(communes.reg_code),
        dep_code=dep_code,
        dep_name=dep_code.map(atlas.departements.set_index("dep_code").dep_name),
        ght_name=sites.ght_code.map(ghts.ght_name),
        entity_name=sites.finess_ej.map(entity_names(atlas)),
        role_key=_role_keys(sites, supports),
        role_label=_role_labels(sites, ghts.loc[supports.index]),
        area_key=sites.ght_code.fillna(OUTSIDE + sites.finess_ej),
        group_label=sites.category_group.map(dict(words_of.GROUPS)),
        status_label=sites.public_status.map(dict(words_of.STATUSES)),
        register_label=sites.registers.map(dict(words_of.REGISTERS)),
        quality_label=sites.insee_check.map(dict(words_of.QUALITIES)),
        is_main=is_main,
        mark=site_marks(sites, is_main, marks),
        town=town(sites, communes.commune_name),
    ).join(declared_by_site(atlas), on="finess_et")


def entity_names(atlas: Atlas) -> pd.Series:
    """Name legal entities: as listed, as their area outside any GHT, else by their main site."""
    listed = atlas.members.dropna(subset=["entity_name"]).drop_duplicates("finess_ej")
    own = listed.set_index("finess_ej").entity_name
    outside = atlas.territories[atlas.territories.kind == "hors_ght"]
    areas = outside.set_index(outside.area_code.str.removeprefix(OUTSIDE)).area_name
    main = principal_sites(atlas.establishments).site_name + words_of.MAIN_SITE
    return own.combine_first(areas).combine_first(main)


def _role_keys(sites: pd.DataFrame, supports: pd.Series) -> pd.Series:
    """Tell supports, members, those who are only associated, and everything else."""
    keys = sites.role.map({"associe": "associe", "partenaire": "associe"}).fillna("membre")
    keys = keys.mask(sites.finess_ej.isin(supports) & (keys == "membre"), "support")
    return keys.mask(sites.ght_code.isna(), "hors")


def _role_labels(sites: pd.DataFrame, led: pd.DataFrame) -> pd.Series:
    """Name the place of each site's entity in a GHT; a presumed support is said to be presumed."""
    evidence = led.drop_duplicates("support_finess_ej").set_index("support_finess_ej")
    proof = sites.finess_ej.map(evidence.support_evidence)
    keys = sites.role.where(sites.role.isin(["associe", "partenaire"]), "partie")
    keys = keys.mask(proof.notna(), "support_presumed").mask(
        proof == "published", "support_published"
    )
    return keys.mask(sites.ght_code.isna(), "hors").map(dict(words_of.ROLE_LABELS))


def index_sites(table: pd.DataFrame) -> Explorer:
    """
    Index described sites.

    Parameters
    ----------
    table
        See `described`.
    """
    order = ["dep_code", "city", "site_name", "finess_et"]
    sites = table.sort_values(order, na_position="last", ignore_index=True)
    keys = pd.DataFrame(
        {
            "region": sites.reg_code.astype("category"),
            "departement": sites.dep_code.astype("category"),
            "area": sites.area_key.astype("category"),
            "group": pd.Categorical(sites.category_group, categories=list(words_of.GROUPS)),
            "role": sites.role_key.astype("category"),
            "status": sites.public_status.astype("category"),
        }
    )
    rows = _word_rows(sites)
    located = np.flatnonzero(sites.lon.notna() & sites.lat.notna())
    drawn = located[np.argsort(_levels(sites)[located], kind="stable")]
    return Explorer(sites, keys, tuple(sorted(rows)), rows, drawn)


def _word_rows(sites: pd.DataFrame) -> dict[str, Places]:
    """List, for each word of the names, cities, categories and numbers, the sites that hold it."""
    columns = [sites[name].fillna("").tolist() for name in SEARCHED]
    words = {text: _plain(text).split() for texts in columns for text in set(texts)}
    found: dict[str, list[int]] = {}
    for place, texts in enumerate(zip(*columns, strict=True)):
        for word in {word for text in texts for word in words[text]}:
            found.setdefault(word, []).append(place)
    return {word: np.array(places, dtype=np.intp) for word, places in found.items()}


def _levels(sites: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Give the rank of each site on the map: marks of a higher level lie over the others."""
    marks = sites[["is_general", "is_main"]].to_numpy(dtype=bool)
    levels: npt.NDArray[np.int64] = marks.sum(axis=1, dtype=np.int64)
    return levels


def _plain(text: str) -> str:
    """Reduce a text to what is compared, hospitals by their usual initials."""
    plain = plain_text(text)
    for long, short in SHORT_FORMS:
        plain = plain.replace(long, short)
    return plain


def _like(explorer: Explorer, word: str) -> list[str]:
    """List the indexed words that a typed word may stand for: itself, its endings, else typos."""
    if word in explorer.rows and len(word) <= SHORT_WORD:
        return [word]
    start = bisect_left(explorer.words, word)
    end = bisect_left(explorer.words, f"{word}\uffff")
    if start < end:
        return list(explorer.words[start:end])
    if not word.isalpha():  # a number is right or wrong: it has no typo to forgive
        return []
    near = process.extract(
        word, explorer.words, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=MOST_ALIKE
    )
    return [name for name, score, _ in near if score >= near[0][1] - CLOSE_TO_BEST]


def _with_words(explorer: Explorer, text: str) -> Mask:
    """Keep the sites that hold every word of a text; case, accents and typos forgiven."""
    typed = _plain(text[:LONGEST_QUERY]).split()
    kept = np.ones(len(explorer.sites), dtype=bool)
    for word in [word for word in typed if word not in SMALL_WORDS] or typed:
        holds = np.zeros(len(kept), dtype=bool)
        for name in _like(explorer, word):
            holds[explorer.rows[name]] = True
        kept &= holds
    return kept


def find(explorer: Explorer, query: Query) -> Mask:
    """
    Filter the sites.

    Returns
    -------
    kept
        One boolean for each row of `Explorer.sites`.
    """
    kept = _with_words(explorer, query.text)
    for name in FILTERS:
        value = getattr(query, name)
        if value is not None:
            kept &= (explorer.keys[name] == value).to_numpy()
    for measure in OFFERED.get(query.offer or "", ()):
        kept &= (explorer.sites[measure] > 0).fillna(False).to_numpy(dtype=bool)
    return kept


def page_of(explorer: Explorer, kept: Mask, number: int) -> Page:
    """Cut a page out of the sites kept; a number out of range gives the nearest page."""
    places = np.flatnonzero(kept)
    count = max(-(-len(places) // PAGE_SIZE), 1)
    number = min(max(number, 1), count)
    start = (number - 1) * PAGE_SIZE
    rows = explorer.sites.iloc[places[start : start + PAGE_SIZE]]
    return Page(rows, number, count, start + 1 if len(rows) else 0, len(places))


def group_counts(explorer: Explorer, kept: Mask) -> dict[str, int]:
    """Count the sites kept in each group of categories that has some, most general first."""
    codes = explorer.keys["group"].cat.codes.to_numpy()[kept]
    counts = np.bincount(codes[codes >= 0], minlength=len(words_of.GROUPS))
    return {key: int(count) for key, count in zip(words_of.GROUPS, counts, strict=True) if count}


def area_counts(explorer: Explorer, kept: Mask, areas: pd.Series) -> list[int]:
    """Count the sites kept of each area's entities, in the order of `areas` (codes)."""
    counts = explorer.keys["area"][kept].value_counts()
    return [int(counts.get(code, 0)) for code in areas]


def shown_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay sites out as they are shown, under French names."""
    table = rows[list(words_of.COLUMNS)].rename(columns=dict(words_of.COLUMNS))
    return table.reset_index(drop=True)


def exported(explorer: Explorer, kept: Mask) -> pd.DataFrame:
    """Lay the sites kept out for a file: columns of the bundled table, and where they are."""
    return explorer.sites.loc[kept, list(EXPORTED)].reset_index(drop=True)


def described_filters(
    query: Query, names: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[str, str], ...]:
    """
    Say in French which filters are in force.

    Parameters
    ----------
    query
        What is kept.
    names
        Names of the values by the name of their field; a value without a name is its own.
    """
    values = {name: getattr(query, name) for name in words_of.FIELD_NAMES}
    return tuple(
        (words_of.FIELD_NAMES[name], names.get(name, {}).get(value, value))
        for name, value in values.items()
        if value
    )


def map_columns(explorer: Explorer, texts: Mapping[str, str]) -> SiteColumns:
    """
    Lay out every located site for the browser, once per version of the data.

    Parameters
    ----------
    explorer
        See `explorer_of`.
    texts
        `ght_code` -> name.

    Returns
    -------
    columns
        As `geo.establishments.layers.site_columns`; rows in the order of `Explorer.drawn`, which is
        that of levels.
    """
    sites, codes = explorer.sites.iloc[explorer.drawn], list(texts)
    places = {code: place for place, code in enumerate(codes)}
    return {
        "id": sites.finess_et.tolist(),
        "lon": sites.lon.round(4).tolist(),
        "lat": sites.lat.round(4).tolist(),
        "style": sites["mark"].map(list(palette.MARKS).index).tolist(),
        "level": _levels(sites).tolist(),
        "reg": sites.reg_code.fillna("").tolist(),
        "name": sites.site_name.fillna("").tolist(),
        "city": sites.town.tolist(),
        "ght": sites.ght_code.map(places).fillna(-1).astype(int).tolist(),
        "ghts": [texts[code] for code in codes],
    }


def map_mask(explorer: Explorer, kept: Mask) -> str:
    """Write which sites to draw: a bit for each row of `map_columns`, in base 64 (2 kB)."""
    bits = np.packbits(kept[explorer.drawn], bitorder="little")
    return base64.b64encode(bits.tobytes()).decode()
