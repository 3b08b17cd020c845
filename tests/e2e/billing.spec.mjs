// Billing information takes two things: the account's switch, which is the root user's alone, and a policy (CON-68).
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, ask, close, details, press, run, sentence, signedIn, signInAsRoot } from "./workbench.mjs";

const CLOSED = "the root user has not activated IAM access to billing information, and until then no policy opens it";

test("closed to a user with the policy, opened by the root user, then allowed; without a policy still denied", async ({ page }) => {
  await open(page);
  await press(page, "Attach a policy to TableMaker");
  await page.getByLabel("Search policies by name").fill("Billing");
  await page.getByRole("option", { name: /^Billing / }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await run(page, "Create user Visitor");

  await ask(page, "user TableMaker", "aws-portal:ViewBilling");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText(CLOSED);
  await axe(page);
  // AdministratorAccess opens it no more than Billing does.
  await page.getByLabel("Principal", { exact: true }).selectOption("user Administrator");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText(CLOSED);
  await page.getByLabel("Principal", { exact: true }).selectOption("root user");
  await answer(page, "allowed");

  await signInAsRoot(page, "Root-password-1", { first: true });
  await expect(signedIn(page)).toHaveText("Example account");
  const account = await details(page, "the account");
  await account.getByRole("button", { name: "Activate IAM access" }).click();
  await expect(account.getByRole("button", { name: "Deactivate IAM access" })).toBeVisible();
  await axe(page);
  await fitsWidth(page);
  await close(page);

  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText("Allowed, by Billing.");
  await page.getByLabel("Principal", { exact: true }).selectOption("user Administrator");
  await answer(page, "allowed");
  await page.getByLabel("Principal", { exact: true }).selectOption("user Visitor");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("no identity policy is attached");
  await page.getByRole("button", { name: /^Undo: Ask about user Visitor/ }).click();
  await answer(page, "allowed");
});

test("while learning, the switch is refused to an administrator, with the reason", async ({ page }) => {
  await open(page);
  await press(page, "Learn mode");
  await press(page, "Act as user Administrator");
  const account = await details(page, "the account");
  await account.getByRole("button", { name: "Activate IAM access" }).click();
  await expect(account.getByRole("alert").first()).toContainText("Only the root user can do this, and no policy gives it to anybody else.");
  await expect(account).toContainText("Deactivated");
  // No policy refused it, so there is no question to show.
  await expect(page.getByRole("button", { name: "Show why" })).toHaveCount(0);
  await axe(page);
  await fitsWidth(page);
});
