// The slider over the trained vocabulary sizes; one that is moved moves the others on the page.

function sizeSlider(ctx) {
  const { t, model } = ctx;
  const last = model.sizes.length - 1;
  const slider = make("input", {
    type: "range", class: "size", min: 0, max: last, step: 1, "aria-label": t("size"),
    oninput: () => ctx.act.size(model.sizes[Number(slider.value)]),
  });
  const marks = make("span", { class: "marks", "aria-hidden": "true" }, ...model.sizes.map((size, i) =>
    make("button", { type: "button", tabindex: -1, style: `--place: ${i / last}`, onclick: () => ctx.act.size(size) },
      size.toLocaleString("en"))));
  const line = make("label", { class: "size-line" }, make("span", { class: "label" }, t("size")),
    make("span", { class: "scale" }, slider, marks));
  const update = () => {
    const place = model.sizes.indexOf(ctx.state.size);
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", t("size_entries", { size: ctx.state.size.toLocaleString("en") }));
    Array.from(marks.children, (mark, i) => mark.toggleAttribute("data-here", i === place));
  };
  return { line, update };
}

const VOCABULARY = "glassbox:vocabulary";

// Tells the page's other pictures of a new size, and hears of theirs; answers how to stop hearing.
function shareSize(hear) {
  const onSize = (event) => hear(event.detail.size);
  document.addEventListener(VOCABULARY, onSize);
  return () => document.removeEventListener(VOCABULARY, onSize);
}

function tellSize(size) {
  document.dispatchEvent(new CustomEvent(VOCABULARY, { detail: { size } }));
}
