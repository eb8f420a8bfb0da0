"""What the page of one territory keeps between reruns, shared by all sessions and bounded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.drawing.charts import Spec
from geo.errors import BundleError
from geo.establishments import words as establishments_words
from geo.files import words as files_words
from geo.files.contents import rows
from geo.formats import format_quantity
from geo.partnerships.collection import collection_of
from geo.partnerships.story import story
from geo.partnerships.tables import typed_table
from geo.profile import tables
from geo.profile import words as wording
from geo.profile import words_pdf as profile_words_pdf
from geo.profile.access import services_numbers
from geo.profile.activity import long_table
from geo.profile.charts import bands_chart, communes_chart, trends_chart
from geo.profile.statements import statements_of
from geo.profile.territory import Context, Profile, profile
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.downloads import Content
from geo.ui.shared.html import note_html
from geo.ui.shared.layer_files import is_there, publish_layer
from geo.ui.shared.templates import EMPTY
from geo.ui.territoire import activity, words
from geo.ui.territoire import html as markup
from geo.ui.territoire.access import services_html

PROVEN: Final = frozenset({"proved", "carried"})  # evidence that a note explains
MOST_PROFILES: Final = 40
LEAST_SHARE: Final = 1  # percent of the inhabitants
MOST_SHEETS: Final = 150
SHORT_COLUMNS: Final = tuple(
    wording.COMMUNE_COLUMNS[key]
    for key in (
        "commune_name", "population", "population_year", "travel_time_min", "site_km", "site_name",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Portrait:
    """
    One territory, written: HTML by section, charts, and where to go next.

    Attributes
    ----------
    title, name, subtitle, status_note
        French texts, not escaped; the last is empty for a territory that is drawn.
    sections
        Anchor -> HTML of the section, in the order of the page; "communes" and "acces_table" stand
        beside charts.
    top_chart, bands_chart, trends_chart
        None when there is nothing to draw.
    commune_count, top_count
        How many communes there are, and how many are listed at first.
    peers, neighbours
        Code -> name.
    """

    title: str
    name: str
    subtitle: str
    status_note: str
    sections: Mapping[str, Markup]
    top_chart: Spec | None
    bands_chart: Spec | None
    trends_chart: Spec | None
    commune_count: int
    top_count: int
    peers: Mapping[str, str]
    neighbours: Mapping[str, str]


@cache.kept(show_spinner=words.LOADING, max_entries=2)
def _context() -> Context:
    return Context(cache.atlas(), cache.facts)


@cache.kept(show_spinner=words.LOADING, max_entries=MOST_PROFILES)
def profile_of(code: str) -> Profile:
    """Gather everything about a territory. Shared: never change it."""
    return profile(cache.atlas(), code, _context())


def written(made: Profile) -> Portrait:
    """Write a territory."""
    top, bands = tables.communes(made, tables.TOP), tables.bands(made)
    has_communes = not made.communes.empty
    return Portrait(
        title=made.title,
        name=made.name,
        subtitle=" · ".join(filter(None, (made.kind_label, made.region))),
        status_note=made.status_note,
        sections=_sections(made, top, bands),
        top_chart=communes_chart(top) if has_communes else None,
        bands_chart=bands_chart(bands) if made.access.shares else None,
        trends_chart=trends_chart(made.activity),
        commune_count=len(made.communes),
        top_count=len(top),
        peers=dict(zip(made.peers.area_code, made.peers.area_name, strict=True)),
        neighbours=dict(zip(made.neighbours.area_code, made.neighbours.area_name, strict=True)),
    )


@cache.kept(show_spinner=words.LOADING, max_entries=MOST_SHEETS)
def sheet(code: str) -> Portrait:
    """Write a territory, once per version of the data."""
    return written(profile_of(code))


@dataclass(frozen=True)
class AccessLayer:
    """
    The communes of a territory by minutes.

    Attributes
    ----------
    name
        Of the file; empty when nothing can be drawn.
    people, unknown
        Inhabitants of each class, and of the communes whose minutes are unknown.
    """

    name: str
    people: tuple[int, ...] = ()
    unknown: int = 0


@cache.kept(max_entries=MOST_SHEETS)
def _access_layer(code: str) -> AccessLayer:
    from geo.territories.layers import access_drawing  # noqa: PLC0415  after the frame of the map
    from geo.ui.shared.light_communes import light  # noqa: PLC0415

    content, people = access_drawing(light(), cache.atlas(), code)
    if not content:
        return AccessLayer("")
    total = profile_of(code).communes.population.sum()
    return AccessLayer(publish_layer("calque", content), people, int(total) - sum(people))


def access_layer(code: str) -> AccessLayer:
    """Publish the communes of a territory by minutes, and again when the file was forgotten."""
    try:
        found = _access_layer(code)
        if not is_there(found.name):
            _access_layer.clear(code)
            found = _access_layer(code)
    except (AssetError, BundleError):
        return AccessLayer("")
    return found


@cache.kept(max_entries=20)
def all_communes(code: str) -> Markup:
    """Write every commune of a territory."""
    return _communes_html(tables.communes(profile_of(code)))


@cache.kept(max_entries=64)
def chooser(region: str | None) -> dict[str, dict[str, str]]:
    """List the territories of a region, or of the country: group -> code -> name."""
    areas = cache.areas()
    kept = areas[areas.kind != "unassigned"].sort_values("area_name")
    kept = kept if region is None else kept[kept.reg_code == region]
    ghts = kept[kept.kind == "ght"]
    homes = ghts.reg_name.fillna(words.CHOOSER_NO_REGION)
    groups = {
        str(home): dict(zip(group.area_code, group.area_name, strict=True))
        for home, group in ghts.groupby(homes)
    }
    others = kept[kept.kind != "ght"]
    if not others.empty:
        groups[words.CHOOSER_OTHERS] = dict(zip(others.area_code, others.area_name, strict=True))
    return groups


# Sections


def _sections(made: Profile, top: pd.DataFrame, bands: pd.DataFrame) -> dict[str, Markup]:
    """Write every section that needs no widget."""
    return {
        "essentiel": markup.headline_html(made.headline),
        "identite": markup.identity_html(made, _departements(made)),
        "chiffres": markup.heading_html("chiffres", markup.cards_html(made, made.recipes)),
        "membres": markup.heading_html("membres", _members(made)),
        "histoire": markup.folded_html("histoire", _history(made)),
        "communes": markup.whole_html(_communes_html(top[list(SHORT_COLUMNS)])),
        "acces": markup.access_html(made) if made.access.shares else EMPTY,
        "acces_table": _bands(bands),
        "acces_services": services_html(made),
        "activite": markup.heading_html("activite", activity.activity_html(made)),
        "categories": _sites(made, words.BY_CATEGORY),
        "villes": _sites(made, words.BY_CITY),
        "partenariats": markup.heading_html("partenariats", _partnerships(made)),
        "rangs": markup.folded_html("rangs", _ranks(made)),
        "semblables": markup.subtitle_html(words.PEERS) + _peers(made),
        "voisins": markup.subtitle_html(words.NEIGHBOURS) + _neighbours(made),
        "publie": markup.folded_html("publie", _published(made)),
        "anomalies": markup.folded_html("anomalies", _anomalies(made)),
    }


def _departements(made: Profile) -> str:
    """Name the departements of the communes with their shares, those below 1 % together."""
    table = made.atlas.departements
    names = dict(zip(table.dep_code, table.dep_name, strict=True))
    people = made.communes.groupby("dep_code").population.sum().sort_values(ascending=False)
    shares = people / max(people.sum(), 1) * 100
    main = shares[shares >= LEAST_SHARE] if (shares >= LEAST_SHARE).any() else shares
    few = [str(names.get(code, code)) for code in shares.index.difference(main.index, sort=False)]
    told = [
        words.departement_share(f"{names.get(code, code)} ({code})", format_quantity(share, "%"))
        for code, share in main.items()
    ]
    return ", ".join([*told, *([words.small_shares(few)] if few else [])])


def _members(made: Profile) -> Markup:
    """Write the members with their roles, evidence and vintage."""
    if made.members.empty:
        return note_html(words.NO_MEMBER)
    head = wording.MEMBER_COLUMNS["entity_name"]
    table = markup.frame_html(tables.members(made), words.SECTIONS["membres"], head)
    if set(made.members.evidence) & PROVEN:
        table += note_html(made.atlas.vintages.fill(words.MEMBERS_NOTE))
    return table + _towns(made)


def _towns(made: Profile) -> Markup:
    """Write the towns of members that the model gives to another territory."""
    title, table = markup.subtitle_html(words.TOWNS), tables.towns_elsewhere(made)
    if made.status not in {"modelled", "no_commune"}:
        return EMPTY
    if table.empty:
        return title + note_html(words.NO_TOWN)
    head = wording.TOWN_COLUMNS["commune_name"]
    return title + markup.frame_html(table, words.TOWNS, head) + note_html(words.TOWNS_NOTE)


def _history(made: Profile) -> Markup:
    """Write what happened to the GHT, and how that is known."""
    note = note_html(made.atlas.vintages.fill(words.HISTORY_NOTE))
    if made.history.empty:
        return note_html(establishments_words.NO_EVENT) + note
    head = establishments_words.HISTORY_COLUMNS["date"]
    return markup.frame_html(tables.history(made), words.SECTIONS["histoire"], head) + note


def _communes_html(table: pd.DataFrame) -> Markup:
    """Write communes."""
    if table.empty:
        return note_html(words.NO_COMMUNE)
    head = wording.COMMUNE_COLUMNS["commune_name"]
    return markup.frame_html(table, words.SECTIONS["population"], head)


def _bands(table: pd.DataFrame) -> Markup:
    """Write the inhabitants by travel time."""
    if table.empty:
        return note_html(words.NO_COMMUNE)
    head = wording.BAND_COLUMNS["band"]
    return markup.frame_html(table, words.BANDS_CHART, head)


def _sites(made: Profile, part: str) -> Markup:
    """Count the establishments by category or by city."""
    is_category = part == words.BY_CATEGORY
    table = tables.categories(made) if is_category else tables.cities(made)
    names = wording.CATEGORY_COLUMNS if is_category else wording.CITY_COLUMNS
    title = markup.subtitle_html(part)
    if table.empty:
        return title + note_html(words.NO_SITE)
    return title + markup.frame_html(table, part, next(iter(names.values())))


def _partnerships(made: Profile) -> Markup:
    """Write the partnerships of the GHT."""
    ids = made.partnerships.partnerships.partnership_id
    if ids.empty:
        return note_html(profile_words_pdf.PROFILE_NO_PARTNERSHIP)
    whole = collection_of(made.atlas)
    table, stories = typed_table(made.partnerships), [story(whole, key) for key in ids]
    return note_html(words.PARTIAL) + markup.partnerships_html(table, stories, made.area_code)


def _ranks(made: Profile) -> Markup:
    """Write the ranks."""
    if made.ranks.empty:
        return note_html(words.NO_RANK)
    head = wording.RANK_COLUMNS["label"]
    table = markup.frame_html(tables.ranks(made), words.SECTIONS["rangs"], head)
    return table + note_html(words.RANK_NOTE)


def _peers(made: Profile) -> Markup:
    """Write the statistical peers and how they are found."""
    if made.peers.empty:
        return note_html(words.NO_PEER)
    head = wording.PEER_COLUMNS["area_name"]
    note = profile_words_pdf.PROFILE_PEER_NOTE.format(measures=tables.peer_measures())
    written = markup.frame_html(tables.peers(made), words.PEERS, head)
    return written + note_html(note)


def _neighbours(made: Profile) -> Markup:
    """Write the neighbours."""
    if made.neighbours.empty:
        return note_html(words.NO_NEIGHBOUR)
    head = wording.NEIGHBOUR_COLUMNS["area_name"]
    return markup.frame_html(tables.neighbours(made), words.NEIGHBOURS, head)


def _published(made: Profile) -> Markup:
    """Write what is published: figures, facts, and the way from one count of members to another."""
    facts, steps = statements_of(made.area_code), tables.reconciliations(made)
    if made.published.empty and facts.empty:
        return note_html(words.NOTHING_PUBLISHED)
    parts = []
    if not made.published.empty:
        parts += [markup.subtitle_html(words.PUBLISHED_TITLE)]
        parts += [markup.published_html(made.published), note_html(words.PUBLISHED_NOTE)]
    if not facts.empty:
        parts += [markup.subtitle_html(words.STATEMENTS_TITLE), markup.statements_html(facts)]
    if not steps.empty:
        title, head = words.RECONCILIATION_TITLE, wording.RECONCILIATION_COLUMNS["label"]
        parts += [markup.subtitle_html(title), markup.frame_html(steps, title, head)]
    return EMPTY.join(parts)


def _anomalies(made: Profile) -> Markup:
    """Write the anomalies of the sources."""
    table = tables.anomalies(made)
    if table.empty:
        return note_html(words.NO_ANOMALY)
    head = wording.ANOMALY_COLUMNS["kind"]
    return markup.frame_html(table, words.SECTIONS["anomalies"], head)


# Files


def _bundled_rows(what: str, code: str) -> pd.DataFrame:
    """Choose the rows of a bundled table that this page shows."""
    made = profile_of(code)
    table = rows(made.atlas, what)
    keys: Mapping[str, tuple[str, Any]] = {
        "communes": ("insee_code", made.communes.insee_code),
        "establishments": ("finess_et", made.establishments.finess_et),
        "partnerships": ("partnership_id", made.partnerships.partnerships.partnership_id),
    }
    column, kept = keys[what]
    return table[table[column].isin(set(kept))].reset_index(drop=True)


def _tables() -> Mapping[str, Callable[[Profile], pd.DataFrame]]:
    """Name what makes each table that has no geometry."""
    return {
        "membres": tables.members,
        "ailleurs": tables.towns_elsewhere,
        "histoire": tables.history,
        "chiffres": tables.figures,
        "acces": tables.bands,
        "services": services_numbers,
        "activite": long_table,
        "rangs": tables.ranks,
        "semblables": tables.peers,
        "voisins": tables.neighbours,
        "anomalies": tables.anomalies,
    }


def content_of(what: str, code: str) -> Content:
    """Take a table of the page away (`what`: key of `geo.ui.territoire.words.TAKEAWAYS`)."""
    made = profile_of(code)
    place = f"{made.name} {code}"
    filters = ((words.FILTER_AREA, f"{made.name} ({code})"),)
    if what in files_words.WHAT:
        return Content(what, place, partial(_bundled_rows, what, code), filters)
    make = _tables()[what]
    return Content(words.TAKEAWAYS[what], place, lambda: make(profile_of(code)), filters)


def pdf_bytes(code: str) -> bytes:
    """Write the profile as a PDF; what writes it is loaded by those who want it."""
    from geo.profile.pdf import to_pdf  # noqa: PLC0415

    return to_pdf(profile_of(code))
