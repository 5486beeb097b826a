// A component's life. Streamlit calls it at the first drawing and after each rerun, and calls the clean-up of an
// earlier call at some time before or after: one instance an element, which goes when no newer call has come.

const LIVING = new WeakMap();
const PACKED = (data) => data instanceof Uint8Array;

// `create(element)` returns {update(data, send), destroy()}. `accepts` says whether data can be drawn at all;
// `goneAfter` (ms) lets an instance outlive the moment between a clean-up and the call that follows it.
function livingBy(create, { accepts = PACKED, goneAfter = 0 } = {}) {
  return ({ parentElement, data, setStateValue }) => {
    if (!accepts(data)) return () => {};
    let held = LIVING.get(parentElement);
    if (!held) LIVING.set(parentElement, (held = { instance: create(parentElement), call: 0 }));
    const call = ++held.call;
    held.instance.update(data, setStateValue);
    const end = () => {
      if (held.call !== call) return;
      held.instance.destroy();
      LIVING.delete(parentElement);
    };
    return goneAfter ? () => setTimeout(end, goneAfter) : end;
  };
}

// An update for each new value of the data; the same ones, which come after every rerun, change nothing.
function whenNew(update) {
  let seen = null;
  return (data, send) => {
    const text = JSON.stringify(data);
    if (text === seen) return;
    seen = text;
    update(data, send);
  };
}

// Watches the size of what it is told to observe, which changes with the theme too; `root` and `theme` are functions.
function onNewTheme(root, theme, draw) {
  return new ResizeObserver(() => {
    const now = root();
    if (now?.clientWidth && themeSignature(themeOf(now)) !== themeSignature(theme())) draw();
  });
}

// The same for a picture that depends on how wide it is.
function onNewWidth(root, theme, draw) {
  let width = 0;
  return new ResizeObserver(() => {
    const now = root();
    if (!now?.clientWidth || (now.clientWidth === width && themeSignature(themeOf(now)) === themeSignature(theme()))) return;
    width = now.clientWidth;
    draw();
  });
}

// The picture is drawn; whoever listens hears how long it took, and how long until the frame that shows it (ms).
function tellPainted(root, began) {
  const paintMs = Number((performance.now() - began).toFixed(2));
  root.dataset.paintMs = paintMs;
  requestAnimationFrame(() => {
    const frameMs = Number((performance.now() - began).toFixed(2));
    root.dispatchEvent(new CustomEvent("glassbox:painted", { bubbles: true, composed: true, detail: { paintMs, frameMs } }));
  });
}

// Several pictures may hear one arrow key: the one that is nearest to the window's middle steps.
function nearestSteps(event, root, act) {
  const { top, bottom } = root.getBoundingClientRect();
  const middle = window.innerHeight / 2;
  const claims = (event.claims ??= []);
  claims.push({ far: Math.max(top - middle, middle - bottom, 0), act });
  // All have heard of it before a microtask begins.
  if (claims.length === 1) queueMicrotask(() => claims.reduce((best, one) => (one.far < best.far ? one : best)).act());
}
