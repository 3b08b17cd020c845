// How the federation flows feel in Chromium: one step of every flow shown anew, and every flow played again with another
// value. A Markdown table.
import { chromium } from "@playwright/test";
import { launchOptions, SCREENS } from "./browser.mjs";
import { serve } from "./serve.mjs";

const { address, stop } = await serve({ dir: "dist", prefix: "/iam-playground/", gzip: true });
const browser = await chromium.launch(launchOptions());

/**
 * In the page: milliseconds of every step of a scrub to the end and back, and of every edit of a value, each from the event
 * until the page has its new layout. Yew renders in microtasks after the event.
 */
async function measure() {
  const settled = () => new Promise((done) => setTimeout(done));
  const timed = async (work) => {
    const began = performance.now();
    work();
    await Promise.resolve().then(() => {});
    for (let turns = 0; turns < 20; turns++) await Promise.resolve();
    document.body.getBoundingClientRect();
    const took = performance.now() - began;
    await settled();
    return took;
  };
  const slider = document.querySelector(".controls__range");
  const to = (value) => () => {
    slider.value = String(value);
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const steps = [];
  const count = Number(slider.max);
  for (let pass = 0; pass < 3; pass++) {
    for (let at = 1; at <= count; at++) steps.push(await timed(to(at)));
    for (let at = count - 1; at >= 0; at--) steps.push(await timed(to(at)));
  }
  const edits = [];
  for (let at = 1; at <= count && edits.length < 10; at++) {
    to(at)();
    await settled();
    const field = document.querySelector(".values input.field");
    if (!field) continue;
    for (const more of ["1", ""]) {
      const text = field.value;
      edits.push(
        await timed(() => {
          field.value = more ? text + more : text.slice(0, -1);
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }),
      );
    }
  }
  return { count, steps, edits };
}

const all = { steps: [], edits: [] };
try {
  const page = await browser.newPage({ ...SCREENS.light, reducedMotion: "reduce" });
  await page.goto(`${address}#/flows`);
  await page.locator(".gallery__title a").first().waitFor();
  const flows = await page.locator(".gallery__title a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const flow of flows) {
    await page.goto("about:blank");
    await page.goto(`${address}${flow}`);
    await page.locator(".controls__range").waitFor();
    // Keys and signatures are made once, beside the page.
    await page.waitForTimeout(2_000);
    const { count, steps, edits } = await page.evaluate(measure);
    all.steps.push(...steps.map((took) => ({ took, flow, count })));
    all.edits.push(...edits.map((took) => ({ took, flow, count })));
  }
} finally {
  await browser.close();
  await stop();
}

console.log("| what | median ms | 95 of 100 ms | slowest ms | of |\n|---|---|---|---|---|");
for (const [what, found] of [["a step shown, all flows", all.steps], ["a value changed: flow played again and shown", all.edits]]) {
  found.sort((a, b) => a.took - b.took);
  const [middle, most, last] = [found[found.length >> 1], found[Math.floor(found.length * 0.95)], found.at(-1)];
  console.log(`| ${what} | ${middle.took.toFixed(1)} | ${most.took.toFixed(1)} | ${last.took.toFixed(1)} (${last.flow}, ${last.count} steps) | ${found.length} |`);
}
