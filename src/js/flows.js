// The way from the page to the federation flows and back. They are a wasm of their own, which comes when somebody opens them;
// `src/app/platform/flows.rs` is the only caller. Imports nothing.

/** Addresses of theirs: `#/flows`, with or without more. */
const THEIRS = /^#(\/flows(?![^/?]).*)/;
const LINK = "flows-link";
const TITLE = "Federation flows · IAM Playground";

/** The page: without anything it gives its save, with a save it asks what is in it, with a name too it takes its world. */
let page;
/** What shows them, once it is here; whether it is on its way; how often it did not come. */
let show;
let loading = false;
let failures = 0;
/** While they are shown: the page's title, how far it was scrolled, and what gets the focus when it is shown again. */
let title;
let scrolled = 0;
let next = LINK;

export const lend = (lent) => (page = lent);

/** What they may ask of the page. A refusal is a sentence. */
const host = {
  take: (save, label) => page(save, label),
  ask(save) {
    const refusal = page(save);
    if (refusal === undefined) {
      [next, scrolled] = ["question-title", 0];
      visit("#/");
    }
    return refusal;
  },
  // Whoever has left already stays where they are.
  go: (address) => THEIRS.test(location.hash) && history.replaceState(history.state, "", "#" + address),
};

export const visit = (address) => (location.hash = address);

/** Shows the flows, with the world as it is now, while the address is one of theirs; otherwise the page. */
export function route() {
  const [app, flows] = ["app", "flows"].map((id) => document.getElementById(id));
  if (!page || !flows) return;
  const address = THEIRS.exec(location.hash)?.[1];
  const turned = flows.hidden === Boolean(address);
  if (turned && address) {
    [title, scrolled] = [document.title, scrollY];
    document.querySelector("dialog[open]")?.close();
  }
  if (turned) {
    [app.hidden, flows.hidden] = [Boolean(address), !address];
    document.title = address ? TITLE : title;
    scrollTo(0, address ? 0 : scrolled);
  }
  if (address && show) show(flows, page(), address, host);
  else if (address) load(flows);
  if (!turned) return;
  (address ? flows.querySelector("h1") : document.getElementById(next))?.focus({ preventScroll: true });
  next = LINK;
}

async function load(flows) {
  if (loading) return;
  loading = true;
  flows.innerHTML =
    '<main class="start"><h1 class="start__name" tabindex="-1">Federation flows</h1>' +
    '<div class="start__answer" role="status"><span class="start__disc" aria-hidden="true"></span>The flows are on their way.</div>' +
    '<p><a href="#/">Back to the workbench</a></p></main>';
  flows.querySelector("h1").focus();
  try {
    const [{ default: init, open }, wasm] = await Promise.all([
      part("player.js", (address) => import(address)),
      part("player_bg.wasm", answer),
      part("player.css", sheet),
    ]);
    await part("player_bg.wasm", () => init({ module_or_path: wasm }));
    show = open;
  } catch ({ message }) {
    failures++;
    flows.querySelector(".start__answer").outerHTML =
      '<div class="start__answer" role="alert"><strong>The flows did not load.</strong><p></p>' +
      '<button type="button" class="button button--primary">Try again</button></div>';
    flows.querySelector("p").textContent = `Check the connection, then try again. What is missing is ${message}`;
    flows.querySelector("button").onclick = route;
  }
  loading = false;
  if (show) route();
}

/** What comes of the file of that name; an error names it. Browsers remember a module that did not come: the next try has another address. */
const part = (name, work) =>
  work(new URL(`flows/${name}${failures ? `?${failures}` : ""}`, document.baseURI).href).catch(({ message }) => {
    throw new Error(`flows/${name}: ${message}`);
  });

async function answer(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}.`);
  return response;
}

const sheet = (href) =>
  new Promise((resolve, reject) => {
    const onerror = () => reject(new Error("no answer."));
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror }));
  });

addEventListener("hashchange", route);
