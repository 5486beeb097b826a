// The row below a chart: its caption, and the buttons that save what is drawn in the container around both.

function realRows(rows) {
  return rows.map((row) => ({ values: row.map((cell) => (cell?.number ? Number(cell.number) : cell)) }));
}

// Plotly draws in layers: pictures above each other, of which some may be canvases.
function layersOf(within) {
  const plot = document.getElementsByClassName(within)[0]?.querySelector(".js-plotly-plot .svg-container");
  return plot ? { box: plot, layers: Array.from(plot.querySelectorAll("svg.main-svg, canvas")) } : null;
}

export default function ({ parentElement, data }) {
  const { labels, title, caption } = data;
  parentElement.querySelector(".save")?.remove();
  const words = make("p", { class: "caption" }, caption);
  const png = async () => {
    const found = layersOf(data.within);
    if (!found) return; // the chart has not been drawn yet
    const blob = await pngOfLayers(found.layers, found.box, themeOf(root), [title, caption]);
    saveBlob(blob, safeFileName([title], "png"));
  };
  const csv = () => saveBlob(
    csvBlob([{ title, columns: data.columns, rows: realRows(data.rows) }]), safeFileName([title], "csv"));
  const root = make("div", { class: "save" }, words, make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: labels.save_png, onclick: png }, labels.png),
    make("button", { type: "button", class: "save-csv", title: labels.save_csv, onclick: csv }, labels.csv)));
  parentElement.append(root);
  root.dataset.ready = "true";
}
