"""Addresses are built in one place."""

from __future__ import annotations

from ui import urls


def test_a_model_file_is_fetched_from_the_folder_that_is_served() -> None:
    address = urls.model_url("translator.safetensors")
    assert address.startswith(urls.MODELS_PATH + "/")
    assert (urls.MODELS_FOLDER / address.removeprefix(urls.MODELS_PATH + "/")).is_file()
