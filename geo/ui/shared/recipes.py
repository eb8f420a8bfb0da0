"""Where a figure comes from, folded beside it: formula, inputs, sources, and the command."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from geo.formats import format_quantity
from geo.profile import words as wording
from geo.territories.recipe import Ingredient, Recipe, recipe
from geo.ui.shared import cache

STYLE: Final = Path(__file__).with_name("recipes.css").read_text(encoding="utf-8")


def _quantity(value: float | None, unit: str) -> str:
    """Write a number with its unit, decimals only when it has some."""
    is_whole = value is None or float(value).is_integer()
    return format_quantity(value, unit, 0 if is_whole else 2)


def _row(part: Ingredient) -> str:
    """Write an input."""
    cells = (_quantity(part.value, part.unit), part.source or "–", part.year or "–")
    tail = "".join(f"<td>{escape(text)}</td>" for text in cells)
    return f'<tr><th scope="row">{escape(part.label)}</th>{tail}</tr>'


def _inputs(parts: Iterable[Ingredient]) -> str:
    """Write the inputs as a table."""
    rows = "".join(map(_row, parts))
    if not rows:
        return f"<p>{escape(wording.RECIPE_NO_INPUT)}</p>"
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in wording.RECIPE_COLUMNS)
    return (
        f'<div class="atlas-inputs" tabindex="0" role="region" '
        f'aria-label="{escape(wording.RECIPE_INPUTS)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def recipe_html(made: Recipe) -> str:
    """
    Write a recipe, folded: it opens without a rerun, by the mouse or the keyboard.

    Parameters
    ----------
    made
        From `geo.territories.recipe.recipe`.
    """
    title = f'<span class="atlas-heard"> {escape(made.title)}</span>'
    command = wording.RECIPE_COMMAND.format(column=made.column)
    value = _quantity(made.value, made.unit)
    return (
        f'<details class="atlas-recipe"><summary>{escape(wording.RECIPE)}{title}</summary>'
        f"<p><strong>{escape(made.title)} : {escape(value)}</strong></p>"
        f"<p><strong>{escape(wording.RECIPE_FORMULA)}.</strong> {escape(made.formula)}</p>"
        f"{_inputs(made.ingredients)}"
        f"<p><strong>{escape(command)}</strong></p><pre><code>{escape(made.command)}</code></pre>"
        f"<p><strong>{escape(wording.RECIPE_MODEL)}.</strong> {escape(made.model)}. "
        f"{escape(made.version)}</p></details>"
    )


@cache.kept(max_entries=256)
def _written(measure: str, area_code: str) -> str:
    return recipe_html(recipe(cache.atlas(), measure, area_code, cache.areas()))


def show_recipe(measure: str, area_code: str) -> None:
    """
    Show where a figure of a territory comes from, on any page.

    Parameters
    ----------
    measure
        Key of `geo.territories.measures.MEASURES`.
    area_code
        A territory.

    Raises
    ------
    UserError
        If either is unknown.
    """
    st.html(f"<style>{STYLE}</style>{_written(measure, area_code)}")
