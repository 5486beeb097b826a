// The picture of the lanes: drawn anew when data, width or theme change.

function createLanes(parent) {
  let data = null, theme = null, root = null, room = null;
  const t = (name, values) => filled(data.labels[name] ?? name, values);
  const fileName = (ending) => safeFileName([t("file"), Array.from(data.text).slice(0, 20).join("")], ending);

  async function png() {
    saveBlob(await pngOfSvg(room.firstChild, themeOf(root), [t("title"), data.text, t("caption")]), fileName("png"));
  }
  function csv() {
    saveBlob(csvBlob(data.lanes.map((lane) => ({
      title: lane.title, columns: [t("read"), lane.asked, t("loss"), t("best"), "p"],
      rows: lane.columns.map((column, i) => ({ label: i + 1, values: [column.read, column.token, column.loss, column.best, column.probability] })),
    }))), fileName("csv"));
  }

  function draw() {
    theme = themeOf(root);
    room.replaceChildren(drawLanes(data, theme));
  }

  const resize = onNewTheme(() => root, () => theme, draw);

  return {
    update: whenNew((fresh) => {
      data = fresh;
      root?.remove();
      room = make("div", { class: "room wide" });
      root = make("figure", { class: "lanes-picture" }, room, make("figcaption", {}, make("span", {}, t("caption")), make("span", { class: "tools" },
        make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: csv }, "CSV"))));
      parent.append(root);
      resize.disconnect();
      resize.observe(root);
      draw();
      root.dataset.ready = "true";
    }),
    destroy() {
      resize.disconnect();
      root?.remove();
    },
  };
}

export default livingBy(createLanes, { accepts: (data) => Boolean(data?.labels), goneAfter: 300 });
