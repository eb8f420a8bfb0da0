"""The panels of contributions, run by Streamlit's own tester on a script of three lines."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.contributions.drafts import Draft
from geo.contributions.reading import Reading, read_contributions
from geo.contributions.store import open_store
from geo.contributions.template import to_flat_csv, to_workbook
from geo.ui.contributions import session as contributions_session
from geo.ui.contributions import words
from geo.ui.shared import cache
from tests import builders
from tests.app.screens import untypeset

pytestmark = [
    pytest.mark.app,
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
SECRET = "tres-secret"  # noqa: S105 - looked for where it must not be


def script() -> None:
    import streamlit as st  # noqa: PLC0415 - a script of its own

    from geo.ui.contributions import panels as contributions_panels  # noqa: PLC0415
    from geo.ui.contributions import session as contributions_session  # noqa: PLC0415

    contributions_panels.show_contributions()
    st.caption(" ".join(record["id"] for record in contributions_session.records()))


@pytest.fixture(autouse=True)
def small_atlas(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    atlas = builders.atlas()
    monkeypatch.setattr(cache, "atlas", lambda: atlas)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set a database; close what the page opened."""
    address = f"sqlite:///{tmp_path / 'c.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    yield address
    contributions_session._store(address).close()


def record(number: int = 1, **changes: object) -> dict[str, Any]:
    """A record that the small atlas accepts under an identifier of its own."""
    given = {"id": f"contribution-{number}", "title": f"Contribution {number}", **changes}
    return builders.partnership(number, **given)


def opened() -> AppTest:
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    return app


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader(key="contributions_fichier").upload(name, content, "text/csv").run()
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def added(app: AppTest, *records: dict[str, Any]) -> AppTest:
    return click(upload(app, "p.csv", to_flat_csv(records)), "contributions_ajouter")


def text(app: AppTest) -> str:
    """Everything written on the page, escapes undone."""
    parts = [element.proto.body for element in app.get("html")]
    parts += [e.value for e in (*app.warning, *app.error, *app.success)]
    return (
        untypeset("\n".join(parts)).replace("\\", "").replace("\u2060", "").replace("\u00a0", " ")
    )


def offered(app: AppTest) -> list[str]:
    """Labels of the files that can be taken away."""
    return [button.label for button in app.download_button]


def seen(app: AppTest) -> str:
    return str(app.caption[-1].value)


def test_without_a_database_the_page_says_what_it_can_do() -> None:
    app = opened()
    assert "ne garde pas les partenariats" in text(app)
    assert seen(app) == ""
    assert offered(app) == ["Fichier à remplir (XLSX)", "Fichier à remplir (CSV)"]


def test_examples_are_said_and_left_aside() -> None:
    app = upload(opened(), "p.csv", to_flat_csv([record(1, id="exemple-a")]))
    assert "1 ligne d'exemple laissée de côté" in unescape(text(app))
    assert not app.button, "there is nothing to add"


def test_accepted_rows_join_the_views_and_can_leave_them() -> None:
    content = to_flat_csv([record(1), record(2, title="<b>gras</b>"), record(3)])
    app = upload(opened(), "p.csv", content)
    assert "HTML" in text(app)
    assert "<b>" not in text(app)
    assert words.CORRECTED in offered(app)
    assert seen(app) == "", "nothing is used before the person says so"
    click(app, "contributions_ajouter")
    assert seen(app) == "contribution-1 contribution-3"
    assert "2 partenariats ajoutés à vos vues." in text(app)
    assert words.AS_YAML in offered(app)
    assert words.ALREADY_THERE in text(app)
    app.selectbox(key="contributions_choix").select("contribution-3").run()
    click(app, "contributions_retirer")
    assert seen(app) == "contribution-1"
    assert "2 partenariats ajoutés" not in text(app), "said once"


def test_a_file_of_another_kind_has_its_sentence() -> None:
    app = upload(opened(), "photo.pdf", b"%PDF-1.4")
    assert "photo.pdf : format refusé. Donnez un fichier .xlsx, .ods, .csv ou .yaml." in text(app)


def test_a_bad_file_has_its_sentence() -> None:
    app = upload(opened(), "[x](http://e.org)<i>.csv", b"\0")
    assert "encodage illisible" in text(app)
    assert "[x](" not in app.error[0].value


def test_columns_that_are_not_read_and_long_reports_are_said() -> None:
    rows = [record(number, title=f"<{number}") for number in range(120)]
    content = to_flat_csv(rows).replace(b"Forme, pr", b"Autre, pr")
    app = upload(opened(), "p.csv", content)
    assert "Autre, précision" in text(app)
    assert "Seules les 100 premières lignes" in text(app)


def test_partnerships_are_saved_with_an_author(base: str) -> None:
    app = added(opened(), record(1))
    assert "Aucune contribution" in text(app)
    assert "Rien à enregistrer" not in text(app)
    click(app, "contributions_enregistrer")
    assert "Écrivez votre nom" in text(app)
    assert seen(app) == "contribution-1", "what was typed is still there"
    app.text_input(key=contributions_session.AUTHOR).input("<b>").run()
    click(app, "contributions_enregistrer")
    assert "Nom refusé" in text(app)
    app.text_input(key=contributions_session.AUTHOR).input("Anne & Cie").run()
    click(app, "contributions_enregistrer")
    assert "1 partenariat enregistré dans la base." in text(app)
    assert "Anne &amp; Cie" in text(app)
    assert "Rien à enregistrer" in text(app)
    assert seen(app) == "contribution-1"
    assert seen(opened()) == "contribution-1", "and for everyone"
    assert base


def test_what_the_rules_of_today_refuse_is_not_saved(base: str) -> None:
    app = added(opened(), record(1))
    drafts = app.session_state[contributions_session.SESSION]
    drafts["contribution-1"] = Draft(record(1, ght_codes=["ZZ-99"]))
    app.text_input(key=contributions_session.AUTHOR).input("Anne").run()
    click(app, "contributions_enregistrer")
    assert "Rien n'a été enregistré" in text(app)
    assert "GHT inconnu (ZZ-99)" in text(app)
    assert contributions_session._store(base).history().revisions == ()
    assert seen(app) == "contribution-1", "the work of the person survives"


def test_the_same_file_is_parsed_once_whatever_one_clicks(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(name: str, content: bytes) -> Reading:
        read.append(name)
        return read_contributions(name, content)

    monkeypatch.setattr(contributions_session, "read_contributions", reading)
    app = upload(opened(), "p.yaml", b"partnerships: [[[[")
    added(app, record(1))
    app.text_input(key=contributions_session.AUTHOR).input("Anne").run()
    click(app, "contributions_enregistrer")
    upload(app, "p.yaml", b"partnerships: [[[[")
    assert "YAML mal écrit" in text(app)
    assert read == ["p.yaml", "p.csv"]
    assert contributions_session._store(base).history().current


def test_a_crossed_edit_is_shown_and_settled(base: str) -> None:
    store = open_store(base)
    store.save([Draft(record(1))], "Anne")
    store.save([Draft(record(1, title="Deux"), 1)], "Anne")
    store.close()
    app = opened()
    content = to_workbook([record(1, title="Trois")], {"contribution-1": 1})
    click(upload(app, "p.xlsx", content), "contributions_ajouter")
    app.text_input(key=contributions_session.AUTHOR).input("Bruno").run()
    click(app, "contributions_enregistrer")
    assert "modifié entre-temps" in text(app)
    assert "la révision 3, de Bruno, partait de la révision 1" in text(app)
    click(app, "conflit_contribution-1_3_3")
    assert "partait de" not in text(app)
    heads = contributions_session._store(base).history().heads
    assert heads["contribution-1"].record["title"] == "Trois"


def test_settling_a_conflict_leaves_what_the_session_holds(base: str) -> None:
    store = open_store(base)
    store.save([Draft(record(1))], "Anne")
    store.save([Draft(record(1, title="Deux"))], "Bruno")
    store.close()
    app = added(opened(), record(1, title="Trois"))
    app.text_input(key=contributions_session.AUTHOR).input("Chloé").run()
    click(app, "conflit_contribution-1_2_1")
    assert "partait de" not in text(app)
    held = app.session_state[contributions_session.SESSION]
    assert held["contribution-1"].record["title"] == "Trois", "nobody saved it"


def saved(base: str, *drafts: Draft) -> None:
    store = open_store(base)
    store.save(drafts, "Anne")
    store.close()


def test_a_stored_partnership_is_withdrawn_after_a_confirmation_and_restored(base: str) -> None:
    saved(base, Draft(record(1, title="*Un*")), Draft(record(2)))
    app = opened()
    assert seen(app) == "contribution-1 contribution-2"
    app.text_input(key=contributions_session.AUTHOR).input("Bruno").run()
    click(app, "contributions_retrait")
    assert "*Un*, révision 1 : le retirer des vues de tous ?" in text(app)
    assert seen(app) == "contribution-1 contribution-2", "nothing before the confirmation"
    click(app, "contributions_retrait_annuler")
    assert "le retirer des vues" not in text(app)
    click(app, "contributions_retrait")
    click(app, "contributions_retrait_confirmer")
    assert "*Un* : retiré de la base." in text(app)
    assert seen(app) == "contribution-2"
    assert seen(opened()) == "contribution-2", "and for everyone"
    assert "Retrait" in text(app)
    assert "Bruno" in text(app)
    assert app.selectbox(key="contributions_retrait_choix").options == [
        "Contribution 2 (contribution-2)"
    ]
    click(app, "contributions_retour")
    assert "*Un* : rétabli dans la base." in text(app)
    assert seen(app) == "contribution-1 contribution-2"
    history = contributions_session._store(base).history()
    assert [r.kind for r in history.revisions[:3]] == ["save", "withdrawal", "save"]


def test_a_withdrawal_without_a_name_waits(base: str) -> None:
    saved(base, Draft(record(1)))
    app = click(opened(), "contributions_retrait")
    click(app, "contributions_retrait_confirmer")
    assert "Écrivez votre nom" in text(app)
    assert "le retirer des vues de tous ?" in text(app), "it can be confirmed again"
    assert seen(app) == "contribution-1"
    app.text_input(key=contributions_session.AUTHOR).input("Bruno").run()
    click(app, "contributions_retrait_confirmer")
    assert seen(app) == ""
    assert "contributions_retrait" not in {button.key for button in app.button}


def test_a_withdrawal_that_comes_too_late_is_settled_by_a_person(base: str) -> None:
    saved(base, Draft(record(1)))
    app = click(opened(), "contributions_retrait")
    saved(base, Draft(record(1, title="Deux"), 1))
    app.text_input(key=contributions_session.AUTHOR).input("Bruno").run()
    click(app, "contributions_retrait_confirmer")
    assert "modifié entre-temps par quelqu'un d'autre" in text(app)
    assert seen(app) == "contribution-1"
    button = app.button(key="conflit_contribution-1_3_3")
    assert button.label == "Garder la révision 3 (retrait)"
    click(app, "conflit_contribution-1_3_3")
    assert seen(app) == ""
    assert contributions_session._store(base).history().conflicts == []


def test_a_stored_record_that_the_rules_refuse_is_said(base: str) -> None:
    store = open_store(base)
    store.save([Draft(record(1, ght_codes=["ZZ-99"])), Draft(record(2))], "Anne")
    store.close()
    app = opened()
    assert "GHT inconnu" in text(app)
    assert seen(app) == "contribution-2"


def test_a_database_that_fails_leaves_the_session_and_can_be_retried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / SECRET
    address = f"sqlite:///{folder / 'c.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    app = added(opened(), record(1))
    assert "ne s'ouvre pas" in text(app)
    assert "restent dans cette session" in text(app)
    assert SECRET not in text(app)
    assert seen(app) == "contribution-1"
    folder.mkdir()
    click(app, "contributions_reessayer")
    assert not app.error
    app.text_input(key=contributions_session.AUTHOR).input("Anne").run()
    monkeypatch.setattr(
        contributions_session._store(address),
        "engine",
        contributions_state_engine_read_only(folder),
    )
    click(app, "contributions_enregistrer")
    assert "lecture seule" in text(app)
    assert seen(app) == "contribution-1"
    contributions_session._store(address).close()


def contributions_state_engine_read_only(folder: Path) -> Any:  # noqa: ANN401 - an engine
    from geo.contributions.database import open_engine  # noqa: PLC0415

    return open_engine(f"sqlite:///file:{folder / 'c.db'}?mode=ro&uri=true")


def test_a_wrong_address_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"mysql://u:{SECRET}@h/b")
    app = opened()
    assert "mal réglée sur ce serveur" in text(app)
    assert "DATABASE_URL" not in text(app)
    assert SECRET not in text(app)
