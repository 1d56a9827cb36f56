"""The files of a site in one file, always the same."""

import io
import zipfile

from steering.exchange.publication.archive import zipped


def test_the_same_files_make_the_same_bytes_in_whatever_order_and_come_out_as_they_went_in():
    files = {"b/ä.html": b"two" * 100, "a.css": b"one"}
    made = zipped(files)
    assert made == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == files
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
