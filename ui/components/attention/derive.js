// From the payload's X-less arrays to every stage of every block. Each result is kept: a second look is free.

const ATTENTIONS = { self: "encoder.self", causal: "decoder.self", cross: "decoder.cross" };

// The attentions that the payload has numbers for: a decoder alone has one.
function wiringsOf(model) {
  return WIRINGS.filter((wiring) => `${ATTENTIONS[wiring]}.query` in model.arrays);
}

function isAlone(model) {
  return wiringsOf(model).length === 1;
}

// The last attention of a wiring's block, which the feed-forward network follows.
function lastOf(model, wiring) {
  return wiring === "self" || isAlone(model) ? wiring : "cross";
}

function kept(model, name, make) {
  if (!model.derived.has(name)) model.derived.set(name, make());
  return model.derived.get(name);
}

function tokensOf(model, wiring) {
  const source = model.source_tokens;
  const target = model.target_tokens;
  return {
    query: wiring === "self" ? source : target,
    key: wiring === "causal" ? target : source,
  };
}

function firstInput(model, side) {
  return kept(model, `${side}/x`, () =>
    added(part(model, `${side}.embedding`), part(model, `${side}.positional`)));
}

// A block's input: the first sum or the block before, with what was changed by hand.
function blockInput(model, wiring, layer) {
  const side = wiring === "self" ? "encoder" : "decoder";
  return kept(model, `${side}/${layer}/x`, () => {
    const given = layer === 0 ? firstInput(model, side) : blockOf(model, lastOf(model, wiring), layer - 1).final;
    return withEdits(model, placeOf(model, wiring, layer, "x"), null, given, model.d_model);
  });
}

// The block's own input X, and the memory that keys and values are made of.
function inputsOf(model, wiring, layer) {
  if (wiring !== "cross") {
    const x = blockInput(model, wiring, layer);
    return { x, memory: x };
  }
  return {
    x: blockOf(model, "causal", layer).normalized,
    memory: blockOf(model, "self", model.layers - 1).final,
  };
}

function normOf(model, name, layer) {
  return { weight: part(model, `${name}.weight`, layer), bias: part(model, `${name}.bias`, layer) };
}

// What follows the attention: residual and LayerNorm, then (not where the source–target attention comes first) the
// feed-forward network with its own residual and LayerNorm.
function blockOf(model, wiring, layer) {
  return kept(model, `${wiring}/${layer}/block`, () => {
    const width = model.d_model;
    const rows = tokensOf(model, wiring).query.length;
    const { x, memory } = inputsOf(model, wiring, layer);
    const attention = ATTENTIONS[wiring];
    const output = part(model, `${attention}.output`, layer);
    const changed = (name, values) => withEdits(model, placeOf(model, wiring, layer, name), null, values, width);
    const residual = changed("residual", added(x, output));
    const norm = normOf(model, `${attention}.norm`, layer);
    const normalized = changed("normalized", layerNorm(residual, norm.weight, norm.bias, rows, width));
    const block = { x, memory, output, residual, norm, normalized, rows };
    if (wiring !== lastOf(model, wiring)) return block;
    const side = wiring === "self" ? "encoder" : "decoder";
    const feedForward = part(model, `${side}.feed_forward`, layer);
    const finalResidual = changed("final_residual", added(normalized, feedForward));
    const finalNorm = normOf(model, `${side}.feed_forward.norm`, layer);
    const final = changed("final", layerNorm(finalResidual, finalNorm.weight, finalNorm.bias, rows, width));
    return { ...block, feedForward, finalResidual, finalNorm, final };
  });
}

// A mask exists only where the decoder looks at its own prefix.
function masksFuture(wiring, choices) {
  return wiring === "causal" && choices.mask;
}

// Only vectors that are not projected are brought to length 1.
function hasUnitLength(choices) {
  return choices.plain && choices.unit;
}

// What the attention takes for X: without projections perhaps each row divided by its length.
function attendedOf(model, wiring, layer, choices) {
  const { x, memory } = inputsOf(model, wiring, layer);
  if (!hasUnitLength(choices)) return { x, memory };
  return kept(model, `${wiring}/${layer}/unit`, () => {
    const query = unitRows(x, model.d_model);
    return { x: query, memory: memory === x ? query : unitRows(memory, model.d_model) };
  });
}

// What of the choices changes the numbers of a head.
function choiceName(wiring, choices) {
  const projected = hasUnitLength(choices) ? "unit" : choices.plain ? "plain" : "learned";
  return [projected, choices.scale, masksFuture(wiring, choices)].join("/");
}

// `choices`: {scale, mask, plain, unit}. Without projection there is one head, as wide as the model.
function headOf(model, wiring, layer, head, choices) {
  const mask = masksFuture(wiring, choices);
  const which = choices.plain ? 0 : head;
  return kept(model, `${wiring}/${layer}/${which}/${choiceName(wiring, choices)}`, () => {
    if (model.pieces) return weightsByWord(model, wiring, headOf(model.pieces, wiring, layer, head, choices));
    const tokens = tokensOf(model, wiring);
    const size = { rows: tokens.query.length, columns: tokens.key.length, scale: choices.scale, mask };
    if (choices.plain) {
      const { x, memory } = attendedOf(model, wiring, layer, choices);
      return attentionOf(x, memory, memory, { ...size, d_k: model.d_model });
    }
    const name = ATTENTIONS[wiring];
    return attentionOf(
      part(model, `${name}.query`, layer, head),
      part(model, `${name}.key`, layer, head),
      part(model, `${name}.value`, layer, head),
      { ...size, d_k: model.d_k },
      changesOf(model, wiring, layer, head),
    );
  });
}

function headCount(model, choices) {
  return choices.plain ? 1 : model.heads;
}

function joinedOf(model, wiring, layer, choices) {
  return kept(model, `${wiring}/${layer}/joined/${choiceName(wiring, choices)}`, () => {
    const heads = Array.from({ length: headCount(model, choices) },
      (_, head) => headOf(model, wiring, layer, head, choices));
    return headsJoined(heads.map((one) => one.context), heads[0].rows, heads[0].d_k);
  });
}

// The numbers on the screen are the model's own only while no switch is thrown.
function isWhatIf(wiring, choices) {
  return !choices.scale || choices.plain || (wiring === "causal" && !choices.mask);
}
