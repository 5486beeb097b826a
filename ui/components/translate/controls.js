// The player: back, play, forward and the slider over the steps.

const TICK = 330; // ms between two parts while it plays

function playerOf(ctx) {
  const { t, timeline } = ctx;
  const button = (name, sign, act) => make("button", { type: "button", class: name, title: t(name), "aria-label": t(name), onclick: act }, sign);
  const slider = make("input", { type: "range", class: "step", min: 0, max: Math.max(0, timeline.steps - 1), step: 1, "aria-label": t("step"), oninput: () => ctx.act.step(Number(slider.value)) });
  const counter = make("output", { class: "counter" });
  const play = button("play", "▶", () => ctx.act.play());
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
  const line = make("div", { class: "player" },
    button("back", "‹", () => ctx.act.step(ctx.state.step - 1)), play, button("forward", "›", () => ctx.act.step(ctx.state.step + 1)), slider, counter, tools);
  return { line, slider, counter, play };
}

function showPlayer(ctx) {
  const { parts, state, timeline, t, playing } = ctx;
  const { slider, counter, play } = parts.player;
  slider.value = String(state.step);
  const words = t("step_of", { step: state.step + 1, steps: timeline.steps });
  counter.textContent = words;
  slider.setAttribute("aria-valuetext", words);
  play.textContent = playing ? "❚❚" : "▶";
  play.title = t(playing ? "pause" : "play");
  play.setAttribute("aria-label", play.title);
}

// One tick of the film: the parts of a step one after the other, then the next step; it ends at the last.
function nextOfFilm(state, steps) {
  const parts = PART_ORDER.filter((part) => part !== "encoder" || state.step === 0);
  const place = parts.indexOf(state.part);
  if (place < parts.length - 1) return { part: parts[place + 1] };
  return state.step + 1 < steps ? { step: state.step + 1, part: "embed" } : null;
}
