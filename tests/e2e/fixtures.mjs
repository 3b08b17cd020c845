// What every end-to-end test starts from: `dist` served below the path it has on GitHub Pages, and
// a watch over the page. Import `test`, `expect` and `axe` from here.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { ANY_VERDICT, VERDICT } from "../../.dev/browser.mjs";
import { serve } from "../../.dev/serve.mjs";

export { ANY_VERDICT, expect, VERDICT };

export const test = base.extend({
  site: [
    async ({}, use) => {
      const { address, stop } = await serve({ dir: "dist", prefix: "/iam-playground/", gzip: true });
      await use(address);
      await stop();
    },
    { scope: "worker" },
  ],

  // `page.goto("./")` is the start page.
  baseURL: ({ site }, use) => use(site),

  // A test passes only if its page met no error and asked nobody else for anything. A test that
  // provokes an error takes it out of this list.
  troubles: [
    async ({ context, site }, use) => {
      const troubles = [];
      const host = new URL(site).host;
      context.on("console", (message) => {
        if (message.type() === "error") troubles.push(`console: ${message.text()}`);
      });
      context.on("weberror", (error) => troubles.push(`error: ${error.error()}`));
      context.on("request", (request) => {
        const url = new URL(request.url());
        if (/^(https?|wss?):$/.test(url.protocol) && url.host !== host) troubles.push(`asked elsewhere: ${url}`);
      });
      context.on("response", (response) => {
        if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
      });
      await use(troubles);
      expect(troubles, "the page met no error").toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens an address of the site and waits until the page itself answers. */
export async function open(page, address = "./") {
  await page.goto(address);
  await expect(page.locator(VERDICT).first()).toBeVisible();
}

/** No violation that axe knows, on the page as it is now. */
export async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((n) => `  ${n.target.join(" ")}: ${n.failureSummary}`).join("\n")}`);
  expect(found, "axe finds nothing").toEqual([]);
}

/** Nothing makes the page itself scroll sideways. */
export async function fitsWidth(page) {
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content, "the content is no wider than the screen").toBeLessThanOrEqual(screen);
}
