"""The panel where a person withdraws a stored partnership, or restores it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from geo.contributions.drafts import Draft
from geo.ui.contributions import session as state
from geo.ui.contributions import words, words_withdrawals
from geo.ui.shared.html import escape_markdown, note_html, section_html

if TYPE_CHECKING:
    from geo.contributions.store import History, Revision


def show_withdrawals(history: "History") -> None:
    """Offer to withdraw what is there and to restore what was withdrawn."""
    if not history.heads:
        return
    st.html(section_html(words_withdrawals.TITLE, note_html(words_withdrawals.NOTE)))
    asked = state.asked_withdrawal()
    if asked is not None:
        _show_confirmation(asked)
    elif history.current:
        head = _chosen(words_withdrawals.CHOICE, history.current, "contributions_retrait_choix")
        st.button(
            words_withdrawals.ASK,
            on_click=state.ask_withdrawal,
            args=(head,),
            key="contributions_retrait",
        )
    if history.withdrawn:
        withdrawal = _chosen(
            words_withdrawals.BACK_CHOICE, history.withdrawn, "contributions_retour_choix"
        )
        st.button(
            words_withdrawals.RESTORE,
            on_click=state.restore,
            args=(withdrawal,),
            key="contributions_retour",
        )


def _chosen(label: str, heads: "Mapping[str, Revision]", key: str) -> "Revision":
    """Let a person choose among partnerships of the database."""
    titles = {name: words.named(str(head.record["title"]), name) for name, head in heads.items()}
    return heads[
        st.selectbox(
            label, list(titles), key=key, filter_mode="contains", format_func=titles.__getitem__
        )
    ]


def _show_confirmation(asked: Draft) -> None:
    """Ask whether a partnership is really to be withdrawn."""
    st.warning(escape_markdown(words_withdrawals.sure(str(asked.record["title"]), asked.revision)))
    with st.container(horizontal=True):
        st.button(
            words_withdrawals.CONFIRM, on_click=state.withdraw, args=(asked,), type="primary",
            key="contributions_retrait_confirmer",
        )  # fmt: skip
        st.button(
            words_withdrawals.CANCEL,
            on_click=state.cancel_withdrawal,
            key="contributions_retrait_annuler",
        )
