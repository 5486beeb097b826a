"""The latent space: pictures as points of a plane, and every point of the plane as a picture."""

from __future__ import annotations

from pages.parts import latent as data
from pages.parts.faces import faces
from pages.parts.live_vae import live
from ui import course, frame, latent_page
from ui.code_panel import code_panel
from ui.components.latent import LatentState, LatentView, latent_picture, told_by
from ui.i18n import _
from ui.lessons import vae as lesson
from ui.problems import model_file_problem
from ui.provenance import provenance

URL = "vae"
PICTURE = "vae-picture"


def pick(name: str) -> None:
    """Set the page up for a preset's lesson."""
    preset = lesson.PRESETS[name]
    latent_page.pick(preset.images, preset.chosen)


def show(images: str) -> None:
    """The plane of a set of pictures, and what belongs to it."""
    restart = latent_page.restart(images)
    told = told_by(PICTURE, restart)
    view, problems = data.view(images, latent_page.drawing_of(told))
    for error in {error.path.name: error for error in problems}.values():
        model_file_problem(error.kind, error.path.name, one_of_several=view is not None)
    if view is None:
        return
    chosen = latent_page.present(view, told, restart)
    latent_picture(view, key=PICTURE, initial=chosen, restart=restart)
    provenance("computed", data.card(chosen["model"]))
    lesson.notes(images)
    live()
    faces()
    show_code(images, view, chosen)


def show_code(images: str, view: LatentView, chosen: LatentState) -> None:
    """The code that prints what the picture shows of the chosen model."""
    z, variational = data.point_of(images, chosen)
    code_panel(
        lesson.snippet(images, view.shape, chosen, z, variational),
        lesson.KERAS,
        tabs=("NumPy · PyTorch", "Keras"),
    )


def page() -> None:
    """The header, the choice of pictures, the plane or one sentence why there is none, the questions."""
    registered = course.find(URL)
    assert registered is not None  # the frame offers only registered pages
    frame.header(
        _(registered.title), _(registered.question), {n: _(p.label) for n, p in lesson.PRESETS.items()}, pick
    )
    show(latent_page.choose_set(data.SETS))
    lesson.questions(data.scores())
    frame.next_page(URL)


frame.guard()
page()
