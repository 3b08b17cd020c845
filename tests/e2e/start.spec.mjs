// The start page, on every screen, whatever it shows.
import { relative } from "node:path/posix";
import { firstLoad } from "../../.dev/size.mjs";
import { ANY_VERDICT, axe, expect, fitsWidth, open, test, VERDICT } from "./fixtures.mjs";

test("a verdict is there without any action", async ({ page }) => {
  await open(page);
  await expect(page).toHaveTitle(/\S/);
  await expect(page.locator(VERDICT).first()).not.toHaveAttribute("data-verdict", "");
});

test("the first verdict is there before the page, and the page says the same", async ({ page }) => {
  let deliver;
  const held = new Promise((done) => { deliver = done; });
  await page.route("**/iam-playground-*.js", (route) => held.then(() => route.continue()));
  await page.goto("./");
  const first = page.locator(ANY_VERDICT);
  await expect(first).toHaveAttribute("data-verdict", "allowed");
  const sentence = await first.locator(".verdict__sentence").textContent();
  expect(sentence).toContain("AdministratorAccess");
  await axe(page);
  await fitsWidth(page);
  deliver();
  await expect(page.locator(VERDICT).locator(".verdict__sentence")).toHaveText(sentence);
});

test("without the small engine of the first verdict the page answers all the same", async ({ page, troubles }) => {
  await page.route("**/start/start_bg.wasm", (route) => route.abort());
  await open(page);
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !/ERR_FAILED/.test(trouble)));
});

test("the start page is accessible", async ({ page }) => {
  await open(page);
  await axe(page);
});

test("the start page fits the width of the screen", async ({ page }) => {
  await open(page);
  await fitsWidth(page);
});

test("from 1,200 px on the bar is one row, whoever has signed in @any-screen", async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 800 });
  await open(page);
  await page.getByRole("button", { name: "Act as user Administrator" }).click();
  await fitsWidth(page);
  const tops = await page.locator(".top-bar__inner > *").evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2));
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(2);
  const [world, who] = await Promise.all([page.getByRole("button", { name: /^World Primer/ }), page.locator("#signed-in")].map((part) => part.boundingBox()));
  expect(world.x + world.width, "nothing lies over the name of the world").toBeLessThanOrEqual(who.x);
  await expect(page.getByRole("button", { name: "Search or add…" })).toBeVisible();
});

test("the size limit covers all that the first verdict needs", async ({ page, site }) => {
  // What had arrived when the verdict came: noted in the page, at that moment.
  await page.addInitScript((selector) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      window.arrived = performance.getEntriesByType("resource").map(({ name }) => name);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  }, ANY_VERDICT);
  await open(page);
  const arrived = await page.evaluate(() => window.arrived);
  const names = arrived.map((address) => relative(new URL(site).pathname, new URL(address).pathname));
  expect(names.some((name) => name.endsWith(".wasm"))).toBe(true);
  // No verdict waits for an icon.
  const counted = firstLoad("dist");
  expect(names.filter((name) => !counted.includes(name) && !/\.(svg|png|ico)$/.test(name))).toEqual([]);
});
