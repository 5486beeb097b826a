// The BLEU picture: what a rerun brings, and what is chosen here.

function createInstance(parent) {
  const ctx = Object.assign(newContext(), { lit: [], grams: [] });
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  let drawn = "";

  function paint() {
    const began = performance.now();
    const { parts, state } = ctx;
    ctx.lit = [];
    fillSentences(ctx);
    fillGrams(ctx);
    fillBars(ctx);
    fillCurve(ctx);
    fillFormula(ctx);
    fillControls(ctx);
    light(ctx, state.at);
    drawn = sizeNow();
    for (const name of ["tok", "smooth", "n", "at"]) parts.root.dataset[name] = state[name];
    Object.assign(parts.root.dataset, { digest: ctx.model.digest, value: scoreNow(ctx).value });
    tellPainted(ctx.parts.root, began);
  }

  function tell() {
    ctx.state.digest = ctx.model.digest;
    report(ctx);
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    paint();
    tell();
  }

  ctx.act = {
    tok: (tok) => { if (ctx.model.cuts[tok]) change({ tok, at: -1 }); else ctx.parts.info.textContent = ctx.t("missing"); },
    smooth: (smooth) => change({ smooth }),
    order: (n) => { if (ORDERS.includes(n)) change({ n, at: -1 }); },
    pin(at) {
      ctx.state.at = at;
      light(ctx, at);
      ctx.parts.root.dataset.at = at;
      tell();
    },
    step(delta) {
      const { at } = ctx.state;
      const next = at < 0 ? (delta > 0 ? 0 : ctx.grams.length - 1) : at + delta;
      if (ctx.grams[next]) ctx.act.pin(next);
    },
  };

  const sizeNow = () => `${ctx.parts.curve.clientWidth}/${themeSignature(themeOf(ctx.parts.root))}`;
  const resize = new ResizeObserver(() => { if (ctx.parts && drawn && sizeNow() !== drawn) { fillCurve(ctx); drawn = sizeNow(); } });

  function build() {
    ctx.parts?.root.remove();
    const { t, model } = ctx;
    const controls = controlsOf(ctx);
    const sentences = make("div", { class: "sentences" });
    const gramsName = make("span", { class: "name" });
    const grams = make("div", { class: "grams", tabindex: 0, role: "group" });
    const info = make("p", { class: "info", "aria-live": "polite", "data-unsaved": true });
    const bars = make("div", { class: "bars", role: "group", "aria-label": t("lengths") }, ...ORDERS.map((n) => barLine(ctx, n)));
    const curve = make("div", { class: "curve" });
    const curveWords = make("p", { class: "said" });
    const formula = make("div", { class: "formula" });
    const value = make("b", { class: "value" });
    const signature = make("code", { class: "signature" });
    const board = make("div", { class: "board" }, sentences, make("div", { class: "sentence" }, gramsName, grams), legendOf(ctx), info);
    const figures = make("div", { class: "figures" }, bars, make("p", { class: "name" }, t("brevity")), curve, curveWords);
    const result = make("p", { class: "result" }, "BLEU ", value, make("span", { class: "other" }, ` chrF2 ${scoreWords(model.chrf)}`));
    const saved = make("div", { class: "body" }, board, figures, make("div", { class: "sum" }, formula, result));
    const root = make("section", { class: "picture bleu-picture", "aria-label": t("component") },
      controls.bar, saved,
      make("p", { class: "caption" }, `${t("signature")} `, signature, " · ", make("code", {}, model.chrf_signature)),
      make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, controls, saved, board, sentences, gramsName, grams, info, bars, curve, curveWords, formula, value, signature };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
    listen(ctx);
  }

  // In projector mode: left and right go through the n-grams, up and down change their length.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return; // left, but not yet gone
    const { delta = 1, axis = "x" } = event.detail ?? {};
    if (axis === "x") ctx.act.step(delta);
    else ctx.act.order(ctx.state.n + delta);
  }

  document.addEventListener("glassbox:step", onStep);

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      if (before && JSON.stringify(before) === JSON.stringify(data)) return;
      const begins = !before || before.restart !== data.restart;
      const wanted = begins ? beginning(data, Boolean(before)) : ctx.state;
      // A place means something only in the text that it was chosen in.
      const other = (begins ? wanted?.digest ?? data.digest : before.digest) !== data.digest;
      ctx.model = data;
      ctx.state = {
        tok: data.cuts[wanted?.tok] ? wanted.tok : data.tokenizers.find((name) => data.cuts[name]),
        smooth: data.smoothings.includes(wanted?.smooth) ? wanted.smooth : data.smoothings.at(-1),
        n: ORDERS.includes(wanted?.n) ? wanted.n : 1,
        at: !other && Number.isInteger(wanted?.at) ? wanted.at : -1,
      };
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
      // Python knows of what it sent itself. A needless report could overtake a preset that is pressed at once.
      if (begins && wanted !== data.initial) tell();
    },
    destroy() {
      ctx.teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

// How the sentences are cut, each with its BLEU; how a precision of 0 is smoothed; the two files.
function controlsOf(ctx) {
  const { t, model } = ctx;
  const tok = segment(ctx, "tok", model.tokenizers, (name) => ctx.act.tok(name));
  for (const button of tok.children) {
    const name = button.dataset.value;
    button.title = model.cuts[name] ? t(`about_${name}`) : t("missing");
    button.setAttribute("aria-disabled", String(!model.cuts[name]));
    button.append(make("span", { class: "small" }));
  }
  const smooth = segment(ctx, "smooth", model.smoothings, (name) => ctx.act.smooth(name));
  for (const button of smooth.children) button.title = t(`about_smooth_${button.dataset.value}`);
  for (const group of [tok, smooth]) group.setAttribute("aria-label", t(group === tok ? "tok" : "smooth"));
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
  const choice = (name, group) => make("div", { class: "choice" }, make("span", { class: "label" }, t(name)), group);
  return { tok, smooth, bar: make("div", { class: "controls" }, choice("tok", tok), choice("smooth", smooth), tools) };
}

function fillControls(ctx) {
  const { controls } = ctx.parts;
  pressIn(controls.tok, ctx.state.tok);
  pressIn(controls.smooth, ctx.state.smooth);
  for (const button of controls.tok.children) {
    const cut = ctx.model.cuts[button.dataset.value];
    button.querySelector(".small").textContent = cut ? ` ${cut.scores[ctx.state.smooth].value.toFixed(1)}` : "";
  }
}

export default livingBy(createInstance, GIVEN);
