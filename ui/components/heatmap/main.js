// The component's life: one instance an element; what a rerun brings, what a resize or a new theme changes.

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function listen(ctx) {
  const { canvas } = ctx.parts;
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("pointermove", (event) => {
    // A finger that scrolls is not a pointer that hovers.
    if (event.pointerType !== "touch") ctx.act.hover(pointOf(event), event);
  });
  canvas.addEventListener("pointerleave", () => ctx.act.hover(null));
  canvas.addEventListener("click", (event) => ctx.act.pick(pointOf(event)));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = ARROWS[event.key];
    const used = move ? ctx.act.moveCell(...move) : event.key === "Escape" && ctx.act.close();
    if (!used) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function createInstance(parent) {
  const ctx = { model: null, state: null, theme: null, parts: null, geometry: null, lit: null, send: null, laidOut: "" };
  ctx.teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  ctx.act = actionsOf(ctx);

  function refreshTheme() {
    const fresh = themeOf(ctx.parts.root);
    const changed = !ctx.theme || themeSignature(fresh) !== themeSignature(ctx.theme);
    ctx.theme = fresh;
    return changed;
  }

  function layAgain() {
    if (!ctx.parts?.root.clientWidth) return;
    const changed = refreshTheme();
    if (changed || layoutName(boxOf(ctx), ctx.theme) !== ctx.laidOut) paint(ctx);
  }

  const resize = new ResizeObserver(layAgain);
  const onStep = (event) => {
    if (ctx.model?.steps && event.detail?.axis !== "y") ctx.act.stepPanel(event.detail?.delta ?? 1);
  };
  document.addEventListener("glassbox:step", onStep);
  window.addEventListener("resize", layAgain);

  function build() {
    ctx.parts?.root.remove();
    ctx.parts = buildLayout(ctx);
    parent.append(ctx.parts.root);
    listen(ctx);
    resize.disconnect();
    resize.observe(ctx.parts.root);
  }

  function beginning(before) {
    const { model } = ctx;
    if (before && before.restart === model.restart) return ctx.state;
    const earlier = before ? null : REMEMBERED.get(model.key);
    return earlier?.restart === model.restart ? earlier.state : model.initial;
  }

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      const model = modelOf(data);
      const same = before && before.digest === model.digest && before.restart === model.restart
        && before.height === model.height && JSON.stringify(before.labels) === JSON.stringify(model.labels);
      if (same) {
        // Painted images are kept by the arrays they show: the old arrays stay.
        ctx.model = { ...model, panels: before.panels };
        layAgain();
        return;
      }
      ctx.model = model;
      ctx.state = fittingState(model, beginning(before));
      ctx.lit = null;
      build();
      refreshTheme();
      paint(ctx);
      remember(ctx);
      // What stands above may not have its height yet.
      requestAnimationFrame(() => {
        layAgain();
        ctx.parts.root.dataset.ready = "true";
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
