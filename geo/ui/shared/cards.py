"""The cards of the commune and of the hospital that are chosen, on any page with a map."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

from geo.ui.shared import cache, view, words_cards
from geo.ui.shared.controls import name_in
from geo.ui.shared.html import (
    Figure,
    figures_html,
    note_html,
    section_html,
    status_html,
)
from geo.wording import shown_now

if TYPE_CHECKING:
    from geo.profile.commune_card import CommuneCard, Fact
    from geo.profile.site_card import SiteCard

SHORT: Final = 18  # characters


@cache.kept(max_entries=500)
def _commune(code: str) -> Markup:
    # What gathers a card reads tables that no first map needs: only those who ask wait for it.
    from geo.profile.commune_card import commune_card  # noqa: PLC0415

    return _commune_html(commune_card(cache.atlas(), code))


@cache.kept(max_entries=500)
def _site(number: str) -> "SiteCard":
    from geo.profile.site_card import site_card  # noqa: PLC0415

    return site_card(cache.atlas(), number)


@cache.kept(max_entries=500)
def _site_html(number: str) -> Markup:
    card = _site(number)
    body = note_html(card.place) + _facts(card.facts)
    if card.lines:
        body += _activity(card)
    return _titled(card.name, body + note_html(card.note) + note_html(_named(card)))


def _titled(name: str, body: Markup) -> Markup:
    """Write a card, and say aloud whose it is."""
    return status_html(shown_now(name)) + section_html(name, body)


def _facts(facts: "Iterable[Fact]") -> Markup:
    """Write the lines of a card: two beside each other when they are short."""
    return figures_html(
        Figure(fact.label, fact.value, fact.note, is_wide=len(fact.value) > SHORT) for fact in facts
    )


def _commune_html(card: "CommuneCard") -> Markup:
    """Write the card of a commune: the answer first, the rest folded."""
    from geo.ui.shared.activity import folded_html  # noqa: PLC0415

    body = note_html(card.place) + _facts(card.answer)
    folded = ((words_cards.PEOPLE, card.people), (words_cards.ZONES, card.zones))
    return _titled(
        card.name,
        body
        + _facts(card.access)
        + Markup("").join(folded_html(title, _facts(facts)) for title, facts in folded)
        + Markup("").join(map(note_html, card.notes)),
    )


def _activity(card: "SiteCard") -> Markup:
    """Write what a site declares: the last year, the trend, the change."""
    from geo.ui.shared.activity import trend_html  # noqa: PLC0415

    if card.years is None:
        return Markup("")
    first, last = card.years
    figures = [
        Figure(
            line.label, line.text(last),
            trend_html(line) + words_cards.since(line.change(first, last), first),
        )
        for line in card.lines
    ]  # fmt: skip
    return section_html(words_cards.activity_title(last), figures_html(figures))


def _named(card: "SiteCard") -> str:
    """Say which partnerships name the site or its entity."""
    return words_cards.partnerships([title for _, title in card.partnerships])


@cache.kept(max_entries=512)
def _general(area: str) -> dict[str, str]:
    """Name the general hospital sites of a territory, by number."""
    sites = cache.atlas().establishments
    own = sites[sites.is_general & (sites.area_code == area)].sort_values("site_name")
    return dict(zip(own.finess_et, own.site_name, strict=True))


def show_choice() -> None:
    """Offer the hospitals of the chosen territory to those who do not click on a map."""
    chosen = view.selection()
    names = _general(chosen.area) if chosen.area else {}
    if names:
        shown = chosen.site if chosen.site in names else None
        st.selectbox(
            words_cards.CHOICE, list(names), format_func=name_in(names), index=None,
            placeholder=words_cards.CHOICE_NONE, **view.bound("site", shown),
        )  # fmt: skip


def show_cards(
    more: Callable[[], None] | None = None, actions: Callable[[str], None] | None = None
) -> None:
    """
    Show the cards that are open, each with its links and a button that closes it.

    Parameters
    ----------
    more
        Shows what the page adds under the card of a site.
    actions
        Shows what the page can do with a site, given its number.
    """
    chosen = view.selection()
    if chosen.commune:
        _show_commune(chosen.commune)
    if chosen.site:
        _show_site(chosen.site, more, actions)


def _show_commune(code: str) -> None:
    """Show the card of a commune."""
    with st.container(key="fiche_commune"):
        st.html(_commune(code))
        st.page_link(
            "pages/bassins.py", label=words_cards.MODELS,
            query_params={"commune": code, "volet": "commune"},
        )  # fmt: skip
        st.button(
            words_cards.CLOSE_COMMUNE, on_click=view.pick_commune, args=(None,),
            key="fermer_commune", icon=":material/close:",
        )  # fmt: skip


def _show_site(
    number: str, more: Callable[[], None] | None, actions: Callable[[str], None] | None
) -> None:
    """Show the card of a hospital."""
    card = _site(number)
    with st.container(key="fiche_site"):
        st.html(_site_html(number))
        if actions:
            actions(number)
        if more:
            more()
        else:
            st.page_link(
                "pages/etablissements.py", label=words_cards.SHEET,
                query_params={"entite": card.finess_ej, "site": number},
            )  # fmt: skip
        if card.ght_code and card.partnerships:
            st.page_link(
                "pages/partenariats.py", label=words_cards.PARTNERSHIPS,
                query_params={"territoire": card.ght_code},
            )  # fmt: skip
        st.button(
            words_cards.CLOSE_SITE, on_click=view.open_site, args=(None,), key="fermer_site",
            icon=":material/close:",
        )  # fmt: skip
