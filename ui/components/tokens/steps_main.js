// The picture of one word's cutting: method, size and step are switched here.

function createInstance(parent) {
  const ctx = newContext();

  const last = () => (STEPPED.includes(ctx.state.method) ? methodOf(ctx).length - 1 : 0);

  function paint() {
    const began = performance.now();
    const { parts, state, t } = ctx;
    const stepped = STEPPED.includes(state.method);
    state.step = Math.max(0, Math.min(last(), state.step));
    parts.list.replaceChildren(stepped ? stepList(ctx) : wayList(ctx));
    pressIn(parts.method, state.method);
    parts.size.update();
    parts.stepper.hidden = !stepped;
    parts.slider.max = String(last());
    parts.slider.value = String(state.step);
    parts.counter.textContent = t("step_of", { step: state.step, steps: last() });
    parts.about.textContent = t(`about_${state.method}`);
    Object.assign(parts.root.dataset, { method: state.method, size: state.size, step: state.step, word: ctx.model.word });
    tellPainted(ctx.parts.root, began);
  }

  function step(to) {
    ctx.state.step = to;
    paint();
    ctx.parts.list.scrollTop = ctx.parts.list.scrollHeight;
  }

  ctx.act.size = (size) => {
    if (size === ctx.state.size) return;
    ctx.state.size = size;
    ctx.state.step = Infinity;
    paint();
    tellSize(size);
  };
  const unshare = shareSize((size) => { if (ctx.model?.sizes.includes(size)) ctx.act.size(size); });

  function onKeys(event) {
    const delta = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!delta || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(ctx.state.step + delta);
  }

  function build() {
    const { t, model } = ctx;
    ctx.parts?.root.remove();
    const size = sizeSlider(ctx);
    const method = segment(ctx, "method", Object.keys(model.methods), (value) => {
      ctx.state.method = value;
      step(Infinity);
      report(ctx);
    });
    const slider = make("input", { type: "range", min: 0, step: 1, class: "step-slider", "aria-label": t("step"), oninput: () => step(Number(slider.value)) });
    const counter = make("output", { class: "counter" });
    const stepper = make("div", { class: "stepper" },
      make("button", { type: "button", class: "back", title: t("step_back"), "aria-label": t("step_back"), onclick: () => step(ctx.state.step - 1) }, "◀"),
      slider,
      make("button", { type: "button", class: "forward", title: t("step_forward"), "aria-label": t("step_forward"), onclick: () => step(ctx.state.step + 1) }, "▶"),
      counter);
    const tools = make("div", { class: "tools" },
      make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => saveStepsPng(ctx) }, "PNG"),
      make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => saveStepsCsv(ctx) }, "CSV"));
    const list = make("div", { class: "list", tabindex: 0, role: "group", "aria-label": t("steps_title", { word: model.word }), onkeydown: onKeys });
    const about = make("p", { class: "caption" });
    const root = make("section", { class: "picture steps-picture", "aria-label": t("steps_title", { word: model.word }) },
      make("div", { class: "controls" }, method, size.line, tools), stepper, list, about);
    ctx.parts = { root, size, method, slider, counter, stepper, list, about };
    parent.append(root);
  }

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      if (before && JSON.stringify(before) === JSON.stringify(data)) return;
      const begins = !before || before.restart !== data.restart;
      ctx.model = data;
      if (begins) {
        const wanted = beginning(data, Boolean(before));
        ctx.state = { size: fittingSize(data.sizes, data.initial.size), method: wanted?.method in data.methods ? wanted.method : "bpe", step: Infinity };
      } else if (before.word !== data.word) ctx.state.step = Infinity;
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      ctx.teller.end();
      unshare();
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createInstance, GIVEN);
