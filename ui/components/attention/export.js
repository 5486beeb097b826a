// What the two buttons save: the tables behind the picture, and the file's name.

// One table a panel: key tokens (or dimension numbers) over the columns, query tokens down the rows. A panel
// without a title of its own is called what the caption calls it.
function shownCsv({ t, model, state, panels }) {
  const words = t(captionName(model, state));
  return csvBlob(panels.map((panel) => matrixTable({ ...panel, title: panel.title || words })));
}

function overviewCsv({ t, model, state }) {
  const tokens = tokensOf(model, state.wiring);
  const tables = [];
  for (let layer = 0; layer < model.layers; layer++) {
    for (let head = 0; head < model.heads; head++) {
      const { weights, columns } = headOf(model, state.wiring, layer, head, { ...state, plain: false });
      tables.push(matrixTable({
        title: `${t("layer_number", { layer: layer + 1 })} · ${t("head_number", { head: head + 1 })}`,
        values: weights, columns, rowLabels: tokens.query, columnLabels: tokens.key,
      }));
    }
  }
  return csvBlob(tables);
}

function fileName({ t, model, state }, ending) {
  const head = state.plain ? t("switch_plain") : t("head_number", { head: state.head + 1 });
  const place = state.view === "heads" ? [] : [t("layer_number", { layer: state.layer + 1 }), head];
  const words = [t("file"), t(`wiring_${state.wiring}`), ...place, t(captionName(model, state))];
  return safeFileName(words, ending);
}
