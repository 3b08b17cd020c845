// The details of every kind of object: accessible, no wider than the screen, usable by keyboard, refusing in AWS's words.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { close, details, press } from "./workbench.mjs";

const KINDS = [
  ["the account", "Account"],
  ["the root user", "Root user"],
  ["Administrator", "User Administrator"],
  ["Administrators", "Group Administrators"],
  ["MobileAppUser", "Role MobileAppUser"],
  ["OnlyBuckets", "Policy OnlyBuckets"],
  ["example-photos", /^S3 bucket .*example-photos/i],
];

test("every kind of object has its details, which are accessible and fit the screen", async ({ page }) => {
  await open(page);
  await press(page, "Create policy");
  const dialog = page.getByRole("dialog", { name: "Create policy" });
  await dialog.getByLabel("Name").fill("OnlyBuckets");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  for (const [name, title] of KINDS) {
    const sheet = await details(page, name);
    await expect(page.getByRole("dialog", { name: title })).toBeVisible();
    await axe(page);
    await fitsWidth(page);
    const [content, box] = await sheet.locator(".dialog__body").evaluate((body) => [body.scrollWidth, body.clientWidth]);
    expect(content, `${name} is no wider than its dialog`).toBeLessThanOrEqual(box);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.getByRole("button", { name: `Details of ${name}`, exact: true })).toBeFocused();
  }
});

test("a tag is added and removed by keyboard alone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Details of TableMaker", exact: true }).focus();
  await page.keyboard.press("Enter");
  const key = page.getByRole("dialog", { name: "User TableMaker" }).getByLabel("Key", { exact: true });
  for (let presses = 0; presses < 40 && !(await key.evaluate((input) => input === document.activeElement)); presses++) await page.keyboard.press("Tab");
  await page.keyboard.type("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("data");
  await page.keyboard.press("Enter");
  const tags = page.getByRole("region", { name: "Tags" });
  await expect(tags.getByRole("listitem")).toHaveText(/team = data/);
  await expect(key).toHaveValue("");
  const remove = tags.getByRole("button", { name: "Remove tag team" });
  for (let presses = 0; presses < 5 && !(await remove.evaluate((button) => button === document.activeElement)); presses++) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(tags.getByRole("listitem")).toHaveCount(0);
  // The focus is still in the dialog, not lost.
  expect(await page.evaluate(() => document.activeElement.closest("dialog")?.id)).toBe("inspector");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Details of TableMaker", exact: true })).toBeFocused();
});

test("a refusal stands where it is seen, and leaves what was typed", async ({ page }) => {
  await open(page);
  const sheet = await details(page, "Administrator");
  await sheet.getByLabel("New name").fill("tablemaker");
  await sheet.getByRole("button", { name: "Rename" }).click();
  const refusal = sheet.getByRole("alert").filter({ hasText: "EntityAlreadyExists" });
  await expect(refusal).toContainText("User with name tablemaker already exists.");
  await expect(refusal).toBeInViewport();
  await expect(sheet.getByLabel("New name")).toHaveValue("tablemaker");
  await axe(page);
  await sheet.getByLabel("New name").fill("Chief");
  await sheet.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("dialog", { name: "User Chief" })).toBeVisible();
  await expect(refusal).toHaveCount(0);
  await close(page);
  await expect(page.getByRole("button", { name: "Ask about user Chief" })).toBeVisible();
});

test("an alias replaces the number in the sign-in address, and a password policy counts at once", async ({ page }) => {
  await open(page);
  const sheet = await details(page, "the account");
  await sheet.getByLabel("Preferred alias").fill("Example!");
  await sheet.getByRole("button", { name: "Set alias" }).click();
  await expect(sheet.getByRole("alert").first()).not.toBeEmpty();
  await sheet.getByLabel("Preferred alias").fill("example-corp");
  await sheet.getByRole("button", { name: "Set alias" }).click();
  await expect(sheet).toContainText("https://example-corp.signin.aws.amazon.com/console/");
  await sheet.getByLabel("Minimum length (6 to 128)").fill("20");
  await sheet.getByRole("button", { name: "Save password policy" }).click();
  await expect(sheet).toContainText("A policy of the account's own.");
  await close(page);
  const user = await details(page, "TableMaker");
  await user.getByLabel("Console password").fill("Example-1234");
  await user.getByRole("button", { name: "Enable console access" }).click();
  await expect(user.getByRole("alert").filter({ hasText: "PasswordPolicyViolation" })).toBeInViewport();
  await user.getByLabel("Console password").fill("Example-1234-Example-1234");
  await user.getByRole("button", { name: "Enable console access" }).click();
  await expect(user).toContainText("Has a console password; a new one is due at the next sign-in.");
});
