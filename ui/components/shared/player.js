// The player of a decoding: back, play, forward, the slider over the steps, and the two buttons that save.
// `ctx`: {t, timeline: {steps}, state: {step}, act: {step, play, png, csv}, parts: {player}, playing}.

function playerOf(ctx) {
  const { t, timeline } = ctx;
  const button = (name, sign, act) => make("button", { type: "button", class: name, title: t(name), "aria-label": t(name), onclick: act }, sign);
  const slider = make("input", { type: "range", class: "step", min: 0, max: Math.max(0, timeline.steps - 1), step: 1, "aria-label": t("step"), oninput: () => ctx.act.step(Number(slider.value)) });
  const counter = make("output", { class: "counter" });
  const play = button("play", "▶", () => ctx.act.play());
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => ctx.act.png() }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => ctx.act.csv() }, "CSV"));
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

// A film: every `tick` (ms) the next moment is shown; where there is none the film ends, and that is shown too.
function filmOf(ctx, tick, next, show) {
  const stop = () => {
    clearInterval(ctx.film);
    ctx.playing = false;
  };
  const start = () => {
    ctx.playing = true;
    ctx.film = setInterval(() => {
      const found = next();
      if (!found) stop();
      show(found);
    }, tick);
  };
  return { start, stop };
}
