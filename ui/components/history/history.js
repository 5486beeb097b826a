// Streamlit pushes a step of history for every change of the query string. Twenty clicks in a picture would be
// twenty presses of Back in which nothing is seen to change, so within a page the address is replaced instead.

export default function () {
  if (document.documentElement.dataset.glassboxHistory) return;
  document.documentElement.dataset.glassboxHistory = "quiet";
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const samePage = new URL(url ?? location.href, location.href).pathname === location.pathname;
    if (samePage) history.replaceState(state, unused, url);
    else push(state, unused, url);
  };
}
