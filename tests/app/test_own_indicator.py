"""An indicator of a person's own on the page Carte, run by Streamlit's own tester."""

from pathlib import Path

import pytest

from geo.atlas.load import Atlas
from tests.app.screens import opened_at, painted, text

pytestmark = [
    pytest.mark.app,
    pytest.mark.usefixtures("shared_caches"),
    # AppTest runs the script outside a server.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def test_a_table_of_communes_is_an_indicator_once_the_person_says_how(
    repository: Path, atlas: Atlas
) -> None:
    app = opened_at(repository, "carte")
    app.toggle(key="vos_donnees").set_value(True).run()
    codes = atlas.assignments.insee_code[atlas.assignments.area_code == "GE-06"]
    rows = [f"{code};1,5;n.d." for code in codes]
    content = "\n".join(["commune;Maisons <b>(nb);Taux (%)", *rows]).encode()
    app.file_uploader(key="vos_donnees_fichier").upload("mai.csv", content, "text/csv").run()
    assert "Codes lus" in text(app)
    assert app.button(key="vos_afficher").disabled, "nobody said how to gather communes"
    app.radio(key="vos_regle_Maisons <b>(nb)").set_value("somme").run()
    app.button(key="vos_afficher").click().run()
    assert not app.exception
    values = painted(app)
    assert values["label"] == "Maisons <b>"
    assert values["unit"] == "nb"
    assert sum(bool(one) for one in values["texts"]) == 1, "the others are unknown"
    assert "Maisons &lt;b&gt; (nb)" in text(app)
    assert "mai.csv" in text(app)
    table = next(f.value for f in app.dataframe if "Maisons <b> (nb)" in f.value)
    assert table["Maisons <b> (nb)"].dropna().tolist() == [1.5 * len(codes)]
    assert "indicateur" not in app.query_params
    app.button(key="votre_retour").click().run()
    assert painted(app)["label"].startswith("Population")


def test_a_bad_table_is_refused_in_a_sentence(repository: Path) -> None:
    app = opened_at(repository, "carte")
    app.toggle(key="vos_donnees").set_value(True).run()
    app.file_uploader(key="vos_donnees_fichier").upload("z.csv", b"a;b\n1;2\n", "text/csv").run()
    assert "aucune colonne de communes" in app.error[0].value
