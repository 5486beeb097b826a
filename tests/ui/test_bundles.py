"""Script bundles are compressed once, as well as the browser takes it; the unused web font is not asked for."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import streamlit

from tests.ui.site import CODE, ICONS, LARGE_SCRIPT, PAGE, SCRIPT, STYLE, Site
from ui.bundles import WEB_FONT

UNPACKED: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
STREAMLITS_OWN = Path(streamlit.__file__).parent / "static"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("*", None),
        ("abracadabra", None),
    ],
)
def test_a_script_is_compressed_as_the_browser_takes_it_once(
    site: Site, accepted: str, coding: str | None
) -> None:
    first = site.get("/static/js/index.js", accept_encoding=accepted)
    status, headers, body = first
    assert status == 200
    assert headers.get("content-encoding") == coding
    assert (UNPACKED[coding](body) if coding else body) == SCRIPT
    assert int(headers["content-length"]) == len(body)
    if coding:
        assert site.get("/static/js/index.js", accept_encoding=accepted) == first
        assert site.served == ["/static/js/index.js"]
        assert "accept-encoding" in headers["vary"].lower()
        assert headers["etag"] == 'W/"1"'


def test_browsers_that_take_different_codings_each_get_their_own(site: Site) -> None:
    for coding in ("br", "gzip", "br", "gzip"):
        _, headers, body = site.get("/static/js/index.js", accept_encoding=coding)
        assert headers["content-encoding"] == coding
        assert UNPACKED[coding](body) == SCRIPT
    assert len(site.served) == 2


def test_a_large_script_becomes_smaller_for_those_who_come_later(site: Site) -> None:
    def packed() -> bytes:
        return site.get("/static/js/large.js", accept_encoding="br")[2]

    first = packed()
    deadline = time.monotonic() + 60
    while len(packed()) == len(first) and time.monotonic() < deadline:
        time.sleep(0.05)
    later = packed()
    assert len(later) < len(first)
    assert brotli.decompress(first) == brotli.decompress(later) == LARGE_SCRIPT
    assert site.served == ["/static/js/large.js"]


def test_who_has_the_script_already_is_not_sent_it_from_what_is_kept(site: Site) -> None:
    site.get("/static/js/index.js", accept_encoding="br")
    site.get("/static/js/index.js", accept_encoding="br", if_none_match='"1"')
    assert len(site.served) == 2  # the app inside decides whether it is still the same


def test_a_client_that_leaves_in_the_middle_spoils_nothing_for_the_others(site: Site) -> None:
    """Starlette stops sending a file when its reader has gone; kept, that half would be everybody's."""
    site.get("/static/js/file.js", leaves=True, accept_encoding="br")
    status, headers, body = site.get("/static/js/file.js", accept_encoding="br")
    assert status == 200
    assert brotli.decompress(body) == SCRIPT
    assert headers["accept-ranges"] == "none"  # the file's own bytes are not those that were sent


def test_pages_that_answer_for_unknown_scripts_are_not_kept(site: Site) -> None:
    for _ in range(2):
        assert site.get("/static/js/unknown.js", accept_encoding="br, gzip")[2].startswith(b"<html>")
    assert len(site.served) == 2


def test_the_page_does_not_ask_for_the_web_font(site: Site) -> None:
    status, headers, body = site.get("/attention", accept="text/html,*/*", accept_encoding="gzip, br")
    assert status == 200
    assert b"SourceSans" not in body
    assert int(headers["content-length"]) == len(body)
    before, after = PAGE.split("<link\n")
    assert body.decode() == before + after.split("/>", 1)[1]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_style_sheet_loses_that_font_and_no_other(site: Site, coding: str) -> None:
    _, headers, body = site.get("/static/css/index.css", accept_encoding=coding)
    assert headers["content-encoding"] == coding
    assert UNPACKED[coding](body).decode() == CODE + ICONS


def test_what_else_is_asked_for_stays_as_it_is(site: Site) -> None:
    assert site.get("/attention", accept="*/*")[2].decode() == PAGE
    assert site.get("/static/css/index.css", range="bytes=0-9")[2].decode() == STYLE


def test_streamlits_own_files_still_look_as_they_are_expected_to() -> None:
    """Another version of Streamlit may name its font otherwise: then this says so, and nothing else breaks."""
    page = (STREAMLITS_OWN / "index.html").read_bytes()
    assert len(WEB_FONT["html"].findall(page)) == 1
    (style,) = (STREAMLITS_OWN / "static" / "css").glob("index.*.css")
    assert len(WEB_FONT["css"].findall(style.read_bytes())) == 2
    assert b"Source Sans" not in WEB_FONT["css"].sub(b"", style.read_bytes())
