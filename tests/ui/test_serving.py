"""Model files answer byte ranges, and nothing else leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.site import WEIGHTS, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "translator.safetensors").write_bytes(WEIGHTS)
    (tmp_path / "translator.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("private")
    (tmp_path.parent / "outside.json").write_text("{}")
    return Site(tmp_path)


def test_a_byte_range_answers_206_with_those_very_bytes(site: Site) -> None:
    status, headers, body = site.get(
        "/models/translator.safetensors", range="bytes=100-299", accept_encoding="gzip"
    )
    assert status == 206
    assert body == WEIGHTS[100:300]
    assert headers["content-range"] == f"bytes 100-299/{len(WEIGHTS)}"
    assert "content-encoding" not in headers


def test_a_whole_file_is_not_compressed_either(site: Site) -> None:
    status, headers, body = site.get("/models/translator.safetensors", accept_encoding="gzip")
    assert (status, body) == (200, WEIGHTS)
    assert "content-encoding" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["notes.txt", "", "none.safetensors", "../outside.json", "%2e%2e/outside.json"]
)
def test_nothing_else_is_served(site: Site, path: str) -> None:
    assert site.get(f"/models/{path}")[0] == 404
