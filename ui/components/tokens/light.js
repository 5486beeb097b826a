// One token is looked at; the tokens of all rows that stand for the same characters light up with it.

function clearLight(ctx) {
  for (const chip of ctx.lit) chip.classList.remove("lit", "chosen");
  ctx.lit = [];
}

// `place`: {row, index} or null. `span`: the characters [start, end) where no token was asked for.
function light(ctx, place, span = null) {
  clearLight(ctx);
  const part = place && ctx.parts.rows[place.row];
  const own = part?.shown;
  let [start, end] = span ?? (own ? [own.starts[place.index], own.ends[place.index]] : [0, 0]);
  for (const other of ctx.parts.rows) {
    for (const i of touching(other.shown, start, end)) {
      const chip = other.chips.children[i];
      chip.classList.add("lit");
      ctx.lit.push(chip);
      if (other !== part) intoView(other.chips, chip);
    }
  }
  const chosen = part?.chips.children[place.index];
  if (chosen) {
    chosen.classList.add("chosen");
    ctx.lit.push(chosen);
  }
  ctx.parts.info.textContent = chosen ? tokenWords(ctx, part.row, place.index)
    : span ? ctx.t("span_character", { place: start + 1, text: ctx.letters[start] }) : ctx.t("hint");
}

// Within the row only: the page must not move under the pointer.
function intoView(box, chip) {
  const top = chip.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top + chip.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top;
}

function placeOf(ctx, target) {
  const chip = target instanceof Element ? target.closest(".chip") : null;
  const row = ctx.parts.rows.findIndex((part) => part.chips === chip?.parentElement);
  return row < 0 ? null : { row, index: Number(chip.dataset.i) };
}

function listen(ctx) {
  const { grid } = ctx.parts;
  grid.addEventListener("pointerover", (event) => {
    const place = placeOf(ctx, event.target);
    if (place) light(ctx, place);
  });
  grid.addEventListener("pointerleave", () => light(ctx, ctx.chosen));
  grid.addEventListener("click", (event) => {
    const place = placeOf(ctx, event.target);
    const same = place && ctx.chosen && place.row === ctx.chosen.row && place.index === ctx.chosen.index;
    ctx.chosen = same ? null : place;
    light(ctx, ctx.chosen);
    // Pressed a second time a token is chosen no more, but its word is asked for again.
    if (place) ctx.act.word(wordAt(ctx.letters, ctx.parts.rows[place.row].shown, place.index));
  });
  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = movedPlace(ctx, event.key);
    if (moved === undefined) return;
    event.preventDefault();
    ctx.chosen = moved;
    light(ctx, moved);
    if (moved) intoView(ctx.parts.rows[moved.row].chips, ctx.parts.rows[moved.row].chips.children[moved.index]);
  });
}

// Which of the words between spaces, counted from 0, a token belongs to.
function wordAt(letters, cut, index) {
  const inside = letters.slice(0, Math.max(1, cut.ends[index])).join("");
  return inside.split(" ").length - (inside.endsWith(" ") ? 2 : 1);
}

// Left and right go to the next token, up and down to the token of the next row that stands for the same text.
function movedPlace(ctx, key) {
  const rows = ctx.parts.rows;
  if (key === "Escape") return ctx.chosen ? null : undefined;
  const [down, over] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [0, 0];
  if (!down && !over) return undefined;
  if (!ctx.chosen) {
    const first = rows.findIndex((part) => part.shown.ids.length);
    return first < 0 ? null : { row: first, index: 0 };
  }
  const { row, index } = ctx.chosen;
  if (over) return { row, index: Math.max(0, Math.min(rows[row].shown.ids.length - 1, index + over)) };
  const own = rows[row].shown;
  for (let next = row + down; next >= 0 && next < rows.length; next += down) {
    const [found] = touching(rows[next].shown, own.starts[index], own.ends[index]);
    if (found !== undefined) return { row: next, index: found };
  }
  return ctx.chosen;
}
