// Access keys of a user: two at most, each secret shown once (CON-85…87).
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { readFile } from "node:fs/promises";
import { close, details } from "./workbench.mjs";

test("a secret is shown once, a third key is refused, keys are switched off and deleted", async ({ page }) => {
  await open(page);
  let sheet = await details(page, "TableMaker");
  const keys = page.getByRole("region", { name: "Access keys" });
  const create = keys.getByRole("button", { name: "Create access key" });
  await create.click();
  const shown = keys.getByRole("status");
  const secret = await shown.locator("code").last().textContent();
  expect(secret).toHaveLength(40);
  const id = (await keys.getByRole("listitem").textContent()).match(/AKIA[A-Z0-9]+/)[0];
  const downloading = page.waitForEvent("download");
  await shown.getByRole("button", { name: "Download .csv file" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("TableMaker_accessKeys.csv");
  expect(await readFile(await file.path(), "utf8")).toBe(`Access key ID,Secret access key\r\n${id},${secret}\r\n`);
  await axe(page);
  await fitsWidth(page);

  await close(page);
  sheet = await details(page, "TableMaker");
  await expect(keys.getByRole("listitem")).toHaveCount(1);
  await expect(shown).toHaveCount(0);
  await expect(page.getByText(secret)).toHaveCount(0);

  await create.click();
  await expect(keys.getByRole("listitem")).toHaveCount(2);
  await expect(shown.locator("code").last()).not.toHaveText(secret);
  await create.click();
  await expect(sheet.getByRole("alert").first()).toContainText("LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
  await expect(sheet.getByRole("alert").first()).toBeInViewport();
  await expect(keys.getByRole("listitem")).toHaveCount(2);

  await keys.getByRole("button", { name: `Deactivate ${id}` }).click();
  await expect(keys.getByRole("listitem").filter({ hasText: id })).toContainText("inactive");
  // An inactive key counts too.
  await create.click();
  await expect(sheet.getByRole("alert").first()).toContainText("LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
  await keys.getByRole("button", { name: `Activate ${id}` }).click();
  await expect(keys.getByRole("button", { name: `Deactivate ${id}` })).toBeVisible();
  await keys.getByRole("button", { name: `Delete ${id}` }).click();
  await expect(keys.getByRole("listitem")).toHaveCount(1);
  await expect(keys).not.toContainText(id);
  await axe(page);
});
