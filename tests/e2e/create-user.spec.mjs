// The primer's procedure "Create IAM User", step by step, ending signed in (CON-20…48).
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";

const PASSWORD = "Example-1234";

/** Fills the first steps in; ends at the review. */
async function fillIn(page, name) {
  await page.getByRole("button", { name: "Create user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill(name);
  await dialog.getByLabel("Provide user access to the AWS Management Console").check();
  await dialog.getByLabel("Custom password").check();
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await expect(dialog.getByLabel("User must create a new password at next sign-in")).toBeChecked();
  await dialog.getByRole("button", { name: "Next: Permissions" }).click();
  await expect(dialog.getByLabel("Add user to group")).toBeChecked();
  await dialog.getByRole("button", { name: "Create group" }).click();
  await dialog.getByLabel("Group name").fill("Operators");
  await dialog.getByLabel("Filter policies").selectOption("AWS managed - job function");
  await dialog.getByRole("checkbox", { name: "AdministratorAccess", exact: true }).check();
  await axe(page);
  await fitsWidth(page);
  await dialog.getByRole("button", { name: "Create group" }).click();
  await dialog.getByRole("checkbox", { name: /^Operators/ }).check();
  await dialog.getByRole("button", { name: "Next: Tags" }).click();
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await dialog.getByLabel("Key").fill("team");
  await dialog.getByLabel("Value").fill("operations");
  await dialog.getByRole("button", { name: "Next: Review" }).click();
  await expect(dialog.getByLabel("Review")).toContainText("member of Operators");
  await expect(dialog.getByLabel("Review")).toContainText("team=operations");
  return dialog;
}

test("a user is created, signs in, must choose a new password, and is named in the bar", async ({ page }) => {
  await open(page);
  const dialog = await fillIn(page, "Operator");
  await dialog.getByRole("button", { name: "Create user" }).click();
  const retrieve = page.getByRole("dialog", { name: "Retrieve password" });
  await expect(retrieve).toContainText("https://123456789012.signin.aws.amazon.com/console/");
  await retrieve.getByRole("button", { name: "Show", exact: true }).click();
  await expect(retrieve).toContainText(PASSWORD);
  await axe(page);
  await retrieve.getByRole("button", { name: "Sign in as this user" }).click();

  const signIn = page.getByRole("dialog", { name: "Sign in as IAM user" });
  await signIn.getByLabel("IAM user name").fill("Operator");
  await signIn.getByLabel("Password", { exact: true }).fill("not it");
  await signIn.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(signIn.getByRole("alert")).toHaveText("Your authentication information is incorrect. Please try again.");
  await signIn.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await signIn.getByRole("button", { name: "Sign in", exact: true }).click();

  const renew = page.getByRole("dialog", { name: "Choose a new password" });
  await renew.getByLabel("New password").fill("short");
  await renew.getByRole("button", { name: "Confirm password change" }).click();
  await expect(renew.getByRole("alert")).toContainText("The password needs");
  await renew.getByLabel("New password").fill("Another-5678");
  await renew.getByRole("button", { name: "Confirm password change" }).click();

  await expect(page.locator("#signed-in")).toHaveText("Operator @ 1234-5678-9012");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("user Operator");
  await expect(page.locator("[data-verdict=allowed]").first()).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeFocused();
});

test("a name in use is told at the first step, and nothing is lost", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Create user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill("administrator");
  await dialog.getByRole("button", { name: "Next: Permissions" }).click();
  await expect(dialog.getByRole("alert")).toContainText("already exists");
  await expect(dialog.getByLabel("User name")).toHaveValue("administrator");
});

test("a user without console access has no password, and undo takes it back", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Create user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create user" });
  await dialog.getByLabel("User name").fill("Robot");
  for (const next of ["Next: Permissions", "Next: Tags", "Next: Review", "Create user"]) {
    await dialog.getByRole("button", { name: next }).click();
  }
  const retrieve = page.getByRole("dialog", { name: "Retrieve password" });
  await retrieve.getByRole("button", { name: "Return to the users" }).click();
  await expect(page.getByRole("button", { name: "Ask about user Robot" })).toBeVisible();
  await page.getByRole("button", { name: "Undo: Create user Robot" }).click();
  await expect(page.getByRole("button", { name: "Ask about user Robot" })).toHaveCount(0);
});
