// A step of gradient descent in a number format: w − lr · grad, live; maps of what becomes of it, and many such steps.

const TELL_AFTER = 350; // ms without another change
const LEFT = new Map(); // what a page that is opened again stood at
const CHOSEN = ["form", "lr", "grad", "w", "rule", "master"];
const TIMES = 10000, EACH = 100, SEED = 42;
const REPEAT_AFTER = 40; // ms without another change: ten thousand steps for every format are no work for every frame

function createStep(parent) {
  const ctx = { data: null, state: null, parts: null, send: null, theme: null, form: null, update: null, repeating: 0 };
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  const worded = () => ({ ...Object.fromEntries(CHOSEN.map((name) => [name, ctx.state[name]])), restart: ctx.data.restart });

  ctx.paint = () => {
    const began = performance.now();
    const { root, fields } = ctx.parts;
    ctx.theme = themeOf(root);
    ctx.form = FORMATS[ctx.state.form];
    ctx.update = updateOf(ctx.form, ctx.state.w, ctx.state.lr, ctx.state.grad);
    press(ctx.parts.forms, ctx.form.name);
    press(ctx.parts.rules, ctx.state.master ? "master" : ctx.state.rule);
    for (const field of Object.values(fields)) field.fill();
    fillChain(ctx);
    paintMaps(ctx);
    Object.assign(root.dataset, { form: ctx.form.name, outcome: ctx.update.outcome, after: ctx.update.after, repeated: false });
    tellPainted(root, began);
    clearTimeout(ctx.repeating);
    ctx.repeating = setTimeout(() => { if (ctx.parts?.root.isConnected) paintRepeated(); }, REPEAT_AFTER);
  };

  function paintRepeated() {
    const { state, t, theme } = ctx;
    const { repeat, root } = ctx.parts;
    const asked = state.lr * state.grad * TIMES;
    ctx.runs = NAMES.map((name) => ({ name, weights: repeated(FORMATS[name], state.w, state.lr, state.grad, TIMES, EACH, state.rule, state.master, SEED) }));
    const steps = Array.from({ length: TIMES / EACH + 1 }, (_, i) => i * EACH);
    const shares = ctx.runs.map(({ weights }) => weights.map((weight) => (weights[0] - weight) / asked));
    const lines = ctx.runs.map(({ name }, i) => ({ name: `${name} ${arrived(shares[i])}`, colour: TINTS[name], values: shares[i], wide: name === state.form }));
    const usual = shares.flat().every((share) => !Number.isFinite(share) || (share > -0.02 && share < 1.05));
    const width = repeat.parentElement.clientWidth;
    paintChart(setSize(repeat, width, 210), { x: 0, y: 0, width, height: 210 }, { lines, steps, percent: true, ticks: 5, range: usual ? { low: -0.03, high: 1.06 } : null }, theme);
    repeat.setAttribute("aria-label", `${t("repeat")}: ${lines.map((one) => one.name).join(", ")}`);
    root.dataset.repeated = true;
  }

  // How much of the way that was asked for has been made.
  function arrived(shares) {
    return Number.isFinite(shares.at(-1)) ? `${Math.round(100 * shares.at(-1))} %` : "–";
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    ctx.paint();
    teller.tell(worded());
  }

  ctx.act = {
    form: (form) => change({ form }),
    rule: (rule) => change(rule === "master" ? { master: true } : { master: false, rule }),
    number: (name, value) => change({ [name]: value }),
    point: (form, [lr, grad]) => change({ form, lr: round2(lr), grad: round2(grad) * (ctx.state.grad < 0 ? -1 : 1) }),
    turn: () => change({ grad: -ctx.state.grad }),
  };

  function build() {
    ctx.parts?.root.remove();
    const { t } = ctx;
    const forms = segment("forms", t("format"), NAMES.map((name) => ({ value: name, words: name })), (name) => ctx.act.form(name));
    const rules = segment("rules", t("rule"), ["nearest", "truncated", "stochastic", "master"].map((name) => ({ value: name, words: t(`rule_${name}`), title: t(`about_${name}`) })), (name) => ctx.act.rule(name));
    const fields = { lr: slideField(ctx, "lr", RATES), grad: slideField(ctx, "grad", GRADIENTS), w: boxField(ctx, "w") };
    const turn = make("button", { type: "button", class: "small turn", title: t("turn_title"), onclick: () => ctx.act.turn() }, t("turn"));
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: csv }, "CSV"));
    const chain = chainPart(ctx), maps = mapsPart(ctx);
    const repeat = make("canvas", { role: "img" });
    const left = make("div", { class: "step-left" }, make("div", { class: "fields" }, ...Object.values(fields).map((field) => field.root), turn), chain.root);
    const right = make("figure", {}, make("figcaption", {}, t("maps_title")), maps.root);
    const below = make("section", { class: "repeat" }, make("div", { class: "repeat-head" }, make("h4", {}, t("repeat_title")), rules), repeat);
    const saved = make("div", { class: "step-saved" }, make("div", { class: "step-stage" }, left, right), below);
    const root = make("section", { class: "picture step-picture", "aria-label": t("component") }, make("div", { class: "controls" }, forms, tools), saved, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, forms, rules, fields, chain, maps, repeat, saved };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  async function png() {
    saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [`${ctx.form.name}: ${plainNumber(ctx.state.w)} − ${plainNumber(ctx.state.lr)} · ${plainNumber(ctx.state.grad)}`]), safeFileName([ctx.t("file")], "png"));
  }

  function csv() {
    const { t, state } = ctx;
    const steps = NAMES.map((name) => {
      const one = updateOf(FORMATS[name], state.w, state.lr, state.grad);
      return { label: `${name}: ${t(`outcome_${one.outcome}`)}`, values: [one.gradient, one.product, one.weight, one.after] };
    });
    const repeats = (ctx.runs ?? []).map(({ name, weights }) => ({ label: name, values: weights }));
    const columns = Array.from({ length: TIMES / EACH + 1 }, (_, i) => String(i * EACH));
    saveBlob(csvBlob([{ title: t("format"), columns: ["gradient", "product", "weight", "after"].map((name) => t(`chain_${name}`)), rows: steps }, { title: t("repeat_title"), columns, rows: repeats }]), safeFileName([t("file")], "csv"));
  }

  // In projector mode: left and right along the learning rate, up and down through the formats.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return;
    const { delta = 1, axis = "x" } = event.detail ?? {};
    nearestSteps(event, ctx.parts.root, () => {
      if (axis === "x") ctx.act.number("lr", round2(10 ** within(RATES, Math.log10(ctx.state.lr || 1e-8) + delta * 0.5)));
      else ctx.act.form(NAMES[(NAMES.indexOf(ctx.form.name) + delta + NAMES.length) % NAMES.length]);
    });
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update: whenNew((data, send) => {
      ctx.send = send;
      const before = ctx.data;
      ctx.data = data;
      if (before?.restart !== data.restart) {
        ctx.state = { ...data.initial, ...LEFT.get(data.restart) };
        teller.knows(worded());
      }
      if (JSON.stringify(before?.labels) !== JSON.stringify(data.labels)) build();
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    }),
    destroy() {
      LEFT.set(ctx.data.restart, { ...ctx.state });
      clearTimeout(ctx.repeating);
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

const round2 = (value) => Number(value.toPrecision(2));

export default livingBy(createStep, { goneAfter: 300, accepts: (data) => Boolean(data?.labels) });
