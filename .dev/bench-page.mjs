// How long a visitor waits: from a cold start to the first computed verdict, from a keystroke to the
// next one, and for a heat map over all actions. A Markdown table on standard output.
//   node .dev/bench-page.mjs [--runs 5] [--pairs 10]
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ANY_VERDICT, launchOptions, SCREENS, VERDICT } from "./browser.mjs";
import { bigWorld } from "./big-world.mjs";
import { serve } from "./serve.mjs";

const NETWORK = { latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8, offline: false };
const SLOWDOWN = 4;
/** Where the keys are typed: at the end of the first action in a new policy that denies what is asked. */
const CARET = /"Action"\s*:\s*\[?\s*"[^"]*/;
async function openEditor(page) {
  await page.getByRole("button", { name: /^Write an inline policy for/ }).first().click();
  await page.getByRole("radio", { name: /^denies/ }).check();
  await page.getByRole("button", { name: "Write policy" }).click();
  return page.locator("textarea").first();
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" }, pairs: { type: "string", default: "10" } } });
const { address, stop } = await serve({ dir: "dist", prefix: "/iam-playground/", gzip: true });

// Runs in the page, before anything of its own: the clock is the page's, and it is told of changes
// instead of asking for them.
function watch([any, own]) {
  const look = (selector = own) => {
    const element = document.querySelector(selector);
    return element?.getAttribute("data-verdict") ? `${element.dataset.verdict} ${element.textContent}` : "";
  };
  // Resolves to the time when the verdict was there, and when its frame was painted.
  const change = (from, selector) =>
    new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (look(selector) === from) return;
        observer.disconnect();
        const computed = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done({ computed, painted: performance.now() });
          port2.postMessage(0);
        });
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  window.bench = {
    first: change("", any),
    page: change("", own),
    nextKey() {
      window.bench.key = new Promise((done) => {
        const from = look();
        addEventListener(
          "keydown",
          (event) => change(from).then(({ computed, painted }) => done({ computed: computed - event.timeStamp, painted: painted - event.timeStamp })),
          { capture: true, once: true },
        );
      });
    },
  };
}

// Runs in the page, before anything of its own: notes when a worker is hired, ready, given an order and done with it.
function watchWorkers() {
  const Real = Worker;
  window.heat = [];
  window.Worker = function (address, options) {
    const hired = performance.now();
    const worker = new Real(address, options);
    let given;
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (order) => {
      given = performance.now();
      post(order);
    };
    worker.addEventListener("message", ({ data: [what] }) => {
      if (what === "ready") window.ready = performance.now() - hired;
      if (what === "done") window.heat.push(performance.now() - given);
    });
    return worker;
  };
}

/** Milliseconds of the heat map over all actions: until its worker is ready, the first one, and those after it. */
async function heatMaps(page, runs) {
  const made = (count) => page.waitForFunction((count) => window.heat.length === count, count);
  await page.getByRole("tab", { name: "Tables" }).click();
  await page.getByRole("radio", { name: "Heat map" }).check({ force: true });
  await made(1);
  for (let run = 0; run < runs; run++) {
    await page.getByLabel("Principal", { exact: true }).selectOption(run % 2 ? "user Administrator" : "role MobileAppUser");
    await made(run + 2);
  }
  return page.evaluate(() => ({ ready: window.ready, heat: window.heat }));
}

function within(seconds, what, promise) {
  const timer = new Promise((_, fail) => setTimeout(fail, seconds * 1000, new Error(`No ${what} within ${seconds} s.`)).unref());
  return Promise.race([promise, timer]);
}

async function coldLoad(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(address, { waitUntil: "commit" });
  const first = await within(60, `verdict (${ANY_VERDICT})`, page.evaluate(() => window.bench.first));
  const own = await within(60, `verdict (${VERDICT})`, page.evaluate(() => window.bench.page));
  return { first, own, devtools };
}

// A pair is a letter that changes the verdict and the key that takes it back.
async function keystrokes(page, editor, pairs) {
  await editor.focus();
  await editor.evaluate((area, [source, flags]) => {
    const found = new RegExp(source, flags).exec(area.value);
    if (!found) throw new Error("The first editor holds no action to type at.");
    area.setSelectionRange(found.index + found[0].length, found.index + found[0].length);
  }, [CARET.source, CARET.flags]);
  const times = [];
  for (const key of Array(pairs).fill(["x", "Backspace"]).flat()) {
    await page.evaluate(() => window.bench.nextKey());
    await page.keyboard.press(key);
    times.push(await within(20, "new verdict after a key", page.evaluate(() => window.bench.key)));
  }
  return times;
}

/** Keystrokes about somebody with 200 statements, whose trace is on the screen. */
async function manyStatements(page, pairs) {
  const buffer = Buffer.from(bigWorld({ users: 1, roles: 0, policies: 10, attached: 10, statements: 20 }));
  await page.getByRole("button", { name: /^World .*: save, open, rename$/ }).click();
  await page.getByLabel("Open a file").setInputFiles({ name: "many.json", mimeType: "application/json", buffer });
  await page.getByLabel("Principal", { exact: true }).selectOption("user User0000");
  const editor = await openEditor(page);
  return keystrokes(page, editor, pairs);
}

const loads = [];
const pages = [];
const keys = { [SLOWDOWN]: [], 1: [] };
let heat;
let many;
let version;
try {
  for (let run = 0; run < Number(values.runs); run++) {
    // A new browser each time: nothing compiled or fetched before helps.
    const browser = await chromium.launch(launchOptions());
    version = browser.version();
    const page = await browser.newPage(SCREENS.light);
    await page.addInitScript(watch, [ANY_VERDICT, VERDICT]);
    await page.addInitScript(watchWorkers);
    const { first, own, devtools } = await coldLoad(page);
    loads.push(first);
    pages.push(own);
    if (run === 0) {
      await page.waitForLoadState("networkidle");
      const editor = await openEditor(page);
      for (const rate of [SLOWDOWN, 1]) {
        await devtools.send("Emulation.setCPUThrottlingRate", { rate });
        keys[rate] = await keystrokes(page, editor, Number(values.pairs));
      }
      heat = await heatMaps(page, Number(values.pairs));
      many = await manyStatements(page, Number(values.pairs));
    }
    await browser.close();
  }
} finally {
  await stop();
}

const row = (name, samples) => {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0);
  console.log(`| ${name} | ${sorted.length} | ${at(0)} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
};
const pick = (list, key) => list.map((one) => one[key]);
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model} (${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB), Chromium ${version}`);
console.log(`Cold loads: 10 Mbit/s, 40 ms round trip, CPU slowed ${SLOWDOWN} times, no cache.\n`);
console.log("| milliseconds | runs | least | median | 95 % | most |\n| --- | --: | --: | --: | --: | --: |");
row("start of navigation to first verdict", pick(loads, "computed"));
row("start of navigation to first verdict painted", pick(loads, "painted"));
row("start of navigation to the page with its verdict painted", pick(pages, "painted"));
for (const rate of [SLOWDOWN, 1]) {
  const how = rate === 1 ? "full CPU" : `CPU slowed ${rate} times`;
  row(`key to new verdict, ${how}`, pick(keys[rate], "computed"));
  row(`key to new verdict painted, ${how}`, pick(keys[rate], "painted"));
}
row("the same with 200 statements, full CPU", pick(many, "painted"));
row("worker hired to ready", [heat.ready]);
row("heat map over all actions in a new worker, order to done", heat.heat.slice(0, 1));
row("the same in a worker that made one before", heat.heat.slice(1));
