// Why: the circuit of gates, and a cell of the table from near.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, ask, press } from "./workbench.mjs";

const TABLE = "arn:aws:dynamodb:us-east-1:123456789012:backup/Music";
const why = (page) => page.getByRole("region", { name: "Why" });

test("a pressed cell shows what the policy says beside what the request has, by keyboard too", async ({ page }) => {
  await open(page);
  await ask(page, "user TableMaker", "dynamodb:CreateTable", TABLE);
  await answer(page, "implicitly-denied");
  const cell = why(page).getByRole("button", { name: /table\/\*/ });
  await cell.focus();
  await page.keyboard.press("Enter");
  await expect(cell).toHaveAttribute("aria-pressed", "true");
  await expect(why(page).getByText("This statement does not allow it, because its Resource does not match.")).toBeVisible();
  await expect(why(page).getByText("they differ at character 41: backup instead of table")).toBeAttached();
  await expect(why(page).getByText("differs here")).toBeVisible();
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.press("Enter");
  await expect(why(page).getByText("differs here")).toBeHidden();
});

test("two tracks inside one account, two frames across accounts", async ({ page }) => {
  await open(page);
  await expect(why(page).getByRole("group", { name: /either enough/ })).toHaveCount(2);
  await ask(page, "user TableMaker", "dynamodb:CreateTable", "arn:aws:dynamodb:us-east-1:111122223333:table/Music");
  await expect(why(page).getByRole("group", { name: "Account 123456789012 (caller)" })).toContainText("Identity policies");
  await expect(why(page).getByRole("group", { name: "Account 111122223333 (owner)" })).toContainText("Resource policy");
  await axe(page);
  await fitsWidth(page);
});

test("the deny leads to the layer where it stands", async ({ page }) => {
  await open(page);
  await press(page, "Write an inline policy for Administrator");
  await page.getByLabel("denies s3:ListAllMyBuckets").check();
  await press(page, "Write policy");
  await answer(page, "explicitly-denied");
  await press(page, "It stands in an identity policy");
  const gate = why(page).getByRole("button", { name: /^Identity policies/ });
  await expect(gate).toBeFocused();
  await expect(gate).toHaveAttribute("aria-expanded", "true");
});
