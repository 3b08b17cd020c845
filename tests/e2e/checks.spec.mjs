// What the checks find in the account: counted below, listed in a tab, shown where it can be seen, mended at a press.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { press } from "./workbench.mjs";

const footer = (page) => page.getByRole("button", { name: /^Checks: .*\d+ (high|medium|low)/ });
const panel = (page) => page.getByRole("tabpanel", { name: "Checks" });

async function openChecks(page) {
  await open(page);
  await footer(page).click();
  await expect(panel(page)).toBeVisible();
}

test("the count below opens the list, which is accessible and fits the screen", async ({ page }) => {
  await openChecks(page);
  await expect(page.getByRole("tab", { name: "Checks" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { name: /high severity/ })).toBeVisible();
  await axe(page);
  await fitsWidth(page);
});

test("the tabs are moved through by arrows", async ({ page }) => {
  await open(page);
  await page.getByRole("tab", { name: "Policy" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "Checks" })).toBeFocused();
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByRole("tabpanel", { name: "Policy" })).toBeVisible();
});

test("one severity can be listed alone", async ({ page }) => {
  await openChecks(page);
  await page.getByRole("button", { name: /^\d+ low$/ }).click();
  await expect(page.getByRole("heading", { name: /high severity/ })).toBeHidden();
  await page.getByRole("button", { name: /^all \d+$/ }).click();
  await expect(page.getByRole("heading", { name: /high severity/ })).toBeVisible();
});

test("a fix is one step, ends its finding, and can be undone", async ({ page }) => {
  await openChecks(page);
  const fix = panel(page).getByRole("button", { name: "Add MFA to the root user" });
  const before = await footer(page).textContent();
  await fix.click();
  await expect(fix).toBeHidden();
  await expect(footer(page)).not.toHaveText(before);
  await page.getByRole("button", { name: "Undo: Add MFA to the root user" }).click();
  await expect(footer(page)).toHaveText(before);
});

test("a step of an escalation shows its statement and asks its question", async ({ page }) => {
  await open(page);
  await press(page, "Write an inline policy for TableMaker");
  await press(page, "Write policy");
  const text = page.getByRole("textbox", { name: "JSON of InlinePolicy" });
  await text.fill('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}]}');
  await footer(page).click();
  const step = panel(page).getByRole("listitem").filter({ hasText: "writes itself an inline policy" }).last();
  await step.getByRole("button", { name: "Ask: can user TableMaker do iam:PutUserPolicy on TableMaker?" }).click();
  await expect(page.getByRole("combobox", { name: "Action" })).toHaveValue("iam:PutUserPolicy");
  await expect(page.locator("[data-verdict]")).toHaveAttribute("data-verdict", "allowed");
  await step.getByRole("button", { name: "Show statement 1 of InlinePolicy" }).click();
  await expect(page.getByRole("tabpanel", { name: "Policy" })).toBeVisible();
});
