"""The template of contributions against the bundled tables."""

import pytest

from geo.contribution_files import read_contributions
from geo.contribution_report import check_reading
from geo.contribution_template import template_csv, template_xlsx
from geo.load import Atlas
from geo.partnerships import known_codes

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("name", "content"), [("modele.xlsx", template_xlsx()), ("modele.csv", template_csv())]
)
def test_the_examples_name_codes_that_exist(atlas: Atlas, name: str, content: bytes) -> None:
    report = check_reading(read_contributions(name, content), known_codes(atlas))
    assert report.problems == ()
