// End-to-end tests of the built site, with the system's Chromium, on every screen.
import { defineConfig } from "@playwright/test";
import { launchOptions, SCREENS } from "../../.dev/browser.mjs";

// The engine for JavaScript shows nothing: one screen is enough. The journeys take long and the dark differs from the light
// in its colours alone, which the other tests look at.
const DOOR = "**/door.spec.mjs";
const JOURNEYS = ["access-keys", "billing", "builder", "callers", "checks", "create-user", "details", "graph", "learn", "palette", "primer", "root"];
const LEFT_OUT = { dark: [DOOR, ...JOURNEYS.map((name) => `**/${name}.spec.mjs`)], narrow: [DOOR] };

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/e2e",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: "list",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    launchOptions: launchOptions(),
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: Object.entries(SCREENS).map(([name, use]) => ({ name, use, testIgnore: LEFT_OUT[name] ?? [] })),
});
