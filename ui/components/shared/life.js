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
