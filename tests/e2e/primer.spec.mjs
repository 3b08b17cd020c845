// The primer's procedure "Create IAM User" in its own order (CON-20…48, CON-68), from an account that has no such user; and
// the lesson "Create the Administrator user" by the shortest way.
import { readFile } from "node:fs/promises";
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, close, details, press, run, signedIn, signInAsRoot } from "./workbench.mjs";

const ADDRESS = "https://123456789012.signin.aws.amazon.com/console/";
const ROOT = "Root-password-1";
const FIRST = "Example-1234";
const RENEWED = "Another-5678";

async function emptyWorld(page) {
  await open(page);
  await page.getByRole("button", { name: /^World Primer/ }).click();
  await press(page, "Begin with Empty account");
  await expect(page.getByRole("button", { name: /^World Empty account/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ask about user Administrator" })).toHaveCount(0);
}

test("Create IAM User, all fifteen steps, ending signed in as Administrator", async ({ page }) => {
  await emptyWorld(page);

  // 1. Sign in: nobody but the root user can yet. Its password is set first.
  const signIn = await signInAsRoot(page, ROOT, { first: true });
  await expect(signIn).toHaveCount(0);
  await expect(signedIn(page)).toHaveText("Example account");

  // Before AdministratorAccess can open billing: activate IAM access to it.
  const account = await details(page, "the account");
  await expect(account).toContainText("Deactivated");
  await account.getByRole("button", { name: "Activate IAM access" }).click();
  await expect(account).toContainText("Activated: users and roles see what their policies allow.");
  await close(page);

  // 2. Users, add user.
  await press(page, "Create user");
  const wizard = page.getByRole("dialog", { name: "Create user" });
  // 3. The name.
  await wizard.getByLabel("User name").fill("Administrator");
  // 4. Console access, custom password.
  await wizard.getByLabel("Provide user access to the AWS Management Console").check();
  await wizard.getByLabel("Custom password").check();
  const password = wizard.getByLabel("Password", { exact: true });
  await expect(password).toHaveAttribute("type", "password");
  await password.fill(FIRST);
  await wizard.getByLabel("Show password").check();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveValue(FIRST);
  // 5. A new password at the next sign-in, unless that is unticked.
  await expect(wizard.getByLabel("User must create a new password at next sign-in")).toBeChecked();
  await axe(page);
  await fitsWidth(page);
  // 6. Next: permissions.
  await wizard.getByRole("button", { name: "Next: Permissions" }).click();
  // 7. Add to group.
  await expect(wizard.getByLabel("Add user to group")).toBeChecked();
  await expect(wizard).toContainText("There is no group yet.");
  // 8. Create group.
  await wizard.getByRole("button", { name: "Create group" }).click();
  // 9. Its name.
  await wizard.getByLabel("Group name").fill("Administrators");
  // 10. Only job functions.
  await wizard.getByLabel("Filter policies").selectOption("AWS managed - job function");
  const policies = wizard.getByRole("list", { name: "Policies" });
  await expect(policies.getByRole("checkbox", { name: "AmazonS3FullAccess", exact: true })).toHaveCount(0);
  // 11. AdministratorAccess.
  await policies.getByRole("checkbox", { name: "AdministratorAccess", exact: true }).check();
  await wizard.getByRole("button", { name: "Create group" }).click();
  // 12. The new group, after a refresh.
  await wizard.getByLabel("Search groups by name").fill("nothing like it");
  await expect(wizard.getByRole("checkbox", { name: /^Administrators/ })).toHaveCount(0);
  await wizard.getByRole("button", { name: "Refresh" }).click();
  await expect(wizard.getByText("1 group", { exact: true })).toBeVisible();
  await wizard.getByRole("checkbox", { name: /^Administrators/ }).check();
  await expect(wizard).toContainText("AdministratorAccess");
  await axe(page);
  await fitsWidth(page);
  // 13. Next: tags.
  await wizard.getByRole("button", { name: "Next: Tags" }).click();
  // 14. A tag.
  await wizard.getByRole("button", { name: "Add tag" }).click();
  await wizard.getByLabel("Key").fill("team");
  await wizard.getByLabel("Value").fill("operations");
  // 15. Review: the memberships to be added. Create.
  await wizard.getByRole("button", { name: "Next: Review" }).click();
  const review = wizard.getByLabel("Review");
  await expect(review).toContainText("member of Administrators");
  await expect(review).toContainText("custom");
  await expect(review).toContainText("required at next sign-in");
  await expect(review).toContainText("team=operations");
  await expect(wizard).toContainText("IAMUserChangePassword");
  await axe(page);
  await wizard.getByRole("button", { name: "Create user" }).click();

  // What the last page hands out (CON-31): the password shown on demand, a file, an e-mail without the password.
  const retrieve = page.getByRole("dialog", { name: "Retrieve password" });
  await expect(retrieve).toContainText(ADDRESS);
  await expect(retrieve).not.toContainText(FIRST);
  await retrieve.getByRole("button", { name: "Show", exact: true }).click();
  await expect(retrieve).toContainText(FIRST);
  const downloading = page.waitForEvent("download");
  await retrieve.getByRole("button", { name: "Download .csv file" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("Administrator_credentials.csv");
  expect(await readFile(await file.path(), "utf8")).toBe(`User name,Password,Console sign-in URL\r\nAdministrator,${FIRST},${ADDRESS}\r\n`);
  const mail = new URL(await retrieve.getByRole("link", { name: "Email sign-in instructions" }).getAttribute("href"));
  expect(mail.protocol).toBe("mailto:");
  expect(mail.searchParams.get("body")).toContain(ADDRESS);
  expect(mail.searchParams.get("body")).toContain("Administrator");
  expect(mail.searchParams.get("body")).not.toContain(FIRST);
  await axe(page);
  await fitsWidth(page);
  await retrieve.getByRole("button", { name: "Return to the users" }).click();

  // Sign out, then in again at the account's address.
  await press(page, "Sign out");
  await expect(signedIn(page)).toHaveCount(0);
  await press(page, "Sign in");
  const again = page.getByRole("dialog", { name: "Sign in as IAM user" });
  await expect(again.getByLabel("Address")).toHaveText(ADDRESS);
  await again.getByLabel("Account ID (12 digits) or account alias").fill("123456789012");
  await again.getByLabel("IAM user name").fill("Administrator");
  await again.getByLabel("Password", { exact: true }).fill(FIRST);
  await page.keyboard.press("Enter");

  // The password that was due.
  const renew = page.getByRole("dialog", { name: "Choose a new password" });
  await expect(renew.getByLabel("New password")).toBeFocused();
  await renew.getByLabel("New password").fill(RENEWED);
  await axe(page);
  await page.keyboard.press("Enter");

  await expect(signedIn(page)).toHaveText("Administrator @ 1234-5678-9012");
  await answer(page, "allowed");
  await fitsWidth(page);

  // The first password is no longer one; the second is, and no new one is due.
  await press(page, "Sign out");
  await press(page, "Sign in");
  await again.getByLabel("IAM user name").fill("Administrator");
  await again.getByLabel("Password", { exact: true }).fill(FIRST);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again.getByRole("alert")).toHaveText("Your authentication information is incorrect. Please try again.");
  await again.getByLabel("Password", { exact: true }).fill(RENEWED);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(signedIn(page)).toHaveText("Administrator @ 1234-5678-9012");
});

test("the lesson is done in nine actions, each of which is answered", async ({ page }) => {
  await emptyWorld(page);
  // Opening something is one action, typing and Enter another, as is a press.
  let actions = 0;
  const made = async (words) => {
    await run(page, words);
    actions += 2;
  };
  await made("Create group Admins");
  await expect(page.getByRole("heading", { name: "Admins", exact: true })).toBeVisible();

  await press(page, "Attach a policy to Admins");
  await page.keyboard.type("admi");
  await expect(page.getByRole("option", { name: /^AdministratorAccess / })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  actions += 2;
  await expect(page.getByRole("button", { name: "Show AdministratorAccess of Admins" })).toBeVisible();

  await made("Create user Administrator");
  await press(page, "Ask about user Administrator");
  actions += 1;
  await answer(page, "implicitly-denied");

  await press(page, "Add Administrator to Admins");
  actions += 1;
  await answer(page, "allowed");
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText("through group Admins");
  await expect(page.locator('[aria-live="polite"]')).toHaveText("Allowed, by AdministratorAccess, through group Admins.");
  expect(actions).toBeLessThanOrEqual(9);
});
