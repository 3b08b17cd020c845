// What a failure looks like: never a white page, always the next step.
import { axe, expect, fitsWidth, open, test, VERDICT } from "./fixtures.mjs";
import { action, answer, press } from "./workbench.mjs";

/** Takes the errors that a test provokes out of those that fail it. */
const expected = (troubles, pattern) => {
  expect(troubles.some((trouble) => pattern.test(trouble)), `one of ${troubles} is ${pattern}`).toBe(true);
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !pattern.test(trouble)));
};

test("a list that does not load says so, and loading it again answers", async ({ page, troubles }) => {
  await page.route("**/managed/index.txt", (route) => route.abort());
  await page.goto("./");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("There is no answer yet: the list of AWS managed policies did not load.");
  await axe(page);
  await fitsWidth(page);
  await page.unroute("**/managed/index.txt");
  await press(page, "Load it again");
  await answer(page, "allowed");
  expected(troubles, /ERR_FAILED/);
});

test("a policy whose text the server does not have is named with the server's answer", async ({ page, troubles }) => {
  await page.route("**/managed/00.txt", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The server answered 503 for data/managed/00.txt.");
  await page.unroute("**/managed/00.txt");
  await press(page, "Load it again");
  await answer(page, "allowed");
  expected(troubles, /503/);
});

test("a file in another form is a failure and not an answer", async ({ page }) => {
  await page.route("**/managed/index.txt", (route) => route.fulfill({ body: "<!doctype html><title>Sign in</title>" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("data/managed/index.txt arrived, but is not in the expected form: line 1");
});

test("a policy that does not load can be tried again in its dialog", async ({ page, troubles }) => {
  await open(page);
  await page.route(/managed\/(?!00)\d\d\.txt/, (route) => route.abort());
  await press(page, "Attach a policy to TableMaker");
  await page.getByLabel("Search policies by name").fill("ReadOnlyAccess");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("It did not load.");
  await page.unroute(/managed\/(?!00)\d\d\.txt/);
  await press(page, "Load it again");
  await expect(page.getByRole("dialog")).toBeHidden();
  expected(troubles, /ERR_FAILED/);
});

test("without the list of actions questions are answered all the same", async ({ page, troubles }) => {
  await page.route("**/actions.txt", (route) => route.abort());
  await open(page);
  await action(page).fill("s3:GetObject");
  await answer(page, "allowed");
  await expect(page.getByText("The list of AWS actions did not load, so names are not completed.")).toBeVisible();
  await page.unroute("**/actions.txt");
  await page.keyboard.press("Escape");
  await press(page, "Load the list again");
  await expect(page.getByText("The list of AWS actions did not load")).toBeHidden();
  expected(troubles, /ERR_FAILED/);
});

test("a browser without WebAssembly is told so", async ({ page, troubles }) => {
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto("./");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("This browser does not run WebAssembly");
  await expect(alert).toContainText("Use a current Firefox, Chrome, Edge or Safari.");
  await expect(page.getByText("The engine is on its way.")).toBeHidden();
  await axe(page);
  await fitsWidth(page);
  expected(troubles, /WebAssembly/);
});

test("an engine that does not load says so, and the page can be loaded again", async ({ page, troubles }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("Check the connection, then load the page again.");
  await axe(page);
  await page.unroute("**/*.wasm");
  await page.getByRole("link", { name: "Load the page again" }).click();
  await expect(page.locator(VERDICT)).toBeVisible();
  expected(troubles, /ERR_FAILED|fetch|wasm/i);
});

test("a script that does not load says so", async ({ page, troubles }) => {
  await page.route("**/iam-playground-*.js", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The engine did not load.");
  expected(troubles, /ERR_FAILED|dynamically imported/);
});

test("a damaged engine says so", async ({ page, troubles }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body: "not wasm" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The engine did not load.");
  expected(troubles, /integrity|wasm|magic/i);
});

test("without JavaScript the page says what it needs", async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site);
  // Text inside noscript is not found by text.
  await expect(page.locator("noscript strong")).toBeVisible();
  await expect(page.locator("#start-loading")).toBeHidden();
  await context.close();
});

test("a crash of the page is shown with its text and a way on", async ({ page, troubles }) => {
  await open(page);
  await expect(page.getByText(/^Data /), "the last file is here").toBeVisible();
  await expect(page.getByRole("button", { name: /^Checks: \d/ }), "the checks are made").toBeVisible();
  await expect(page.getByRole("region", { name: "What the answer hangs on" }), "nothing more is drawn by itself").toBeVisible();
  // What a careless extension does to a page.
  await page.evaluate(() => {
    Node.prototype.insertBefore = () => {
      throw new Error("broken by an extension");
    };
  });
  await press(page, "What is modelled");
  const crash = page.getByRole("alertdialog", { name: "The playground has stopped." });
  await expect(crash).toBeVisible();
  await expect(crash).toBeFocused();
  await crash.getByText("What went wrong").click();
  await expect(crash.getByRole("region", { name: "Error text" })).toContainText("panicked");
  await axe(page);
  await crash.getByRole("link", { name: "Load the page again" }).click();
  await expect(page.locator(VERDICT)).toBeVisible();
  expected(troubles, /panicked|unreachable|broken by an extension/);
});
