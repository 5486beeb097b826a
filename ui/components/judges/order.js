// Orders of words: moves, shuffles, and what each model says of an order that Python has foreseen.

const sameOrder = (a, b) => a.length === b.length && a.every((word, place) => word === b[place]);
const typedOrder = (count) => Array.from({ length: count }, (_, word) => word);

function moved(order, from, to) {
  const next = [...order];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

// The move that makes one order of the other, as [from, to]; null where no single one does.
function moveBetween(before, after) {
  const first = before.findIndex((word, place) => word !== after[place]);
  if (first < 0) return [0, 0];
  const last = before.findLastIndex((word, place) => word !== after[place]);
  return [[first, last], [last, first]].find(([from, to]) => sameOrder(moved(before, from, to), after)) ?? null;
}

// Drawn by a seed (mulberry32), never the order that stands: another draw follows until it differs.
function shuffled(order, seed) {
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const next = typedOrder(order.length);
  do {
    for (let place = next.length - 1; place > 0; place--) {
      const other = Math.floor(draw() * (place + 1));
      [next[place], next[other]] = [next[other], next[place]];
    }
  } while (next.length > 1 && sameOrder(next, order));
  return next;
}

// A model's logit of an order; null until Python says it.
function logitOf(ctx, line, order) {
  const { model, state } = ctx;
  if (line.missing) return null;
  if (state.mask !== model.mask && !isBag(line)) return null;
  if (sameOrder(order, model.order)) return line.logit;
  if (sameOrder(order, typedOrder(order.length))) return line.typed;
  const move = line.moves && moveBetween(model.order, order);
  return move ? line.moves[move[0]][move[1]] : null;
}

const isBag = (line) => line.exact;
