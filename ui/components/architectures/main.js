// The component's life: what a rerun brings, and what a step, a resize or a new theme changes.

const SEND_AFTER = 350; // ms of quiet before the state goes to the server

function read(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  return { ...header, weights: floatsFrom(bytes, place) };
}

const between = (value, count) => Math.max(0, Math.min(count - 1, Number.isInteger(value) ? value : 0));

function createColumns(parent) {
  let data = null, state = null, send = null, drawn = "", columns = [];
  const teller = newTeller((told) => send?.("state", told), SEND_AFTER);
  const root = make("div", { class: "architectures", role: "group" });
  parent.append(root);
  const t = (name) => data.labels[name] ?? name;

  // Layers and heads that these models have.
  function fit(wanted) {
    const size = (i, name) => data.columns[i].pictures[0]?.[name] ?? 1;
    const each = (name, values) => data.columns.map((_, i) => between(values?.[i], size(i, name)));
    return { layers: each("layers", wanted.layers), heads: each("heads", wanted.heads), shown: wanted.shown };
  }

  function paint(began = performance.now()) {
    columns.forEach((column, i) => column.show({ layer: state.layers[i], head: state.heads[i] }, state.shown));
    drawn = `${root.clientWidth}/${themeSignature(themeOf(root))}`;
    tellPainted(root, began);
  }

  function change(wanted) {
    state = fit({ ...state, ...wanted });
    paint();
    teller.tell(state);
  }

  const stepped = (values, i, delta) => values.map((value, j) => (i === j ? value + delta : value));

  function build() {
    root.setAttribute("aria-label", t("component"));
    columns = data.columns.map((_, i) => createColumn(t, {
      layer: (delta) => change({ layers: stepped(state.layers, i, delta) }),
      head: (delta) => change({ heads: stepped(state.heads, i, delta) }),
      shown: (shown) => change({ shown }),
    }));
    columns.forEach((column, i) => column.give(data, data.columns[i]));
    root.replaceChildren(...columns.map((column) => column.root));
  }

  const resize = new ResizeObserver(() => {
    if (data && root.clientWidth && drawn !== `${root.clientWidth}/${themeSignature(themeOf(root))}`) paint();
  });
  resize.observe(root);

  const same = (a, b) => a && a.length === b.length && a.every((value, i) => value === b[i]);

  return {
    update(fresh, sender) {
      send = sender;
      const first = data === null;
      const before = data;
      data = read(fresh);
      if (first) state = data.initial;
      state = fit(state);
      // After a step the server sends the same once more, but for the beginning, which counts no longer.
      const known = before && same(before.weights, data.weights) && JSON.stringify([before.labels, before.columns.map(strip)]) === JSON.stringify([data.labels, data.columns.map(strip)]);
      if (known) {
        data = before;
      } else {
        build();
      }
      paint();
      root.dataset.ready = "true";
    },
    destroy() {
      teller.end();
      resize.disconnect();
      root.remove();
    },
  };
}

// A column without what was derived from it here.
const strip = (column) => ({ ...column, pictures: column.pictures.map(({ panels, ...picture }) => picture) });

export default livingBy(createColumns);
