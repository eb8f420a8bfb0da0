"""One row of files to take away, for any table or map: made only when a person asks for them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from geo.files import words as files_words
from geo.files.contents import place_name, rows
from geo.files.csv import to_csv
from geo.files.extract import Extract, Notes, with_table
from geo.files.french import in_french
from geo.formats import is_unknown
from geo.territories.activity import INDICATORS, heading_of
from geo.ui.shared import cache
from geo.ui.shared.selection import Selection

if TYPE_CHECKING:
    import geopandas as gpd

LONGEST_ADDRESS: Final = 400
TABLE_FORMS: Final = (
    ("csv", "CSV", "text/csv"),
    ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
GEO_FORMS: Final = (
    ("geojson", "GeoJSON", "application/geo+json"),
    ("gpkg", "GeoPackage", "application/geopackage+sqlite3"),
    ("parquet", "GeoParquet", "application/vnd.apache.parquet"),
)
PICTURE_FORMS: Final = (
    ("png", "Carte PNG", "image/png"),
    ("svg", "Carte SVG", "image/svg+xml"),
    ("pdf", "Carte PDF", "application/pdf"),
)
MAP_WORD: Final = "carte"
PICTURES: Final = frozenset(form for form, _, _ in PICTURE_FORMS)
ALL_FORMS: Final = frozenset(form for form, _, _ in (*TABLE_FORMS, *GEO_FORMS, *PICTURE_FORMS))


@dataclass(frozen=True)
class Content:
    """
    Rows to take away.

    Attributes
    ----------
    what
        Key of `geo.files.words.WHAT`: the rows then have the codes that lead to a geometry.
        Otherwise a French title: a table only.
    place
        French name of what is kept.
    read
        Gives the rows on screen, when they are asked for.
    filters
        French label and value of each filter in force.
    model
        French label and value of what the rows were computed with; the model of the bundled
        territories when empty.
    shapes
        Gives the geometry of the rows (EPSG:4326), in their order, when `what` is a title of which
        there is a map.
    others
        Gives the tables that go with the rows: see `geo.files.extract.Extract`.
    """

    what: str
    place: str
    read: Callable[[], pd.DataFrame]
    filters: Notes = ()
    model: Notes = ()
    shapes: "Callable[[pd.DataFrame], gpd.GeoSeries] | None" = None
    others: Callable[[], Mapping[str, pd.DataFrame]] = dict

    @property
    def is_placed(self) -> bool:
        """Whether the rows have a geometry."""
        return self.what in files_words.WHAT or self.shapes is not None


@dataclass(frozen=True)
class Picture:
    """
    A map to take away.

    Attributes
    ----------
    words
        What and where, for the name of the file.
    draw
        Draws it as "png", "svg" or "pdf".
    """

    words: tuple[str, ...]
    draw: Callable[[str], bytes]


def bundled(what: str, region: str | None = None, ght: str | None = None) -> Content:
    """
    Take rows of the bundled tables, filtered.

    Parameters
    ----------
    what
        Key of `geo.files.words.WHAT`.
    region, ght
        Codes to keep; everything when None.
    """
    atlas = cache.atlas()
    named = place_name(atlas, region, None) if region else files_words.ALL
    group = f"{place_name(atlas, None, ght)} ({ght})" if ght else files_words.ALL
    filters = (
        (files_words.NOTE_REGION, f"{named} ({region})" if region else named),
        (files_words.NOTE_GHT, group),
    )
    place = place_name(atlas, region, ght)
    return Content(what, place, partial(rows, atlas, what, region, ght), filters)


def with_indicator(content: Content, measure: str) -> Content:
    """Add the indicator on screen to rows of territories, and say what it is."""
    if measure in cache.areas():
        return content
    heading = heading_of(cache.atlas(), INDICATORS[measure])

    def read() -> pd.DataFrame:
        values = cache.measured(measure).set_index("area_code")[measure]
        table = content.read()
        return table.assign(**{measure: table.area_code.map(values)})

    return replace(content, read=read, filters=(*content.filters, (measure, heading)))


def _view_address() -> str:
    """Read the address of the view on screen; empty when the server does not know its own."""
    base = str(st.context.url or "").partition("?")[0]
    return f"{base}?{urlencode(st.query_params.to_dict())}"[:LONGEST_ADDRESS] if base else ""


def _draw(view: Selection, address: str, form: str) -> bytes:
    """Draw the map of a view; what draws is loaded by those who want it."""
    from geo.territories.picture import MapRequest, map_bytes  # noqa: PLC0415

    has_sites = view.sites != "aucun"
    request = MapRequest(view.measure, view.method, view.region, view.area, has_sites, address)
    return map_bytes(cache.atlas(), request, form)


def picture_of(view: Selection) -> Picture | None:
    """
    Take the map of a view.

    Returns
    -------
    picture
        Indicator, classes, region and territory of the view. None around a territory that nothing
        draws.
    """
    if view.area is not None:
        area = cache.area(view.area)
        if is_unknown(area.area_km2) or not area.area_km2:
            return None
    place = view.area or place_name(cache.atlas(), view.region, None)
    return Picture((MAP_WORD, view.measure, place), partial(_draw, view, _view_address()))


def extract_of(content: Content) -> Extract:
    """Gather the rows, and what goes with them, with their sources and parameters."""
    atlas, table = cache.atlas(), content.read()
    made = with_table(
        atlas, content.what, content.place, table, content.filters, content.model
    )  # fmt: skip
    return replace(made, others=content.others())


def table_bytes(content: Content, form: str) -> bytes:
    """
    Write rows as a file.

    Parameters
    ----------
    content
        What is taken away.
    form
        "csv", "xlsx", and for what has a geometry "geojson", "gpkg" or "parquet".

    Raises
    ------
    UserError
        If the form is another, or there are more rows than a sheet holds.
    """
    atlas, chosen = cache.atlas(), extract_of(content)
    if content.shapes is not None and form in {name for name, _, _ in GEO_FORMS}:
        chosen = replace(chosen, shapes=content.shapes(chosen.table))
    if form == "csv":
        return to_csv(in_french(atlas, chosen).table)
    if form == "xlsx":
        from geo.files.workbook import to_xlsx  # noqa: PLC0415  those who want it wait for it

        return to_xlsx(in_french(atlas, chosen), atlas.manifest.build_date)
    from geo.files.geofiles import geo_bytes  # noqa: PLC0415

    return geo_bytes(atlas, chosen, form)


def names_of(content: Content, picture: Picture | None) -> dict[str, str]:
    """Name the files, by form: what, where, and the version of the data."""
    title = files_words.WHAT.get(content.what, content.what)
    forms = [form for form, _, _ in (*TABLE_FORMS, *(GEO_FORMS if content.is_placed else ()))]
    words: dict[str, tuple[str, ...]] = dict.fromkeys(forms, (title, content.place))
    if picture is not None:
        words |= dict.fromkeys([form for form, _, _ in PICTURE_FORMS], picture.words)
    return {form: cache.file_name_of(said, form) for form, said in words.items()}


def spoken_title(what: str) -> str:
    """Name a content inside the name of a button: two rows of buttons are not heard alike."""
    title = files_words.WHAT.get(what, what)
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def show_exports(
    key: str, content: Content, picture: Picture | None = None, forms: Collection[str] = ALL_FORMS
) -> None:
    """
    Show one row of files: the rows, with their geometry if they have one, and the map.

    Parameters
    ----------
    key
        Tells the rows of a page apart.
    content
        Exactly the rows on screen.
    picture
        The map on screen, if there is one.
    forms
        Those to offer, among those that the content has.
    """
    names, title = names_of(content, picture), spoken_title(content.what)
    files = [(*form, partial(table_bytes, content, form[0])) for form in (*TABLE_FORMS, *GEO_FORMS)]
    if picture is not None:
        files += [(*form, partial(picture.draw, form[0])) for form in PICTURE_FORMS]
    with st.container(horizontal=True, key=f"{key}_fichiers"):
        for form, label, mime, make in files:
            if form in names and form in forms:
                said = label if form in PICTURES else files_words.button(label, title)
                st.download_button(
                    said, data=make, file_name=names[form], mime=mime, on_click="ignore",
                    key=f"{key}_{form}", icon=":material/download:",
                )  # fmt: skip
