// What can be done in the picture. Numbers can be taken back step by step; what is looked at needs no way back.

const NUMBERS = ["h", "states", "general", "concat", "v", "join"];
const MOST_STEPS = 200; // back
const NEW_STATES = [[0.2, 0.9], [0.8, 0.2], [-0.4, 0.18], [0.5, -0.6], [-0.7, -0.3]];

const numbersOf = (state) => Object.fromEntries(NUMBERS.map((name) => [name, state[name]]));
const copyOf = (value) => JSON.parse(JSON.stringify(value));

// Vectors cut or filled with zeros, matrices with what changes nothing there.
function resized(numbers, width) {
  const fit = (vector, rest = 0) => Array.from({ length: width }, (_, i) => vector[i] ?? rest);
  const before = numbers.h.length;
  const square = (matrix) => Array.from({ length: width }, (_, r) =>
    Array.from({ length: width }, (__, c) => matrix[r]?.[c] ?? (r === c ? 1 : 0)));
  const wide = (matrix) => {
    const [left, right] = [matrix.map((row) => row.slice(0, before)), matrix.map((row) => row.slice(before))].map(square);
    return left.map((row, r) => [...row, ...right[r]]);
  };
  return {
    h: fit(numbers.h), states: numbers.states.map((s) => fit(s)), v: fit(numbers.v, 1),
    general: square(numbers.general), concat: wide(numbers.concat), join: wide(numbers.join),
  };
}

// `paint` draws anew, `build` also makes the fields anew, `tell` lets Python know.
function actionsOf(ctx, { paint, build, tell }) {
  const shape = () => `${ctx.state.states.length}×${ctx.state.h.length}`;

  function put(numbers, { merge = false, remember = true } = {}) {
    const now = numbersOf(ctx.state);
    if (!merge && remember && JSON.stringify({ ...now, ...numbers }) !== JSON.stringify(now)) ctx.past = [...ctx.past, now].slice(-MOST_STEPS);
    const before = shape();
    ctx.refused = null;
    Object.assign(ctx.state, numbers);
    if (shape() !== before) build();
    complain(ctx);
    paint();
    tell();
  }

  function anew(numbers, options) {
    ctx.wrong.clear();
    ctx.typing = "";
    put(copyOf(numbers), options);
  }

  function refuse(words) {
    ctx.refused = words;
    complain(ctx);
  }

  function choose(changes) {
    Object.assign(ctx.state, changes);
    paint();
    tell();
  }

  return {
    paint,
    put(id, values, options) {
      const { name, index } = placeIn(id);
      const next = index === null ? values : ctx.state[name].map((row, i) => (i === index ? values : row));
      put({ [name]: next }, options);
    },
    add() {
      const { states, h } = ctx.state;
      const most = ctx.model.limits.states;
      if (states.length >= most) return refuse(ctx.t("most_states", { most }));
      const known = states.map((s) => vectorText(s));
      const fresh = NEW_STATES.map((s) => h.map((_, d) => s[d] ?? 0)).find((s) => !known.includes(vectorText(s)));
      return put({ states: [...states, fresh ?? NEW_STATES[0]] });
    },
    remove(i) {
      const { states } = ctx.state;
      if (states.length === 1) return refuse(ctx.t("no_state"));
      // What could not be read belongs to a row that may stand elsewhere now.
      for (const id of [...ctx.wrong.keys()]) if (id.startsWith("states")) ctx.wrong.delete(id);
      return put({ states: states.filter((_, place) => place !== i) });
    },
    width(width) {
      if (width !== ctx.state.h.length) anew(resized(ctx.state, width));
    },
    undo() {
      const earlier = ctx.past.pop();
      if (earlier) anew(earlier, { remember: false });
    },
    reset: () => anew(numbersOf(ctx.model.initial)),
    score(score) { if (ctx.model.scores.includes(score)) choose({ score }); },
    use(use) { if (ctx.model.uses.includes(use)) choose({ use }); },
    // The step that is lit, pressed again, is one among all.
    stage: (stage) => choose({ stage: stage === ctx.state.stage ? 0 : stage }),
  };
}
