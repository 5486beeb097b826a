// The moments of a run: which one is shown, and the player that goes through them.

const FILM = 90; // ms between moments that are played

// While it runs the one whose turn it is, else the chosen one, else the last.
function indexOf(ctx) {
  const { moments } = ctx.model;
  const wanted = ctx.shown?.number ?? ctx.state.moment;
  const found = wanted === null ? -1 : moments.findIndex(({ number }) => number === wanted);
  return found < 0 ? moments.length - 1 : found;
}

const momentOf = (ctx) => ctx.model.moments[indexOf(ctx)];

function momentPlayer(ctx) {
  const { t } = ctx;
  const button = (name, sign, act) => make("button", { type: "button", class: `small ${name}`, title: t(name), "aria-label": t(name), onclick: act }, sign);
  const slider = make("input", { type: "range", class: "step", min: 0, step: 1, "aria-label": t("moment"), oninput: () => ctx.act.show(Number(slider.value)), onkeydown: (event) => event.stopPropagation() });
  const counter = make("output", { class: "counter" });
  const back = button("back", "‹", () => ctx.act.by(-1)), play = button("play", "▶", () => ctx.act.play()), forward = button("forward", "›", () => ctx.act.by(1));
  return { root: make("div", { class: "gan-player" }, back, play, forward, slider, counter), slider, counter, back, play, forward };
}

function fillPlayer(ctx) {
  const { slider, counter, back, play, forward } = ctx.parts.player;
  const { moments, running } = ctx.model;
  slider.max = Math.max(0, moments.length - 1);
  slider.value = indexOf(ctx);
  for (const control of [slider, play, back, forward]) control.disabled = running || moments.length < 2;
  const moment = momentOf(ctx);
  const words = ctx.t(moment.who ? `step_${moment.who}` : "step_told", { step: moment.told[0].step.toLocaleString("en") });
  counter.textContent = words;
  slider.setAttribute("aria-valuetext", words);
  play.textContent = ctx.playing ? "❚❚" : "▶";
}

// What the player and the curves can ask for; `change` shows and tells the moment's number, null for the last one.
function momentActs(ctx, change) {
  const show = (index) => {
    const { moments } = ctx.model;
    const place = Math.max(0, Math.min(moments.length - 1, index));
    change({ moment: place === moments.length - 1 ? null : moments[place].number });
  };
  const stop = () => { clearInterval(ctx.playing); ctx.playing = 0; };
  return {
    stop,
    show: (index) => { stop(); show(index); },
    by: (delta) => ctx.act.show(indexOf(ctx) + delta),
    // The moment whose step is nearest.
    step(step) {
      if (ctx.model.running) return;
      const far = ctx.model.moments.map(({ told }) => Math.abs(told[0].step - step));
      ctx.act.show(far.indexOf(Math.min(...far)));
    },
    play() {
      if (ctx.playing) { stop(); ctx.paint(); return; }
      let index = indexOf(ctx) >= ctx.model.moments.length - 1 ? -1 : indexOf(ctx);
      ctx.playing = setInterval(() => {
        const over = index >= ctx.model.moments.length - 1;
        if (over || !ctx.parts?.root.isConnected) stop();
        if (!ctx.parts?.root.isConnected) return;
        if (over) ctx.paint();
        else show(++index);
      }, FILM);
    },
  };
}

// While it runs the newest moments are shown one after the other, each once.
function followRun(ctx, before) {
  clearInterval(ctx.follower);
  ctx.shown = null;
  if (!ctx.model.running) return;
  const seen = before?.restart === ctx.model.restart ? before.moments.at(-1).number : -1;
  const fresh = ctx.model.moments.filter(({ number }) => number > seen);
  if (fresh.length < 2) return;
  let at = 0;
  ctx.shown = fresh[0];
  ctx.follower = setInterval(() => {
    at += 1;
    ctx.shown = fresh[at] ?? null;
    if (!ctx.shown || !ctx.parts?.root.isConnected) { clearInterval(ctx.follower); return; }
    ctx.paint();
  }, FILM);
}
