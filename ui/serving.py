"""Model files, whole or by byte range: what the server sends besides Streamlit's own answers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SERVED_SUFFIXES: Final = (".safetensors", ".json", ".png")


class ModelFiles(StaticFiles):
    """Weights, model cards and strips of pictures, whole or by byte range (206), and nothing else of the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with headers that make a browser ask again whether it has changed."""
        if not path.endswith(SERVED_SUFFIXES):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
