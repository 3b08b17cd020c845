// The first verdict, from a small wasm, before the page is asked for; the page then takes its place. Whatever goes wrong here
// goes wrong silently: the page answers the same question.
async function first() {
  // A place of its own, or work from an earlier visit: the page alone knows the question.
  if (location.hash.length > 2 || visited()) return;
  const managed = fetch("data/managed/00.txt").then((response) => (response.ok ? response.text() : ""));
  const { default: init, opening } = await import("./start/start.js");
  await init();
  const [verdict, because] = opening(await managed, new Date().toISOString()) ?? [];
  if (verdict) show(verdict, because);
}

function visited() {
  try {
    return localStorage.getItem("iam-playground.visited") !== null;
  } catch {
    return false;
  }
}

function show(verdict, because) {
  const card = document.getElementById("start-verdict");
  document.getElementById("start-word").textContent = verdict;
  // What stands in backticks is code.
  document.getElementById("start-because").replaceChildren(
    ...because.split("`").map((text, at) => (at % 2 ? Object.assign(document.createElement("code"), { textContent: text }) : text)),
  );
  card.dataset.verdict = verdict.toLowerCase().replace(" ", "-");
  card.hidden = false;
  document.getElementById("start-loading-text").textContent = "The playground is on its way, so that you can change all of this.";
}

window.firstVerdict = first().catch(() => {});
