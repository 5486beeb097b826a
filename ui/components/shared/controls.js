// Parts around a picture: a row of buttons of which one is pressed, the tip at the pointer, the room there is.

function segment(name, label, items, choose) {
  return make("div", { class: `segment ${name}`, role: "group", "aria-label": label },
    ...items.map(({ value, words, title }) => make("button", {
      type: "button", "data-value": value, title, "aria-pressed": "false", onclick: () => choose(value),
    }, words)));
}

function press(group, value) {
  for (const button of group.querySelectorAll("button[data-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.value === String(value)));
  }
}

// `parts`: {root, tip}; the place is the pointer's within the root.
function placeTip(parts, x, y) {
  const { tip, root } = parts;
  tip.hidden = false;
  const left = Math.max(4, Math.min(x + 14, root.clientWidth - tip.offsetWidth - 4));
  const above = y - tip.offsetHeight - 12;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 0 ? above : y + 18}px`;
}

// How far below the page's beginning the component stands, whatever is scrolled now.
function topOf(root) {
  const scroller = document.querySelector('[data-testid="stMain"]') ?? document.scrollingElement;
  return root.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
}
