// The component's life: one instance an element; what a rerun brings, what a resize or a new theme changes.

function createContext() {
  const ctx = {
    model: null, numbers: null, state: null, undone: [], refocus: false, rowOpen: false, theme: null, controls: null, parts: null, geometry: null, panels: [],
    zoom: null, lit: null, open: false, send: null, fetches: 0, thumbsShown: "", laidOut: "",
    act: null,
    t: (name, values) => filled(ctx.model.labels[name] ?? name, values),
    panelWidth: () => Math.max(160, ctx.parts.panel.clientWidth - 26),
    // The query of the q×k view and of "before and after": the chosen cell's, else the first real word.
    queryRow() {
      const count = tokensOf(ctx.model, ctx.state.wiring).query.length;
      return Math.min(ctx.chosenRow() ?? 1, count - 1);
    },
    // The chosen query, or null where the chosen row is a key's.
    chosenRow() {
      if (!ctx.state.cell) return null;
      const name = ctx.state.view === "matrix" ? ctx.panels[ctx.state.cell[0]]?.name : "";
      const keys = ctx.state.wiring === "cross" && ["key", "value", "memory"].includes(name);
      return keys ? null : ctx.state.cell[1];
    },
    // Runs a fetch for the panel; what comes late, for a cell that is no longer shown, is dropped.
    pending(run) {
      const mine = ++ctx.fetches;
      const current = () => mine === ctx.fetches;
      ctx.parts.root.dataset.arithmetic = "loading";
      queueMicrotask(async () => {
        const outcome = await run(current);
        if (current()) ctx.parts.root.dataset.arithmetic = outcome;
      });
    },
  };
  ctx.teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  return ctx;
}

// What the next clicks will ask for is derived while nothing else happens: every block, and its heads.
function deriveAhead(ctx, model) {
  const choices = { scale: true, mask: true, plain: false };
  const jobs = wiringsOf(model).flatMap((wiring) => Array.from({ length: model.layers }, (_, layer) => () => {
    blockOf(model, wiring, layer);
    joinedOf(model, wiring, layer, choices);
  }));
  const next = () => {
    if (ctx.numbers !== model || !jobs.length) return;
    jobs.shift()();
    whenIdle(next);
  };
  whenIdle(next);
}

function whenIdle(run) {
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 50);
}

// The picture by words or by pieces: two ways to look at the same numbers.
function useGrain(ctx) {
  const { numbers, state } = ctx;
  ctx.model = state.grain === "word" ? (numbers.words ??= byWords(numbers)) : numbers;
}

function createInstance(parent) {
  const ctx = createContext();
  ctx.act = actionsOf(ctx);

  function layAgain() {
    if (!ctx.model || !ctx.parts?.root.clientWidth) return;
    const changed = refreshTheme();
    const box = boxOf(ctx.parts.root, ctx.parts.plot, ctx.theme);
    if (changed || layoutName(box, ctx.theme) !== ctx.laidOut) paint(ctx);
  }

  const resize = new ResizeObserver(layAgain);

  function build() {
    ctx.parts?.root.remove();
    ctx.controls = buildControls(ctx.t, ctx.model, ctx.act);
    ctx.parts = buildLayout(ctx.t, ctx.controls);
    ctx.thumbsShown = "";
    parent.append(ctx.parts.root);
    listenToPointer(ctx.parts.canvas, ctx.act);
    listenToKeys(ctx.parts.root, ctx.parts.canvas, ctx.act);
    resize.disconnect();
    resize.observe(ctx.parts.root);
  }

  function refreshTheme() {
    const fresh = themeOf(ctx.parts.root);
    const changed = !ctx.theme || themeSignature(fresh) !== themeSignature(ctx.theme);
    ctx.theme = fresh;
    return changed;
  }

  function onStep(event) {
    const { delta = 1, axis = "x" } = event.detail ?? {};
    if (axis === "y") ctx.act.stepHead(delta);
    else ctx.act.stepStage(delta);
  }

  document.addEventListener("glassbox:step", onStep);
  window.addEventListener("resize", layAgain);

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.numbers;
      const model = unpack(data);
      const sameNumbers = before?.digest === model.digest;
      const sameWords = before && JSON.stringify(model.labels) === JSON.stringify(before.labels);
      const begins = !before || model.restart !== before.restart;
      if (sameNumbers && sameWords && !begins) {
        if (refreshTheme()) paint(ctx);
        return;
      }
      const sameSentence = before?.sentence === model.sentence;
      const wanted = begins ? firstState(model, Boolean(before)) : { ...ctx.state, ...(sameSentence ? {} : { cell: null, edits: [] }) };
      if (sameNumbers) model.derived = before.derived;
      const told = JSON.stringify(ctx.state);
      const sameControls = sameWords && ["layers", "heads"].every((name) => model[name] === before[name])
        && isAlone(model) === isAlone(before);
      ctx.numbers = model;
      ctx.state = fittingState(model, wanted);
      useGrain(ctx);
      if (begins) ctx.open = ctx.state.cell !== null;
      if (begins || !sameSentence) {
        ctx.undone = [];
        ctx.zoom = null;
        ctx.lit = null;
      }
      if (!sameControls) build();
      ctx.parts.tip.hidden = true;
      refreshTheme();
      paint(ctx);
      // Python learns of a beginning that is not its own or whose numbers are not here, and of what another sentence
      // has changed.
      const made = numbersWanted(ctx.state) === numbersMade(model);
      if (begins && made) ctx.teller.knows(toldState(ctx, knownState(model)));
      if (begins || JSON.stringify(ctx.state) !== told) report(ctx, 0);
      else remember(ctx);
      // What stands above may not have its height yet.
      requestAnimationFrame(() => {
        layAgain();
        ctx.parts.root.dataset.ready = "true";
        deriveAhead(ctx, model);
      });
    },
    destroy() {
      ctx.teller.end();
      resize.disconnect();
      window.removeEventListener("resize", layAgain);
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createInstance);
