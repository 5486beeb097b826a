// How Python hears of what is chosen in a picture: once there is no other choice for a moment, never of what it knows
// already, and before the reader presses anything else. Streamlit takes a message that comes after a click on a link
// for a visit to the page just left, and one that comes after a click on a button brings back every text box as it was.

function newTeller(send, wait) {
  let timer = 0;
  let due = null;
  let known = null;
  let leaving = false; // Streamlit sends what it is told in a timer of its own

  function flush() {
    clearTimeout(timer);
    const state = due;
    due = null;
    if (!state) return;
    known = JSON.stringify(state);
    send(state);
    leaving = true;
    setTimeout(() => { leaving = false; });
  }
  // A press that is shorter than that timer, or by the Enter key, must not overtake the message.
  const onClick = (event) => {
    if (!leaving || event.target.shadowRoot) return; // within a picture nobody overtakes anybody
    event.stopImmediatePropagation();
    event.preventDefault();
    const target = event.composedPath()[0];
    setTimeout(() => target.dispatchEvent(new MouseEvent("click", event)));
  };
  const onKey = (event) => { if (event.key === "Enter") flush(); };
  document.addEventListener("pointerdown", flush, true);
  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey, true);

  return {
    // What Python assumes before it is told anything.
    knows(state) { known = JSON.stringify(state); },
    tell(state, after = wait) {
      clearTimeout(timer);
      due = JSON.stringify(state) === known ? null : state;
      if (due) timer = setTimeout(flush, after);
    },
    end() {
      clearTimeout(timer);
      due = null;
      document.removeEventListener("pointerdown", flush, true);
      document.removeEventListener("click", onClick, true);
      document.removeEventListener("keydown", onKey, true);
    },
  };
}
