// End-to-end tests of the built site, with the system's Chromium, on every screen.
import { defineConfig } from "@playwright/test";
import { launchOptions, SCREENS } from "../../.dev/browser.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/e2e",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A busy machine may be slow once; what needs its second try is reported as flaky.
  retries: 1,
  reporter: "list",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    launchOptions: launchOptions(),
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  // The engine for JavaScript shows nothing: one screen is enough, as for whatever is the same on every screen or in every
  // colour. Dragging is an extra for a pointer.
  projects: Object.entries(SCREENS).map(([name, use], at) => ({
    name,
    use,
    testIgnore: at === 0 ? [] : "door.spec.mjs",
    grepInvert: { light: [], dark: [/@any-screen/, /@any-colour/], narrow: [/@any-screen/, /@pointer/] }[name],
  })),
});
