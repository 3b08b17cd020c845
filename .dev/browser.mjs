// The system's Chromium, how it is started, and the screens that the site is looked at on.
// Run as a program, prints the path of the browser.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser named in the variable CHROMIUM, else the first one on PATH. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(`No Chromium: none of ${NAMES.join(", ")} is on PATH, and CHROMIUM names none.`);
}

/** Options for Playwright's `launch`. Nothing but the page itself uses the network. */
export const launchOptions = () => ({
  executablePath: findChromium(),
  args: [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** Options for Playwright's browser contexts, by name. */
export const SCREENS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 740 }, hasTouch: true },
};

/** What a computed verdict is marked with, the one that is there before the page included. */
export const ANY_VERDICT = "[data-verdict]";
/** The verdict of the page itself; verdicts that stand beside it, such as those of pins, are not the answer. */
export const VERDICT = "section[data-verdict]:not(.verdict--first)";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
