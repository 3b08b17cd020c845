// How a large world feels in Chromium: opening it, changing it, scrolling through it. A Markdown table.
import { chromium } from "@playwright/test";
import { bigWorld } from "./big-world.mjs";
import { launchOptions, SCREENS, VERDICT } from "./browser.mjs";
import { serve } from "./serve.mjs";

const EDITS = 10;
const { address, stop } = await serve({ dir: "dist", prefix: "/iam-playground/", gzip: true });
const browser = await chromium.launch(launchOptions());

/** Milliseconds from `act` until the element of `selector` reads as `wanted`, in the page's own time. */
const until = (page, selector, wanted, act) =>
  page.evaluate(
    async ([selector, wanted, act]) => {
      const element = () => document.querySelector(selector);
      const began = performance.now();
      const there = new Promise((done, fail) => {
        setTimeout(() => fail(new Error(`${selector} does not read ${wanted}: ${document.querySelector(".kept")?.textContent}`)), 20_000);
        const look = () => {
          if (!new RegExp(wanted).test(element()?.textContent ?? "")) return;
          observer.disconnect();
          done(performance.now() - began);
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      });
      if (act.press) [...document.querySelectorAll("button")].find((button) => (button.ariaLabel ?? button.textContent) === act.press).click();
      if (act.open) {
        const files = new DataTransfer();
        files.items.add(new File([act.open], "big.json", { type: "application/json" }));
        const input = document.querySelector("#worlds-file");
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      return there;
    },
    [selector, wanted, act],
  );

const row = (name, values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0);
  console.log(`| ${name} | ${sorted.length} | ${at(0)} | ${at(0.5)} | ${at(1)} |`);
};

try {
  const page = await browser.newPage(SCREENS.light);
  await page.goto(address);
  await page.waitForSelector(VERDICT);
  const text = bigWorld();
  await page.getByRole("button", { name: /^World .*: save, open, rename/ }).click();
  const opened = await until(page, ".top-bar", "Big world", { open: text });
  await page.keyboard.press("Escape");
  await page.getByText("Saved in this browser").first().waitFor();
  await page.getByLabel("Principal", { exact: true }).selectOption("user User0000");

  const edits = [];
  for (let at = 0; at < EDITS; at++) {
    const [press, label] = at % 2 === 0 ? ["Remove User0000 from Group0000", "Undo: Remove User0000 from Group0000"] : ["Add User0000 to Group0000", "Undo: Add User0000 to Group0000"];
    edits.push(await until(page, ".pane--world", label, { press }));
    await page.waitForTimeout(300);
  }

  // Every frame while the list goes by; the wheel turns as fast as a hand can.
  const pane = await page.locator(".pane--world").boundingBox();
  await page.getByRole("button", { name: "Show more" }).first().click();
  await page.mouse.move(pane.x + 40, pane.y + 200);
  await page.evaluate(() => {
    window.frames = [];
    let last = performance.now();
    const frame = (now) => {
      window.frames.push(now - last);
      last = now;
      window.scrolling = requestAnimationFrame(frame);
    };
    window.scrolling = requestAnimationFrame(frame);
  });
  for (let at = 0; at < 60; at++) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(16);
  }
  const frames = (await page.evaluate(() => (cancelAnimationFrame(window.scrolling), window.frames))).slice(2);

  const reloads = [];
  for (let run = 0; run < 3; run++) {
    await page.addInitScript((selector) => {
      window.ready = new Promise((done) => {
        const look = () => document.querySelector(selector) && /Big world/.test(document.querySelector(".top-bar")?.textContent ?? "") && done(performance.now());
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
      });
    }, VERDICT);
    await page.reload();
    reloads.push(await page.evaluate(() => window.ready));
  }

  console.log(`\nA world of 1,000 users, 300 roles and 1,500 policies (${(text.length / 1e6).toFixed(1)} MB), Chromium ${browser.version()}.\n`);
  console.log("| milliseconds | runs | least | median | most |\n| --- | --: | --: | --: | --: |");
  row("from choosing the file to its verdict", [opened]);
  row("from the start of a reload to its verdict", reloads);
  row("from a change to the new verdict", edits);
  row("a frame while its lists are scrolled", frames);
} finally {
  await browser.close();
  await stop();
}
