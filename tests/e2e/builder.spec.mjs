// Building: groups, roles, policies, resources, boundaries; each is answered at once and can be undone.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";

async function create(page, what, name, choice) {
  await page.getByRole("button", { name: `Create ${what}` }).first().click();
  const dialog = page.getByRole("dialog", { name: `Create ${what}` });
  await dialog.getByLabel("Name").fill(name);
  if (choice) await dialog.getByRole("combobox").selectOption(choice);
  await dialog.getByRole("button", { name: `Create ${what}` }).click();
  return dialog;
}

test("a role is made, asked about, and its trust policy is shown", async ({ page }) => {
  await open(page);
  const dialog = await create(page, "role", "Reporter", "AWS service: Lambda");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Ask about role Reporter" }).click();
  await expect(page.locator("[data-verdict=implicitly-denied]").first()).toBeVisible();
  await page.getByRole("button", { name: "Show the trust policy of Reporter" }).click();
  await expect(page.getByRole("article", { name: "trust of Reporter" })).toContainText("lambda.amazonaws.com");
  await axe(page);
  await fitsWidth(page);
});

test("a name that is taken is refused in AWS's words, and stays in the field", async ({ page }) => {
  await open(page);
  const dialog = await create(page, "group", "administrators");
  await expect(dialog.getByRole("alert")).toContainText("EntityAlreadyExists: Group with name administrators already exists.");
  await expect(dialog.getByLabel("Name")).toHaveValue("administrators");
});

test("a boundary limits, and taking it away gives the answer back", async ({ page }) => {
  await open(page);
  await create(page, "policy", "OnlyBuckets");
  await page.getByRole("button", { name: "Set a boundary for Administrator" }).click();
  await page.getByLabel("Search policies by name").fill("OnlyBuckets");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-verdict=allowed]").first()).toBeVisible();
  await page.getByLabel("Action").fill("ec2:DescribeInstances");
  await expect(page.locator("[data-verdict=implicitly-denied]").first()).toContainText("boundary");
  await page.getByRole("button", { name: "Take the boundary from Administrator" }).click();
  await expect(page.locator("[data-verdict=allowed]").first()).toBeVisible();
});

test("a user is deleted with everything on it, in one step that can be undone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Delete user Administrator" }).click();
  await expect(page.getByRole("button", { name: "Ask about user Administrator" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo: Delete user Administrator" }).click();
  await expect(page.getByRole("button", { name: "Ask about user Administrator" })).toBeVisible();
});

test("a bucket gets a policy, which is opened to be edited", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Write a policy for example-photos" }).click();
  await expect(page.getByRole("textbox", { name: "JSON of policy of example-photos" })).toBeVisible();
  await expect(page.getByRole("article", { name: "policy of example-photos" }).getByText("Resource policy", { exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "JSON of policy of example-photos" })).toHaveValue(/"arn:aws:iam::123456789012:root"/);
});
