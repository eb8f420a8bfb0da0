"""The view of the page of establishments, kept in step with the address and the widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.establishments.explorer import Query
from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.etablissements import words
from geo.ui.shared import cache, frame, names
from geo.ui.shared import view as shared_view
from geo.ui.shared.address import (
    LONGEST_TEXT,
    LONGEST_VALUE,
    Codec,
    free,
    number,
    said,
    word,
)
from geo.ui.shared.search import Choice
from geo.ui.shared.selection import choose_region
from geo.ui.shared.view import Held

SHARED: Final = ("region",)  # fields of the view that all pages share
MOST_PAGES: Final = 999_999


def _read_entity(text: str) -> tuple[str | None, list[str]]:
    """Read the number of a legal entity, or one that leads to it."""
    found = etablissements_cache.entity_number(text[:LONGEST_VALUE])
    return found, [] if found else [text]


@dataclass(frozen=True)
class View:
    """
    What a person asks of the establishments, beside the region and the area of the shared view.

    Attributes
    ----------
    departement, group, role, status, offer, text
        See `geo.establishments.explorer.Query`.
    page
        Page of the table, from 1.
    entity
        `finess_ej` of the legal entity whose sheet is open.
    """

    departement: str | None = said("departement", None)
    group: str | None = said("categorie", None)
    role: str | None = said("role", None)
    status: str | None = said("statut", None)
    text: str = said("texte", "", free)
    page: int = said("page", 1, number(1, MOST_PAGES))
    entity: str | None = said("entite", None, _read_entity)
    offer: str | None = said("offre", None)


CODEC: Final = Codec(View())
to_parameters: Final = CODEC.write


def read_view(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    choices = etablissements_cache.choices()
    names = ("departement", "group", "role", "status", "offer")
    chosen, notices = CODEC.read(parameters, {name: word(choices[name]) for name in names})
    if chosen.entity:
        led = etablissements_cache.entity_notice(parameters["entite"].strip())
        notices = (*notices, led) if led else notices
    region = shared_view.selection().region
    if region and chosen.departement not in {None, *departements(region)}:
        notices = (*notices, words.outside_region(str(chosen.departement)))
    return chosen, notices


class _Held(Held[View]):
    """The view of the page; other rows start at their first page."""

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        if name == "region":
            shared_view.keep(choose_region(shared_view.selection(), value, cache.choices()))
            turn_to(1)
        else:
            text = str(value or "")[:LONGEST_TEXT].strip()
            changed: dict[str, Any] = {name: text if name == "text" else value, "page": 1}
            keep(replace(view(), **changed))


HELD: Final = _Held("etablissements_vue", "etablissements", CODEC)
view: Final = HELD.view
keep: Final = HELD.keep
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    HELD.open(read_view)
    _drop_departement()


def _drop_departement() -> None:
    """Forget a departement that is not in the region, whichever page chose the region."""
    region, chosen = shared_view.selection().region, view()
    if region and chosen.departement not in {None, *departements(region)}:
        HELD.hold(replace(chosen, departement=None, page=1))


def departements(region: str | None) -> dict[str, str]:
    """List the departements of a region, or of the country."""
    names: Mapping[str, str] = etablissements_cache.choices()["departement"]
    homes = etablissements_cache.departement_regions()
    return {code: name for code, name in names.items() if region in {None, homes[code]}}


def query() -> Query:
    """Say which sites to keep."""
    chosen, shared = view(), shared_view.selection()
    return Query(
        region=shared.region, departement=chosen.departement, area=shared.area,
        group=chosen.group, role=chosen.role, status=chosen.status, text=chosen.text,
        offer=chosen.offer,
    )  # fmt: skip


def open_entity(number: str | None) -> None:
    """Open the sheet of a legal entity, or close it."""
    keep(replace(view(), entity=number))


def take_entity(taken: Choice | None) -> None:
    """Open the sheet of a legal entity that was searched, or close it."""
    open_entity(etablissements_cache.entity_number(taken.code) if taken else None)


def take_search(taken: Choice | None) -> None:
    """
    Filter by what was searched.

    A territory is a filter of its own; a hospital is kept by its number and its sheet opens.
    """
    if taken is not None and taken.kind in {"ght", "hors_ght"}:
        if taken.code in cache.choices().areas:
            pick_area(taken.code)
        return
    text = taken.code if taken else ""
    if taken is not None and taken.kind == "commune":
        text = names.commune_names().get(taken.code, "")
    HELD.change("text", text)
    if taken is not None and taken.kind in {"etablissement", "entite"}:
        entity = etablissements_cache.entities_of_sites().get(taken.code, taken.code)
        take_entity(Choice("entite", entity))


def turn_to(page: int) -> None:
    """Show another page of the table."""
    keep(replace(view(), page=page))


def reset() -> None:
    """Drop every filter; the open sheet stays."""
    shared_view.keep(replace(shared_view.selection(), region=None, area=None))
    keep(View(entity=view().entity))


def pick_area(area: str | None) -> None:
    """Keep the sites of an area's entities, from their first page."""
    shared_view.pick_area(area)
    turn_to(1)


def bound(name: str) -> dict[str, Any]:
    """Bind a widget, already set, to a field of the view."""
    held = shared_view.selection() if name in SHARED else view()
    return HELD.bound(name, getattr(held, name))
