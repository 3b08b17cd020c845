// The worlds to begin with: each opens on its own question and verdict.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, press, sentence } from "./workbench.mjs";

const EXAMPLES = [
  ["Primer", "allowed", "AdministratorAccess"],
  ["Empty account", "implicitly-denied", "there is no user Administrator in this account yet"],
  ["Identities of every kind", "allowed", "ServePhotos"],
  ["DynamoDB table maker", "allowed", "CreateTables"],
  ["Redshift reads S3", "allowed", "ReadSales"],
  ["Application on EC2", "allowed", "ServePhotos"],
  ["Mobile app with web identities", "implicitly-denied", "OwnPhotos"],
  ["Organization with guard rails", "explicitly-denied", "KeepTrails"],
];
const worlds = (page) => page.getByRole("button", { name: /^World .*: save, open, rename$/ }).click();

test("every example opens on the verdict that shows its point", async ({ page }) => {
  await open(page);
  for (const [name, verdict, why] of EXAMPLES) {
    await worlds(page);
    await press(page, `Begin with ${name}`);
    await expect(page.getByRole("button", { name: `World ${name}: save, open, rename` })).toBeVisible();
    await answer(page, verdict);
    await expect(sentence(page)).toContainText(why);
  }
  await worlds(page);
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.press("Escape");
  await page.reload();
  await answer(page, "explicitly-denied");
});
