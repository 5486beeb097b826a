// The formats in numbers, with what the lesson says of the resolution near 1.

const LESSON = { fp16: "1e−3", fp32: "1e−7", fp64: "1e−16" };

function formatTable(ctx) {
  const { t } = ctx;
  const head = ["format", "bits_of", "smallest", "smallest_normal", "largest", "resolution", "lesson"];
  const rows = {};
  const body = NAMES.map((name) => {
    const form = FORMATS[name];
    const row = make("tr", { "data-form": name }, make("th", { scope: "row" }, name), make("td", {}, `1 + ${form.exponent} + ${form.mantissa}`),
      ...[form.smallest, form.normal, form.largest].map((value) => make("td", {}, plainNumber(value, value < 1e6 && value > 1 ? 6 : 3))),
      make("td", {}, `2${raised(-form.mantissa)} = ${plainNumber(2 ** -form.mantissa, 3)}`), make("td", {}, LESSON[name] ?? "–"));
    rows[name] = row;
    return row;
  });
  const table = make("table", { class: "formats" }, make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, t(`head_${name}`))))), make("tbody", {}, ...body));
  return { table: make("div", { class: "formats-room" }, table), rows };
}

function saveFormats(ctx) {
  const { t } = ctx;
  const columns = ["exponent", "mantissa", "bias", t("head_smallest"), t("head_smallest_normal"), t("head_largest"), t("head_resolution")];
  const rows = NAMES.map((name) => {
    const form = FORMATS[name];
    return { label: name, values: [form.exponent, form.mantissa, form.bias, form.smallest, form.normal, form.largest, 2 ** -form.mantissa] };
  });
  saveBlob(csvBlob([{ title: t("head_format"), columns, rows }]), safeFileName([t("file")], "csv"));
}
