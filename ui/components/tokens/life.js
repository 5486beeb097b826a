// What the pictures of this folder share: what is chosen, when Python hears of it, and how it is found again.

const SEND_AFTER = 250; // ms without another change before Python hears of it
// A page that is left and opened again finds its picture as it was: {state, restart} by key.
const REMEMBERED = new Map();

const GIVEN = { accepts: (data) => Boolean(data?.labels), goneAfter: 1000 };

// What all pictures of this folder keep: what came, what is chosen, and the words.
function newContext() {
  const ctx = {
    model: null, state: null, parts: null, send: null, act: {},
    t: (name, values) => filled(ctx.model.labels[name] ?? name, values),
  };
  ctx.teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  return ctx;
}

function report(ctx) {
  const { key, restart } = ctx.model;
  REMEMBERED.set(key, { state: { ...ctx.state }, restart });
  ctx.teller.tell({ ...ctx.state, restart });
}

// Where a picture begins: as it was left, if nothing was begun anew meanwhile, else as Python says.
function beginning(data, mounted) {
  const earlier = mounted ? null : REMEMBERED.get(data.key);
  return earlier?.restart === data.restart ? earlier.state : data.initial;
}

// What does not fit the sizes on offer falls back to the usual one.
function fittingSize(sizes, wanted) {
  return sizes.includes(wanted) ? wanted : sizes.at(-2) ?? sizes[0];
}

function segment(ctx, name, values, act) {
  return make("div", { class: "segment", role: "group", "aria-label": ctx.t(name) }, ...values.map((value) =>
    make("button", { type: "button", "data-value": value, onclick: () => act(value) }, ctx.t(`${name}_${value}`))));
}

function pressIn(group, value) {
  for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.value === String(value)));
}
