// Changing the world: groups, managed policies, inline policies, undo.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, colour, press, sentence } from "./workbench.mjs";

test("a user who leaves the group is denied because nobody said yes, and that is not red", async ({ page }) => {
  await open(page);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
  const [red, green, blue] = (await colour(page)).match(/[\d.]+/g).map(Number);
  expect(blue, "more blue than red").toBeGreaterThan(red);
  expect(Math.abs(red - green), "hardly any hue between red and green").toBeLessThan(24);
  await expect(page.getByText("AWS would say")).toBeVisible();
  await page.getByRole("button", { name: "Undo: Remove Administrator from Administrators" }).click();
  await answer(page, "allowed");
});

test("an explicit deny looks and reads otherwise than an implicit one", async ({ page }) => {
  await open(page);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
  const implicit = await colour(page);
  await press(page, "Write an inline policy for Administrator");
  await page.getByLabel("denies s3:ListAllMyBuckets").check();
  await press(page, "Write policy");
  await answer(page, "explicitly-denied");
  await expect(sentence(page)).toHaveText("Explicitly denied, by InlinePolicy.");
  expect(await colour(page)).not.toBe(implicit);
});

test("ReadOnlyAccess is attached by keyboard alone, and allows", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await answer(page, "implicitly-denied");
  const attach = page.getByRole("button", { name: "Attach a policy to TableMaker" });
  for (let presses = 0; presses < 80 && !(await attach.evaluate((button) => button === document.activeElement)); presses++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Search policies by name")).toBeFocused();
  await page.keyboard.type("readonlyaccess");
  await expect(page.getByRole("option", { name: /^ReadOnlyAccess/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await answer(page, "allowed");
  await expect(sentence(page)).toContainText("ReadOnlyAccess");
  await expect(attach).toBeFocused();
});

test("the deciding entry of a long policy is in sight", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await press(page, "Attach a policy to TableMaker");
  await page.getByLabel("Search policies by name").fill("ReadOnlyAccess");
  await page.getByRole("option", { name: /^ReadOnlyAccess/ }).click();
  const json = page.getByRole("region", { name: "JSON of ReadOnlyAccess" });
  const entry = json.getByText('"s3:List*"', { exact: true });
  await json.scrollIntoViewIfNeeded();
  await expect(entry).toBeInViewport();
});

test("all policies are searched, filtered by job function, and drawn a page at a time", async ({ page }) => {
  await open(page);
  await press(page, "Attach a policy to TableMaker");
  await expect(page.getByText("1,216 policies")).toBeVisible();
  const options = page.getByRole("listbox", { name: "AWS managed policies" }).getByRole("option");
  await expect(options).toHaveCount(50);
  await page.getByRole("button", { name: "Show 50 more" }).click();
  await expect(options).toHaveCount(100);
  await page.getByLabel("Job function").check();
  await expect(page.getByText("19 of 1,216 policies")).toBeVisible();
  await page.getByLabel("Search policies by name").fill("no such policy");
  await expect(page.getByText("0 of 1,216 policies")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("an eleventh policy is refused in the words of AWS", async ({ page }) => {
  await open(page);
  const attach = async (name) => {
    await press(page, "Attach a policy to TableMaker");
    await page.getByLabel("Search policies by name").fill(name);
    await page.getByRole("option", { name: new RegExp(`^${name} `) }).click();
  };
  const first = ["AdministratorAccess", "AlexaForBusinessFullAccess", "AmazonAPIGatewayAdministrator", "AmazonAppFlowFullAccess", "AmazonAppStreamFullAccess"];
  const then = ["AmazonAthenaFullAccess", "AmazonAugmentedAIFullAccess", "AmazonBedrockFullAccess", "AmazonBraketFullAccess", "AmazonChimeFullAccess"];
  for (const name of [...first, ...then]) {
    await attach(name);
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await attach("ReadOnlyAccess");
  await expect(page.getByRole("alert")).toContainText("LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10");
});

test("text that is not JSON has one place, keeps the last answer, and is never lost", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await press(page, "Edit CreateTables");
  const text = page.getByLabel("JSON of CreateTables");
  const broken = (await text.inputValue()).replace('"Allow",', '"Allow"').replace("dynamodb:CreateTable", "s3:*");
  await text.fill(broken);
  await expect(page.getByText("The last good version keeps answering.")).toBeVisible();
  await answer(page, "implicitly-denied");
  await page.getByRole("button", { name: "Go to line 6, column 24" }).click();
  await expect(text).toBeFocused();
  await page.getByLabel("Principal", { exact: true }).selectOption("root user");
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await press(page, "Continue editing CreateTables");
  await expect(text).toHaveValue(broken);
  await text.fill(broken.replace('"Allow"', '"Allow",').replace('"arn:aws:dynamodb:*:123456789012:table/*"', '"*"'));
  await answer(page, "allowed");
});

test("a policy that does not apply is shown as such", async ({ page }) => {
  await open(page);
  await press(page, "Show CreateTables of TableMaker");
  await expect(page.getByText("inline in user TableMaker; does not apply")).toBeVisible();
  await answer(page, "allowed");
});

test("deleting a policy answers anew and leaves the focus beside it", async ({ page }) => {
  await open(page);
  await press(page, "Detach AdministratorAccess from Administrators");
  await answer(page, "implicitly-denied");
  await expect(page.getByRole("button", { name: "Attach a policy to Administrators" })).toBeFocused();
});

test("every dialog, the editor and a denial are accessible and fit the screen", async ({ page }) => {
  await open(page);
  for (const opener of ["What is modelled", "Attach a policy to TableMaker", "Write an inline policy for TableMaker"]) {
    await press(page, opener);
    await expect(page.getByRole("dialog")).toBeVisible();
    await axe(page);
    await fitsWidth(page);
    await press(page, "Close");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("button", { name: opener })).toBeFocused();
  }
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await press(page, "Edit CreateTables");
  await page.getByLabel("JSON of CreateTables").fill("{");
  await axe(page);
  await press(page, "Remove Administrator from Administrators");
  await page.getByLabel("Principal", { exact: true }).selectOption("user Administrator");
  await answer(page, "implicitly-denied");
  await axe(page);
  await fitsWidth(page);
});

test("nothing scrolls sideways on a screen of 320 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  await fitsWidth(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await fitsWidth(page);
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await fitsWidth(page);
  await press(page, "Attach a policy to TableMaker");
  await fitsWidth(page);
});

test("the chosen theme is there on the next visit", async ({ page }) => {
  await open(page);
  await page.getByLabel("Dark").check();
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await background()).toBe("rgb(16, 20, 27)");
  await page.reload();
  await expect(page.getByLabel("Dark")).toBeChecked();
  expect(await background()).toBe("rgb(16, 20, 27)");
});
