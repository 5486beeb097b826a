// A picture's life: one instance an element; what a rerun brings, what a resize or a new theme changes.
// A picture is {build, fit, paint, files, step}: its controls and canvas, its state made possible, its drawing.

const SEND_AFTER = 250; // ms: Python learns of a choice once the hand rests
// A page that is left and opened again finds its picture as it was: {state, restart, sentence}. Every picture has
// a module of its own, and stands once on its page.
let remembered = null;

function createPicture(parent, picture) {
  const ctx = { data: null, state: null, theme: null, parts: null, root: null, send: null, width: 0 };
  const teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  let seen = "";
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);

  ctx.paint = () => {
    const began = performance.now();
    ctx.theme = themeOf(ctx.root);
    ctx.width = ctx.root.clientWidth;
    picture.paint(ctx);
    for (const [name, value] of Object.entries(ctx.state)) ctx.root.setAttribute(`data-${name}`, String(value));
    tellPainted(ctx.root, began);
  };

  // `changes` become the state, as far as they are possible; the picture follows at once, Python later.
  ctx.change = (changes) => {
    ctx.state = picture.fit(ctx.data, { ...ctx.state, ...changes });
    ctx.paint();
    report(SEND_AFTER);
    return true;
  };

  // The state says which beginning and which sentence it belongs to: Python must not take it for another one's.
  function report(wait) {
    remember();
    const { restart, sentence } = ctx.data;
    teller.tell({ ...ctx.state, restart, sentence }, wait);
  }

  function remember() {
    const { restart, sentence } = ctx.data;
    if (keepsChoices(ctx.data)) remembered = { state: { ...ctx.state }, restart, sentence };
  }

  // As it was left if nothing was begun anew meanwhile, else as Python says.
  function wantedState(data) {
    const earlier = ctx.data ? { state: ctx.state, restart: ctx.data.restart, sentence: ctx.data.sentence } : remembered;
    if (earlier?.restart !== data.restart) return { ...data.initial };
    return earlier.sentence === data.sentence ? earlier.state : { ...earlier.state, ...data.own };
  }

  ctx.tools = () => make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: ctx.t("save_png"), onclick: savePng }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: ctx.t("save_csv"), onclick: saveCsv }, "CSV"));

  async function savePng() {
    const { lines, words } = picture.files(ctx);
    saveBlob(await pngOfCanvas(ctx.parts.canvas, ctx.theme, lines), safeFileName(words, "png"));
  }

  function saveCsv() {
    const { tables, words } = picture.files(ctx);
    saveBlob(csvBlob(tables), safeFileName(words, "csv"));
  }

  function look() {
    if (!ctx.root?.clientWidth) return;
    const changed = themeSignature(themeOf(ctx.root)) !== themeSignature(ctx.theme);
    if (changed || ctx.root.clientWidth !== ctx.width) ctx.paint();
  }

  const resize = new ResizeObserver(look);
  const onStep = (event) => picture.step?.(ctx, event.detail ?? {});
  window.addEventListener("resize", look);
  document.addEventListener("glassbox:step", onStep);

  function rebuild() {
    const focused = focusables(ctx.root).indexOf(ctx.root?.getRootNode().activeElement);
    ctx.root?.remove();
    ctx.root = make("figure", { class: "positions-picture" });
    ctx.parts = picture.build(ctx);
    ctx.root.append(...ctx.parts.children);
    parent.append(ctx.root);
    resize.disconnect();
    resize.observe(ctx.root);
    focusables(ctx.root)[focused]?.focus({ preventScroll: true });
  }

  return {
    update(data, send) {
      ctx.send = send;
      const text = JSON.stringify(data);
      if (text === seen) return look();
      seen = text;
      const wanted = wantedState(data);
      const found = !ctx.data && remembered;
      ctx.data = picture.unpack ? picture.unpack(data) : data;
      ctx.state = picture.fit(ctx.data, wanted);
      rebuild();
      ctx.paint();
      remember();
      // Python holds the address for what is chosen, until it hears of something else.
      const other = Object.keys(data.initial).some((name) => ctx.state[name] !== wanted[name]);
      if (keepsChoices(data) && (found || other)) report(0);
      // What stands around may not have its width yet.
      requestAnimationFrame(() => { look(); ctx.root.dataset.ready = "true"; });
    },
    destroy() {
      teller.end();
      resize.disconnect();
      window.removeEventListener("resize", look);
      document.removeEventListener("glassbox:step", onStep);
      ctx.root?.remove();
    },
  };
}

const keepsChoices = (data) => Object.keys(data.initial).length > 0;

function focusables(root) {
  return root ? [...root.querySelectorAll("canvas[tabindex], button, select, input")] : [];
}

function mounted(picture) {
  return livingBy((parent) => createPicture(parent, picture), { accepts: Boolean });
}

// ---- What the pictures' controls are made of --------------------------------------------------------

function chooser(ctx, name, label, options) {
  const select = make("select", { "data-name": name, onchange: () => ctx.change({ [name]: Number(select.value) }) },
    ...options.map((words, i) => make("option", { value: i }, words)));
  return make("label", { class: "chooser" }, `${label} `, select);
}

function floats(base64, ...shape) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return { values: new Float32Array(bytes.buffer), rows: shape[0], columns: shape[1], shape };
}

// Plain digits where they say enough; else a power of ten.
function shortNumber(value) {
  if (value === 0) return "0";
  return value >= 0.01 && value < 1000 ? digits(value, 2) : scientific(value, 1);
}
