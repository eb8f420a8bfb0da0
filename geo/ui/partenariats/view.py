"""The view of the page of partnerships, kept in step with the address and the widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.partnerships.collection import Choices, Filters
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import words
from geo.ui.shared import frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.address import Codec, number, said, word
from geo.ui.shared.view import Held

VIEW: Final = "partenariats_vue"
LOOKS: Final = tuple(words.LOOKS)
NO: Final = "non"
OPENED: Final = "partenariat"


def _read_undated(text: str) -> tuple[bool | None, list[str]]:
    """Read whether what has no date is kept; an address only says that it is not."""
    return (False, []) if text == NO else (None, [text])


@dataclass(frozen=True)
class View:
    """
    What a person asks of the partnerships, beside the region and the GHT of the shared view.

    Attributes
    ----------
    form, domain, status, sector
        Codes; None keeps everything.
    first_year, last_year
        Years; None for no limit.
    look
        Key of `geo.ui.partenariats.words.LOOKS`.
    opened
        `partnership_id` of the one that is told.
    with_undated
        Whether a range of years keeps the partnerships whose start is unknown.
    """

    form: str | None = said("forme", None)
    domain: str | None = said("domaine", None)
    status: str | None = said("etat", None)
    sector: str | None = said("secteur", None)
    first_year: int | None = said("de", None)
    last_year: int | None = said("a", None)
    look: str = said("vue", LOOKS[0], word(LOOKS))
    opened: str | None = said(OPENED, None)
    with_undated: bool = said("nondates", True, _read_undated, write=lambda _: NO)


CODEC: Final = Codec(View())
to_parameters: Final = CODEC.write


def read_view(
    parameters: Mapping[str, str], choices: Choices, ids: frozenset[str]
) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.
    choices, ids
        What exists.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    year = number(choices.first_year or 1, choices.last_year or 0)
    readers = {
        "form": word(choices.forms), "domain": word(choices.domains),
        "status": word(choices.statuses), "sector": word(choices.sectors),
        "first_year": year, "last_year": year, "opened": word(ids),
    }  # fmt: skip
    view, notices = CODEC.read(parameters, readers, words.wrong_value)
    if view.first_year and view.last_year and view.first_year > view.last_year:
        view = replace(view, first_year=None, last_year=None)
        notices = (*notices, words.BACKWARDS_YEARS)
    return view, notices


class _Held(Held[View]):
    """The view of the page."""

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        if name == "years":
            choices = partenariats_cache.choices()
            is_whole = value == (choices.first_year, choices.last_year)
            first, last = (None, None) if is_whole or not value else value
            keep(replace(view(), first_year=first, last_year=last))
        else:
            super().change(name, value)


HELD: Final = _Held(VIEW, "partenariats", CODEC)
view: Final = HELD.view
keep: Final = HELD.keep
bound: Final = HELD.bound
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data and read the address; close the sheet of a contribution withdrawn since."""
    frame.open_data()
    partenariats_cache.look_again()
    choices, ids = partenariats_cache.choices(), partenariats_cache.ids()
    is_new = HELD.open(lambda given: read_view(given, choices, ids))
    if not is_new and view().opened not in {None, *ids}:
        HELD.hold(replace(view(), opened=None))


def ght() -> str | None:
    """Return the GHT chosen; an area outside any GHT is none."""
    area = shared_view.selection().area
    return area if area in partenariats_cache.ght_names() else None


def filters() -> Filters:
    """Gather what to keep."""
    chosen = view()
    return Filters(
        region=shared_view.selection().region,
        ght=ght(),
        form=chosen.form,
        domain=chosen.domain,
        status=chosen.status,
        sector=chosen.sector,
        first_year=chosen.first_year,
        last_year=chosen.last_year,
        with_undated=chosen.with_undated,
    )


def open_sheet(partnership_id: str | None) -> None:
    """Open the sheet of a partnership, or close it."""
    keep(replace(view(), opened=partnership_id))


def reset() -> None:
    """Drop every filter; the view and the open sheet stay."""
    chosen = view()
    shared_view.keep(replace(shared_view.selection(), region=None, area=None))
    keep(View(look=chosen.look, opened=chosen.opened))
