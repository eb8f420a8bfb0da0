"""The template of contributions against the bundled tables."""

import pytest

from geo.atlas.load import Atlas
from geo.contributions.reading import read_contributions
from geo.contributions.template import template_csv, template_xlsx
from geo.contributions.verdict import check_reading
from geo.partnerships.collection import known_codes

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("name", "content"), [("modele.xlsx", template_xlsx()), ("modele.csv", template_csv())]
)
def test_the_examples_name_codes_that_exist(atlas: Atlas, name: str, content: bytes) -> None:
    report = check_reading(read_contributions(name, content), known_codes(atlas))
    assert report.problems == ()
