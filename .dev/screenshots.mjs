// The pictures that the README shows: the start page on every screen, with its first verdict.
import { chromium } from "@playwright/test";
import { launchOptions, SCREENS, VERDICT } from "./browser.mjs";
import { serve } from "./serve.mjs";

const FOLDER = ".github/screenshots";

const { address, stop } = await serve({ dir: "dist", prefix: "/iam-playground/" });
const browser = await chromium.launch(launchOptions());
try {
  for (const [name, screen] of Object.entries(SCREENS)) {
    const page = await browser.newPage({ ...screen, reducedMotion: "reduce" });
    await page.goto(address);
    await page.locator(VERDICT).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled", caret: "hide" });
    await page.close();
    console.log(`${FOLDER}/${name}.png`);
  }
} finally {
  await browser.close();
  await stop();
}
