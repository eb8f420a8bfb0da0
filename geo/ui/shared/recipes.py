"""Where a figure comes from, folded beside it: formula, inputs, sources, and the command."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.formats import format_minutes, format_quantity
from geo.profile import words as wording
from geo.territories.activity_recipe import indicator_recipe
from geo.territories.measures import TIME_UNIT
from geo.territories.recipe import Ingredient, Recipe
from geo.ui.shared import cache, view
from geo.ui.shared.html import Column, grid_html
from geo.ui.shared.selection import RECIPES
from geo.ui.shared.templates import EMPTY, writer

STYLE: Final = Path(__file__).with_name("recipes.css").read_text(encoding="utf-8")
_write: Final = writer("shared/recipe.html")


def _quantity(value: float | None, unit: str) -> str:
    """Write a number with its unit, decimals only when it has some; a time as it is known."""
    if unit == TIME_UNIT:
        return format_minutes(value, unit)
    is_whole = value is None or float(value).is_integer()
    return format_quantity(value, unit, 0 if is_whole else 2)


def _row(part: Ingredient) -> tuple[str, ...]:
    """Lay an input out."""
    return part.label, _quantity(part.value, part.unit), part.source or "–", part.year or "–"


def _inputs(parts: Sequence[Ingredient]) -> Markup:
    """Write the inputs as a table."""
    if not parts:
        return EMPTY
    first, *others = wording.RECIPE_COLUMNS
    columns = [Column(first, "row"), *map(Column, others)]
    rows = [("", map(_row, parts))]
    return grid_html(columns, rows, wording.RECIPE_INPUTS, "atlas-inputs")


def recipe_html(made: Recipe, *, is_open: bool = False, is_named: bool = False) -> Markup:
    """
    Write a recipe, folded: it opens without a rerun, by the mouse or the keyboard.

    Parameters
    ----------
    made
        From `geo.territories.activity_recipe.indicator_recipe`.
    is_open
        Whether it is unfolded at first.
    is_named
        Whether what is folded shows which figure it is about: among others.
    """
    command = wording.RECIPE_COMMAND.format(column=made.column)
    value = _quantity(made.value, made.unit)
    return _write(
        "recipe", made, wording, value, _inputs(made.ingredients), command, is_open, is_named
    )


@cache.kept(max_entries=256)
def _written(measure: str, area_code: str, name: str = "", *, is_open: bool = False) -> Markup:
    made = indicator_recipe(cache.atlas(), measure, area_code, cache.areas())
    named = replace(made, title=" – ".join(filter(None, (made.title, name))))
    return recipe_html(named, is_open=is_open, is_named=bool(name))


def _show(written: Markup) -> None:
    """Show recipes; their style is apart, since the page hides what holds one."""
    st.html(f"<style>{STYLE}</style>")
    st.html(written)


def show_recipe(measure: str, area_code: str) -> None:
    """
    Show where a figure of a territory comes from, on any page.

    Parameters
    ----------
    measure
        Key of `geo.territories.activity.INDICATORS`.
    area_code
        A territory.

    Raises
    ------
    UserError
        If either is unknown.
    """
    _show(_written(measure, area_code))


def show_recipes(figures: Iterable[tuple[str, str]]) -> None:
    """
    Offer the recipes of some figures, the first one unfolded; the address says that they are shown.

    Parameters
    ----------
    figures
        Measure and territory of each. Nothing is computed before a person asks.
    """
    is_on = view.selection().recipes == RECIPES[1]
    if st.toggle(wording.RECIPES, help=wording.RECIPES_HELP, **view.bound("recipes", is_on)):
        parts = [
            _written(measure, code, cache.choices().areas[code], is_open=not place)
            for place, (measure, code) in enumerate(dict.fromkeys(figures))
        ]
        _show(EMPTY.join(parts))
