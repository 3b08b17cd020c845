// The way to the federation flows and back: they are a second wasm, which comes when somebody opens them.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { action, answer, press, run } from "./workbench.mjs";
import { ACCOUNT, account, openWorld, question, save, user } from "./worlds.mjs";

const heading = (page) => page.getByRole("heading", { level: 1, name: "Federation flows" });
const link = (page) => page.getByRole("link", { name: "Flows", exact: true });
const back = (page) => page.getByRole("link", { name: "Back to the workbench" });
const TITLE = /^Federation flows · IAM Playground$/;

/** In place of the player: one that only remembers what it was given last, as `window.given`. */
const pretend = (page) =>
  page.route("**/flows/player.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `export default async () => {};
        export const open = (root, save, address, host) => {
          root.innerHTML = "<main><h1 tabindex='-1'>Federation flows</h1></main>";
          window.given = { world: JSON.parse(save).world.name, question: JSON.parse(save).question, address, host };
        };`,
    }),
  );

const given = (page, name) => page.evaluate((name) => window.given?.[name], name);

test("the flows open from the bar with the world as it is, and the way back leads to the link", async ({ page }) => {
  await open(page);
  const title = await page.title();
  await link(page).click();
  await expect(heading(page)).toBeFocused();
  await expect(page).toHaveTitle(TITLE);
  await expect(page).toHaveURL(/#\/flows$/);
  await expect(page.getByText("World: Primer")).toBeVisible();
  await expect(page.locator("#app")).toBeHidden();
  await axe(page);
  await fitsWidth(page);
  await back(page).click();
  await expect(link(page)).toBeFocused();
  await expect(page).toHaveTitle(title);
  await expect(page.locator("#flows")).toBeHidden();
  await answer(page, "allowed");
});

test("a change of the world and another world are there when the flows are opened again", async ({ page }) => {
  await openWorld(page, "Before", [account(ACCOUNT, { users: [user("ann")] })]);
  await action(page).fill("sqs:SendMessage");
  await link(page).click();
  await expect(page.getByText("World: Before")).toBeVisible();
  await page.goBack();
  await expect(action(page), "the page is as it was left").toHaveValue("sqs:SendMessage");
  await page.getByRole("button", { name: "World Before: save, open, rename" }).click();
  await page.getByLabel("Name of this world").fill("After");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goForward();
  await expect(page.getByText("World: After")).toBeVisible();
  await expect(heading(page)).toBeFocused();
});

test("an address of the flows opens them, and the page is behind them", async ({ page }) => {
  await page.goto("./#/flows/web-identity?step=3");
  await expect(page.getByRole("heading", { level: 1, name: "Web identity federation" })).toBeFocused();
  await expect(page).toHaveTitle("Web identity federation · IAM Playground");
  await back(page).click();
  await answer(page, "allowed");
  await expect(page).toHaveTitle(/^IAM Playground/);
});

test("an address that only begins alike is the page's", async ({ page }) => {
  await open(page, "./#/flowsheet");
  await expect(page.locator("#flows")).toBeHidden();
});

for (const file of ["player.js", "player_bg.wasm", "player.css"]) {
  test(`without ${file} it is said what is missing, and the next try may succeed`, async ({ page, troubles }) => {
    await open(page);
    await page.route(`**/flows/${file}*`, (route) => route.abort());
    await link(page).click();
    await expect(heading(page)).toBeFocused();
    const alert = page.locator("#flows").getByRole("alert");
    await expect(alert).toContainText(`The flows did not load.`);
    await expect(alert).toContainText(`flows/${file}`);
    await axe(page);
    await fitsWidth(page);
    await press(page, "Try again");
    await expect(alert).toContainText(`flows/${file}`);
    await back(page).click();
    await answer(page, "allowed");
    await page.unroute(`**/flows/${file}*`);
    await link(page).click();
    await expect(page.getByText("World: Primer")).toBeVisible();
    await expect(heading(page)).toBeFocused();
    troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !/ERR_FAILED/.test(trouble)));
  });
}

test("while they are on their way that is said, and who has gone back is not called", async ({ page }) => {
  let deliver;
  const held = new Promise((done) => { deliver = done; });
  await page.route("**/flows/player_bg.wasm", (route) => held.then(() => route.continue()));
  await open(page);
  await link(page).click();
  await expect(page.getByText("The flows are on their way.")).toBeVisible();
  await axe(page);
  await back(page).click();
  await expect(link(page)).toBeFocused();
  const came = page.waitForResponse("**/flows/player_bg.wasm");
  deliver();
  await came;
  await expect(page.locator("#app")).toBeVisible();
  await link(page).click();
  await expect(page.getByText("World: Primer")).toBeVisible();
});

test("the keys of the page rest while the flows are shown @any-screen", async ({ page }) => {
  await open(page);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
  await run(page, "Federation flows");
  await expect(heading(page)).toBeFocused();
  for (const key of ["Control+k", "Control+z", "?", "Control+s"]) await page.keyboard.press(key);
  await back(page).click();
  await expect(link(page)).toBeFocused();
  await expect(page.getByRole("dialog")).toBeHidden();
  await answer(page, "implicitly-denied");
});

test("the page takes a world from the flows as one step, and tells them @any-screen", async ({ page }) => {
  await pretend(page);
  await open(page);
  await link(page).click();
  await expect.poll(() => given(page, "world")).toBe("Primer");
  expect(await given(page, "question"), "with what is asked").toMatchObject({ action: "s3:ListAllMyBuckets", principal: ["user", "Administrator"] });
  const next = save("Primer and more", [account(ACCOUNT, { users: [user("ann")] })]);
  expect(await page.evaluate((next) => window.given.host.take(next, "Trust another provider"), next)).toBeUndefined();
  await expect.poll(() => given(page, "world")).toBe("Primer and more");
  await page.evaluate(() => (location.hash = "#/"));
  await press(page, "Undo: Trust another provider");
  await expect(page.getByRole("button", { name: /^World Primer: / })).toBeVisible();
  await answer(page, "allowed");
});

test("in learn mode the page takes no world from the flows, and says so to them @any-screen", async ({ page }) => {
  await pretend(page);
  await open(page);
  await press(page, "Learn mode");
  await link(page).click();
  await expect.poll(() => given(page, "world")).toBe("Primer");
  const next = save("Primer and more", [account(ACCOUNT)]);
  const refusal = await page.evaluate((next) => window.given.host.take(next, "Trust another provider"), next);
  expect(refusal).toContain("Switch learn mode off in the workbench");
  await page.evaluate(() => (location.hash = "#/"));
  await expect(page.getByRole("button", { name: /^World Primer: / })).toBeVisible();
  await expect(page.getByRole("alert"), "it was read in the flows").toHaveCount(0);
});

test("a question from the flows is asked in the workbench, where its account is there @any-screen", async ({ page }) => {
  await pretend(page);
  await open(page);
  await link(page).click();
  await expect.poll(() => given(page, "world")).toBe("Primer");
  const about = (id) => save("Any", [account(id)], { question: question(["root"], "s3:GetObject", "arn:aws:s3:::photos/cat.jpg", { account: id }) });
  const ask = (save) => page.evaluate((save) => window.given.host.ask(save), save);
  expect(await ask(about("999988887777"))).toContain("its account is not in the world of the workbench");
  await expect(heading(page)).toBeVisible();
  expect(await ask(about(ACCOUNT))).toBeUndefined();
  await expect(page.locator("#question-title")).toBeFocused();
  await expect(action(page)).toHaveValue("s3:GetObject");
  await expect(page.getByRole("button", { name: "Undo: Ask about s3:GetObject" })).toBeVisible();
});

test("the flows put another address in the place of theirs without a step back @any-screen", async ({ page }) => {
  await pretend(page);
  await open(page);
  await link(page).click();
  await expect.poll(() => given(page, "address")).toBe("/flows");
  await page.evaluate(() => window.given.host.go("/flows/saml?step=2"));
  expect(await page.evaluate(() => location.hash)).toBe("#/flows/saml?step=2");
  await page.goBack();
  await expect(page.locator("#app")).toBeVisible();
});
