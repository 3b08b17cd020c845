// The palette: everything is found by its name, made by its name, and run without a pointer. The keys of the page.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { press } from "./workbench.mjs";

const field = (page) => page.getByRole("combobox", { name: "Search or add" });

test("opens from the top bar and by its key, is accessible, and gives the focus back", async ({ page }) => {
  await open(page);
  const opener = page.getByRole("button", { name: "Search or add" });
  await opener.click();
  await expect(field(page)).toBeFocused();
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(opener).toBeFocused();
  await page.getByRole("combobox", { name: "Action" }).focus();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Action" })).toBeFocused();
});

test("a group and a user are made by keyboard alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Testers");
  await expect(page.getByRole("option", { name: /^Create group Testers/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Undo: Create group Testers" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Zoe");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Ask about user Zoe" })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("button", { name: "Ask about user Zoe" })).toBeHidden();
});

test("objects are asked about or shown, and commands open their dialogs", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("tablem");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue(/TableMaker/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("administrators");
  await page.getByRole("option", { name: /^Administrators\s*group/ }).click();
  await expect(page.getByRole("heading", { name: "Administrators", exact: true })).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("create role");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Create role" })).toBeVisible();
  await press(page, "Close");
});

test("the theme is chosen in the palette too", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the keys are listed, and typing a question mark is no key", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Action" }).focus();
  await page.keyboard.type("?");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Search or add" }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await axe(page);
  await fitsWidth(page);
});
