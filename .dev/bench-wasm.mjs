// How fast the engine decides as wasm in Chromium. A Markdown table on standard output.
//   node .dev/bench-wasm.mjs --module target/bench-wasm/module/bench.js [--rounds 7]
import { readdirSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { launchOptions } from "./browser.mjs";
import { serve } from "./serve.mjs";

/** Milliseconds of the warm-up, and at least of every round. */
const ROUND = 1_000;

const second = { unit: "a second", of: (each) => 1_000 / each, meets: (value, target) => value >= target };
const ms = { unit: "ms", of: (each) => each, meets: (value, target) => value <= target };
const ROWS = [
  { what: "decide_small", name: "decisions: one small policy", in: second, target: 1_000_000 },
  { what: "decide_large", name: "decisions: ten managed policies, boundary, SCPs, bucket policy", in: second },
  { what: "trace_large", name: "the same with the whole trace", in: ms },
  { what: "who_can", name: "who can: 1,000 roles with five managed policies each", in: ms, target: 150 },
  { what: "what_can", name: "what can: one principal, all actions", in: ms, target: 60 },
  { what: "compile", name: "parsing and compiling ReadOnlyAccess", in: ms, target: 3 },
  { what: "flow", name: "the slowest flow, variant and fault, played for the first time", in: ms, target: 5 },
];

const { values } = parseArgs({ options: { module: { type: "string" }, rounds: { type: "string", default: "7" } } });
const shards = readdirSync("static/data/managed").filter((name) => /^\d+\.txt$/.test(name)).sort();

// Runs in the page. Resolves to the milliseconds that each thing takes once, a list of rounds for each.
async function measure({ module, shards, whats, rounds, least }) {
  const { default: init, Bench } = await import(module);
  await init();
  const text = async (name) => (await fetch(`/static/data/${name}`)).text();
  const bench = new Bench(await Promise.all(shards.map((name) => text(`managed/${name}`))), await text("actions.txt"));
  const flows = bench.flows;
  let slowest = 0;
  const run = (what, times) => {
    const from = performance.now();
    if (what === "flow") bench.flow(slowest, times);
    else bench[what](times);
    return performance.now() - from;
  };
  const each = () => flows.map((_, at) => {
    const from = performance.now();
    bench.flow(at, 20);
    return performance.now() - from;
  });
  // Once for the browser to compile it well.
  each();
  const played = each();
  slowest = played.indexOf(Math.max(...played));
  const found = {};
  for (const what of whats) {
    // Many short calls: code that is called again is what the browser compiles anew, and better.
    let times = 1;
    for (const until = performance.now() + least; performance.now() < until; ) {
      if (run(what, times) < least / 50) times *= 2;
    }
    times = Math.ceil((1.1 * least * times) / run(what, times));
    found[what] = Array.from({ length: rounds }, () => run(what, times) / times);
  }
  return { found, actions: bench.actions, slowest: `${flows[slowest]}, of ${flows.length}` };
}

const { address, stop } = await serve({ dir: "." });
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage();
  // Any document of this address will do.
  await page.goto(`${address}static/data/manifest.json`);
  const whats = ROWS.map(({ what }) => what);
  const before = loadavg()[0];
  const { found, actions, slowest } = await page.evaluate(measure, {
    module: `/${values.module}`,
    shards,
    whats,
    rounds: Number(values.rounds),
    least: ROUND,
  });
  const load = `load ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`;
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model} (${cpus().length} cores, ${load}), Chromium ${browser.version()}`);
  console.log(`Median (best to worst) of ${values.rounds} rounds of a second; ${actions.toLocaleString("en")} actions.\n`);
  console.log("| what | figure | best to worst | target | met |\n| --- | --: | --: | --: | --- |");
  for (const { what, name, in: unit, target } of ROWS) {
    const sorted = found[what].sort((a, b) => a - b).map(unit.of);
    const middle = sorted[sorted.length >> 1];
    const told = (value) => value.toLocaleString("en", { maximumSignificantDigits: 3 });
    const goal = target ? `${told(target)} ${unit.unit} | ${unit.meets(middle, target) ? "yes" : "NO"}` : " | ";
    const which = what === "flow" ? `${name} (${slowest})` : name;
    console.log(`| ${which} | ${told(middle)} ${unit.unit} | ${told(sorted[0])} to ${told(sorted.at(-1))} | ${goal} |`);
  }
} finally {
  await browser.close();
  await stop();
}
