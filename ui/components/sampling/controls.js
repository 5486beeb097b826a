// Temperature, top-k, top-p, min-p and the seed: a slider and an exact box each. What is moved here is told to the
// page's pictures at once; Python hears of it once the slider is released.

const SEND_AFTER = 200; // ms
const USUAL = { temperature: 1, top_k: 0, top_p: 1, min_p: 0 };
const LARGEST_TEMPERATURE = 100, LARGEST_SEED = 2 ** 31 - 1, SEEDS_ON_SLIDER = 99;
const REMEMBERED = new Map(); // by key: a page that is left and opened again finds its controls as they were

// A slider's place from 0 to 100 for a value, and back. Equal steps are equal factors, where that is sensible.
function scales(vocabulary) {
  return {
    // 0 is the far left; then 0.1 … 10 with 1 in the middle.
    temperature: { of: (place) => (place === 0 ? 0 : round(10 ** ((place - 50) / 50), 2)), to: (t) => (t === 0 ? 0 : 50 + 50 * Math.log10(t)), low: 0, high: LARGEST_TEMPERATURE, step: "any" },
    // The far right keeps all of them.
    top_k: { of: (place) => (place >= 100 ? 0 : Math.round(vocabulary ** (place / 100))), to: (k) => (k === 0 || k >= vocabulary ? 100 : (100 * Math.log(k)) / Math.log(vocabulary)), low: 0, high: vocabulary, step: 1 },
    top_p: { of: (place) => round(place / 100, 2), to: (p) => 100 * p, low: 0, high: 1, step: "any" },
    min_p: { of: (place) => (place === 0 ? 0 : round(10 ** (-3 + (3 * (place - 1)) / 99), 3)), to: (p) => (p === 0 ? 0 : 1 + (99 * (Math.log10(p) + 3)) / 3), low: 0, high: 1, step: "any" },
    seed: { of: (place) => place, to: (seed) => Math.min(seed, SEEDS_ON_SLIDER), low: 0, high: LARGEST_SEED, step: 1, last: SEEDS_ON_SLIDER },
  };
}

const round = (value, places) => Math.round(value * 10 ** places) / 10 ** places;

function createControls(parent) {
  let data = null, values = null, parts = null, send = null, seen = "";
  const teller = newTeller((told) => send?.("state", told), SEND_AFTER);
  const t = (name, words) => filled(data.labels[name] ?? name, words);

  function fit(wanted) {
    const all = scales(data.vocabulary);
    const usual = { ...USUAL, seed: data.seed };
    return Object.fromEntries(Object.entries(all).map(([name, { low, high, step }]) => {
      const value = Number(wanted[name]);
      const sane = Number.isFinite(value) && wanted[name] !== "" ? Math.max(low, Math.min(high, value)) : usual[name];
      return [name, step === 1 ? Math.round(sane) : sane];
    }));
  }

  const off = (name, value) => ({ top_k: value === 0 || value >= data.vocabulary, top_p: value === 1, min_p: value === 0 })[name] ?? false;

  function show(moving = null) {
    const all = scales(data.vocabulary);
    for (const [name, part] of Object.entries(parts.lines)) {
      const value = values[name];
      if (part.slider !== moving) part.slider.value = String(Math.max(0, Math.min(100, all[name].to(value))));
      if (part.box !== moving) part.box.value = String(value);
      part.slider.setAttribute("aria-valuetext", off(name, value) ? t("off") : String(value));
      part.state.textContent = off(name, value) ? t("off") : name === "temperature" && value === 0 ? t("greedy") : "";
    }
    Object.assign(parts.root.dataset, values);
  }

  // `wait`: null while a slider is held.
  function take(wanted, moving, wait) {
    values = fit({ ...values, ...wanted });
    show(moving);
    tellSampler(data.key, { ...values });
    REMEMBERED.set(data.key, { values, restart: data.restart });
    if (wait !== null) teller.tell({ ...values, restart: data.restart }, wait);
  }

  function line(name) {
    const scale = scales(data.vocabulary)[name];
    const slider = make("input", { type: "range", min: 0, max: scale.last ?? 100, step: 1, class: "slide", "data-name": name, "aria-label": t(name),
      oninput: () => take({ [name]: scale.of(Number(slider.value)) }, slider, null), onchange: () => take({ [name]: scale.of(Number(slider.value)) }, slider, SEND_AFTER) });
    const box = make("input", { type: "number", min: scale.low, max: scale.high, step: scale.step, class: "box", "data-name": name, "aria-label": t("exact", { name: t(name) }), inputmode: "decimal",
      onchange: () => take({ [name]: box.value }, null, SEND_AFTER), onkeydown: (event) => event.stopPropagation() });
    const state = make("span", { class: "off" });
    const root = make("div", { class: "line", title: t(`about_${name}`) }, make("span", { class: "name" }, t(name), " ", state), make("span", { class: "both" }, slider, box));
    return { root, slider, box, state };
  }

  function build() {
    parts?.root.remove();
    const lines = Object.fromEntries(["temperature", "top_k", "top_p", "min_p", "seed"].map((name) => [name, line(name)]));
    const reset = make("button", { type: "button", class: "reset", onclick: () => take({ ...USUAL, seed: data.seed }, null, SEND_AFTER) }, t("reset"));
    const dice = make("button", { type: "button", class: "dice", title: t("dice"), onclick: () => take({ seed: (values.seed + 1) % (LARGEST_SEED + 1) }, null, SEND_AFTER) }, t("dice"));
    const root = make("section", { class: "sampling", "aria-label": t("component") }, ...Object.values(lines).map((one) => one.root), make("div", { class: "buttons" }, dice, reset));
    parts = { root, lines };
    parent.append(root);
  }

  return {
    update(fresh, sender) {
      send = sender;
      const text = JSON.stringify(fresh);
      if (text === seen) return;
      seen = text;
      const earlier = data ? { values, restart: data.restart } : REMEMBERED.get(fresh.key);
      data = fresh;
      values = fit(earlier?.restart === data.restart ? earlier.values : data.initial);
      build();
      show();
      tellSampler(data.key, { ...values });
      parts.root.dataset.ready = "true";
      if (earlier?.restart !== data.restart) teller.knows({ ...values, restart: data.restart });
      else teller.tell({ ...values, restart: data.restart }, 0);
    },
    destroy() {
      teller.end();
      parts?.root.remove();
    },
  };
}

export default livingBy(createControls, { accepts: (data) => Boolean(data?.labels), goneAfter: 300 });
