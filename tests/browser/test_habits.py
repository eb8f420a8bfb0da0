"""What people expect of any site: one step back, a title, links to sections, a page not found."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.screen import choose, map_frame

GHT = "GHT Aube et Sézannais"


def test_one_click_in_the_menu_is_one_step_back(open_page: OpenPage) -> None:
    page = open_page("/territoire?territoire=GE-06")
    page.get_by_role("heading", name=GHT).wait_for()
    for name, heading in (("Comparer", "Comparer"), ("Données", "Données")):
        before = page.evaluate("history.length")
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()
        page.wait_for_url("**?territoire=GE-06")
        assert page.evaluate("history.length") == before + 1
    page.go_back()
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()
    page.wait_for_url("**/comparer?territoire=GE-06")
    page.go_back()
    page.get_by_role("heading", name=GHT).first.wait_for()
    page.wait_for_url("**/territoire?territoire=GE-06")
    page.go_forward()
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()
    page.wait_for_url("**/comparer?territoire=GE-06")


def test_what_is_chosen_after_a_click_in_the_menu_is_a_step_too(open_page: OpenPage) -> None:
    page = open_page("/comparer")
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()
    page.get_by_role("link", name="Carte", exact=True).click()
    map_frame(page)
    before = page.evaluate("history.length")
    choose(page, "Territoire", "Aube et Sézannais (GE-06)")
    page.wait_for_url("**/?territoire=GE-06")
    assert page.evaluate("history.length") == before + 1


def test_the_tab_says_the_page_and_what_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/territoire?territoire=ge-06")  # codes are typed in small letters too
    page.wait_for_function(
        "title => document.title === title", arg=f"{GHT} – Territoire – Atlas GHT"
    )
    page.get_by_role("link", name="Comparer", exact=True).click()
    page.wait_for_function("title => document.title === title", arg=f"{GHT} – Comparer – Atlas GHT")


def test_a_link_to_a_section_shows_it(open_page: OpenPage) -> None:
    page = open_page("/territoire?territoire=GE-06#profil-acces")
    page.wait_for_function(
        """() => {
            const section = document.getElementById("profil-acces");
            const top = section ? section.getBoundingClientRect().top : -1;
            return top >= 0 && top < 150;
        }"""
    )


def test_a_page_that_does_not_exist_is_said_in_french(open_page: OpenPage) -> None:
    page = open_page("/nexistepas")
    page.get_by_role("heading", name="Page introuvable").wait_for()
    page.get_by_role("link", name="Comparer").click()
    page.get_by_role("heading", name="Comparer", exact=True, level=1).wait_for()


@pytest.mark.parametrize("path", ["/bassins", "/donnees", "/Comparer"])
def test_no_page_asks_for_what_is_not_there(path: str, open_page: OpenPage) -> None:
    page = open_page("/nexistepas")
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status > 399 else None)
    page.goto(page.url.replace("/nexistepas", path))
    page.get_by_role("heading", level=1).first.wait_for()
    assert missing == []
