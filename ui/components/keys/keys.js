// Arrow keys that no control claims step the page's main picture; Escape leaves projector mode.

const STEPS = {
  ArrowLeft: { delta: -1, axis: "x" },
  ArrowRight: { delta: 1, axis: "x" },
  ArrowUp: { delta: -1, axis: "y" },
  ArrowDown: { delta: 1, axis: "y" },
};

// Controls that use arrow keys or Escape themselves. A picture that handles a key calls preventDefault.
const USES_KEYS =
  "input, textarea, select, [contenteditable=true], [role=slider], [role=listbox], [role=combobox], " +
  "[role=menu], [role=menuitem], [role=tab], [role=radio], [role=grid], [role=dialog], [role=application]";

function isClaimed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  // The composed path also sees through shadow roots, where document.activeElement stops at the host.
  return event.composedPath().some((node) => node instanceof Element && node.matches(USES_KEYS));
}

export default function ({ setTriggerValue }) {
  const onKeyDown = (event) => {
    if (isClaimed(event)) return;
    if (event.key === "Escape") {
      setTriggerValue("leave", true);
    } else if (event.key in STEPS) {
      event.preventDefault(); // the arrow steps the picture and does not scroll the page as well
      document.dispatchEvent(new CustomEvent("glassbox:step", { detail: STEPS[event.key] }));
    }
  };
  document.addEventListener("keydown", onKeyDown);
  document.documentElement.dataset.glassboxKeys = "ready"; // a component mounts some time after the page is drawn
  return () => {
    document.removeEventListener("keydown", onKeyDown);
    delete document.documentElement.dataset.glassboxKeys;
  };
}
