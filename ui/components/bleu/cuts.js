// The same sentences cut in every way, one below the other, with the BLEU of each.

function createInstance(parent) {
  const ctx = newContext();
  let root = null;
  let rows = null;

  function lineOf({ lines }, place) {
    const { t } = ctx;
    const name = !place ? t("hypothesis") : t(lines.length > 2 ? "reference" : "reference_only", { number: place });
    const others = new Set(place ? lines[0] : lines.slice(1).flat());
    return make("div", { class: "line" }, make("span", { class: "label" }, name),
      make("div", { class: "chips" }, ...lines[place].map((token) =>
        make("span", { class: `chip ${others.has(token) ? "shared" : "alone"}`, dir: "auto" }, token))));
  }

  function rowOf(row) {
    const { t } = ctx;
    return make("div", { class: "row", "data-tok": row.tokenizer },
      make("div", { class: "name" }, make("b", {}, t(`tok_${row.tokenizer}`)), make("span", {}, t(`about_${row.tokenizer}`))),
      row.lines
        ? make("div", { class: "lines" }, ...row.lines.map((_, place) => lineOf(row, place)))
        : make("p", { class: "missing" }, t("missing")),
      make("div", { class: "score" }, ...(row.lines ? ["BLEU ", make("b", {}, row.score.toFixed(2)), make("span", { class: "counts" }, row.counts.join(" · "))] : ["–"])));
  }

  const file = (ending) => safeFileName([ctx.t("cuts_file"), Array.from(ctx.model.text).slice(0, 20).join("")], ending);
  const title = () => ctx.t("cuts_title", { text: ctx.model.text });

  async function savePng() {
    const look = themeOf(root);
    saveBlob(await pngOfCanvas(await sheetOf(rows, look), look, [title(), ctx.t("cuts_caption")]), file("png"));
  }

  function saveCsv() {
    const { t, model } = ctx;
    const table = model.rows.filter((row) => row.lines).map((row) => ({
      label: t(`tok_${row.tokenizer}`), values: [row.score, row.signature, ...row.counts, ...row.lines.map((tokens) => tokens.join(" | "))],
    }));
    const lines = model.rows.find((row) => row.lines)?.lines ?? [];
    const names = lines.map((_, place) => (place ? t("reference", { number: place }) : t("hypothesis")));
    saveBlob(csvBlob([{ title: t("column_cut"), columns: ["BLEU", t("signature"), "p₁", "p₂", "p₃", "p₄", ...names], rows: table }]), file("csv"));
  }

  return {
    update(data) {
      if (ctx.model && JSON.stringify(ctx.model) === JSON.stringify(data)) return;
      ctx.model = data;
      const { t } = ctx;
      root?.remove();
      rows = make("div", { class: "rows" }, ...data.rows.map(rowOf));
      root = make("section", { class: "picture bleu-cuts", "aria-label": t("cuts_component") }, rows,
        make("div", { class: "foot" }, make("p", { class: "caption" }, t("cuts_caption")),
          make("div", { class: "tools" },
            make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: savePng }, "PNG"),
            make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: saveCsv }, "CSV"))));
      parent.append(root);
      root.dataset.ready = "true";
    },
    destroy() { root?.remove(); },
  };
}

export default livingBy(createInstance, GIVEN);
