"""The partnerships of a GHT are the same list wherever they are read."""

import csv
import io
import re
from html import unescape

import pypdf
import pytest

from geo.atlas.load import Atlas
from geo.cli.app import main
from geo.files.contents import rows
from geo.partnerships.collection import Filters, collection_of, filter_collection
from geo.partnerships.tables import typed_table
from geo.profile.pdf import to_pdf
from geo.profile.territory import profile
from geo.ui.territoire.cache import written

pytestmark = pytest.mark.data


@pytest.mark.parametrize("code", ["GE-06", "ARA-09", "NA-01"])
def test_every_list_of_partnerships_has_the_same_titles_in_the_same_order(
    atlas: Atlas, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page and the PDF of GE-06 once differed, and its files from both."""
    made = profile(atlas, code)
    page = re.findall(
        r"<th scope=\"row\"><a [^>]*>([^<]*)<", written(made).sections["partenariats"]
    )
    titles = [unescape(title) for title in page]
    assert len(titles) > 1

    kept = filter_collection(collection_of(atlas), Filters(ght=code))
    assert typed_table(kept)["Partenariat"].to_list() == titles, "the page of partnerships"
    assert rows(atlas, "partnerships", ght=code).title.to_list() == titles, "the file"

    capsys.readouterr()
    assert main(["partnerships", "--ght", code, "--format", "csv"]) == 0
    lines = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [line["title"] for line in lines] == titles, "the command"

    pages = pypdf.PdfReader(io.BytesIO(to_pdf(made))).pages
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in pages))
    listed = text[text.index("PartenariatFormeÉtatDébut") :]
    places = [listed.index(re.sub(r"\s", "", title)) for title in titles]
    assert places == sorted(places), "the PDF"
