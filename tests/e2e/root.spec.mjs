// The root user, locked away: a second factor, no access keys, and used for nothing that others can do (CON-66, CON-85…92).
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { close, details, press, signedIn, signInAsRoot } from "./workbench.mjs";

const PASSWORD = "Root-password-1";

const findings = (page) => page.getByRole("tabpanel", { name: "Checks" });
const showChecks = async (page) => {
  await page.getByRole("tab", { name: "Checks" }).click();
  await expect(findings(page).getByRole("heading").first()).toBeVisible();
};

test("the root user gets an MFA device, and is asked for its code from then on", async ({ page }) => {
  await open(page);
  await showChecks(page);
  await expect(findings(page)).toContainText("The root user has no MFA device");

  await signInAsRoot(page, PASSWORD, { first: true });
  await expect(signedIn(page)).toHaveText("Example account");
  await press(page, "Security credentials");
  const sheet = page.getByRole("dialog", { name: "Root user" });
  const mfa = sheet.getByRole("region", { name: "Multi-factor authentication" });
  const [first, second] = (await mfa.textContent()).match(/\d{6}/g);
  await mfa.getByLabel("Device name").fill("root-phone");
  // Two codes in their order (CON-92).
  await mfa.getByLabel("MFA code 1").fill(second);
  await mfa.getByLabel("MFA code 2").fill(first);
  await mfa.getByRole("button", { name: "Assign MFA device" }).click();
  await expect(sheet.getByRole("alert").first()).toContainText("InvalidAuthenticationCode");
  await expect(mfa.getByLabel("Device name")).toHaveValue("root-phone");
  await mfa.getByLabel("MFA code 1").fill(first);
  await mfa.getByLabel("MFA code 2").fill(second);
  await mfa.getByRole("button", { name: "Assign MFA device" }).click();
  await expect(mfa.getByRole("listitem").filter({ hasText: "root-phone" })).toBeVisible();
  await expect(sheet.getByRole("alert")).toHaveCount(0);
  await axe(page);
  await fitsWidth(page);
  await close(page);
  await expect(findings(page)).not.toContainText("The root user has no MFA device");

  await press(page, "Sign out");
  const signIn = await signInAsRoot(page, PASSWORD);
  await expect(page.getByRole("dialog", { name: "Multi-factor authentication" })).toBeVisible();
  await expect(signIn.getByLabel("MFA code")).toBeFocused();
  await expect(signedIn(page)).toHaveCount(0);
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(signIn.getByRole("alert")).toHaveText("The code is not one that the device shows.");
  const shown = (await signIn.getByText("The simulated device root-phone shows").textContent()).match(/\d{6}/)[0];
  await signIn.getByLabel("MFA code").fill(shown);
  await page.keyboard.press("Enter");
  await expect(signedIn(page)).toHaveText("Example account");

  // The request says so too.
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await expect(page.getByLabel("aws:MultiFactorAuthPresent", { exact: true })).toHaveValue("true");
});

test("a wrong password or address of the root user is refused in the same words", async ({ page }) => {
  await open(page);
  await signInAsRoot(page, PASSWORD, { first: true });
  await press(page, "Sign out");
  const signIn = await signInAsRoot(page, "Another-password-1");
  const wrong = "Your authentication information is incorrect. Please try again.";
  await expect(signIn.getByRole("alert")).toHaveText(wrong);
  await signIn.getByLabel("Root user email address").fill("nobody@example.com");
  await signIn.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(signIn.getByRole("alert")).toHaveText(wrong);
  await expect(signedIn(page)).toHaveCount(0);
});

test("root access keys are made, their secret is shown once, and they are deleted again", async ({ page }) => {
  await open(page);
  await showChecks(page);
  await expect(findings(page)).not.toContainText("The root user has an access key");
  await signInAsRoot(page, PASSWORD, { first: true });
  await press(page, "Security credentials");
  const keys = page.getByRole("region", { name: "Access keys" });
  await keys.getByRole("button", { name: "Create access key" }).click();
  await expect(keys.getByRole("status")).toContainText("Secret access key, shown only now");
  const secret = await keys.getByRole("status").locator("code").last().textContent();
  expect(secret).toHaveLength(40);
  await axe(page);
  await fitsWidth(page);
  await close(page);
  await expect(findings(page)).toContainText("The root user has an access key");
  await press(page, "Details of the root user");
  await expect(keys).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await keys.getByRole("button", { name: /^Delete AKIA/ }).click();
  await expect(keys.getByRole("listitem")).toHaveCount(0);
  await close(page);
  await expect(findings(page)).not.toContainText("The root user has an access key");
});

test("while learning, what only the root user can do is refused to an administrator, with the reason", async ({ page }) => {
  await open(page);
  await press(page, "Learn mode");
  await press(page, "Act as user Administrator");
  const sheet = await details(page, "the root user");
  await sheet.getByRole("button", { name: "Create access key" }).click();
  await expect(sheet.getByRole("alert").first()).toContainText("Only the root user can do this");
  await expect(sheet.getByRole("region", { name: "Access keys" }).getByRole("listitem")).toHaveCount(0);
  await expect(sheet.getByRole("status")).toHaveCount(0);
  await axe(page);
  await close(page);
  await press(page, "Sign out");
  await signInAsRoot(page, PASSWORD, { first: true });
  await press(page, "Security credentials");
  await page.getByRole("button", { name: "Create access key" }).click();
  await expect(page.getByRole("region", { name: "Access keys" }).getByRole("listitem")).toHaveCount(1);
});
