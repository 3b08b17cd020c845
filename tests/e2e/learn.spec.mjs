// Learn mode: only that is changed which the policies of whoever has signed in allow.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { action, answer, press, resource, run, sentence, signedIn } from "./workbench.mjs";

const REFUSED =
  "User: arn:aws:iam::123456789012:user/TableMaker is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/Zoe because no identity-based policy allows the iam:CreateUser action";

async function learnAs(page, who) {
  await page.getByLabel("Principal", { exact: true }).selectOption(who);
  await press(page, `Act as ${who}`);
  await press(page, "Learn mode");
}

async function isShown(page) {
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("user TableMaker");
  await expect(action(page)).toHaveValue("iam:CreateUser");
  await expect(resource(page)).toHaveValue("arn:aws:iam::123456789012:user/Zoe");
  await answer(page, "implicitly-denied");
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText(REFUSED);
  await expect(sentence(page)).toContainText("CreateTables");
}

test("a user is refused in AWS's words, sees why, and an administrator is not refused", async ({ page }) => {
  await open(page);
  await learnAs(page, "user TableMaker");
  await expect(signedIn(page)).toHaveText("TableMaker @ 1234-5678-9012");
  // From the palette.
  await run(page, "Create user Zoe");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(REFUSED);
  await axe(page);
  await fitsWidth(page);
  await press(page, "Show why");
  await isShown(page);
  await axe(page);

  await press(page, "Sign out");
  await page.getByLabel("Principal", { exact: true }).selectOption("user Administrator");
  await press(page, "Act as user Administrator");
  await run(page, "Create user Zoe");
  await expect(page.getByRole("button", { name: "Ask about user Zoe" })).toBeVisible();
});

test("from the steps of a new user, nothing that was filled in is lost until the reason is asked for", async ({ page }) => {
  await open(page);
  await learnAs(page, "user TableMaker");
  await press(page, "Create user");
  const wizard = page.getByRole("dialog", { name: "Create user" });
  await wizard.getByLabel("User name").fill("Zoe");
  for (const next of ["Next: Permissions", "Next: Tags", "Next: Review", "Create user"]) {
    await wizard.getByRole("button", { name: next }).click();
  }
  await expect(wizard.getByRole("alert").filter({ hasText: "not authorized" })).toContainText(REFUSED);
  await expect(wizard.getByLabel("Review")).toContainText("Zoe");
  await axe(page);
  await fitsWidth(page);
  await press(page, "Show why");
  await isShown(page);
});

test("from the page itself, where the reason stands beside what was pressed", async ({ page }) => {
  await open(page);
  await learnAs(page, "user TableMaker");
  await press(page, "Remove Administrator from Administrators");
  const words = page.getByRole("alert").filter({ hasText: "iam:RemoveUserFromGroup" });
  await expect(words).toContainText("arn:aws:iam::123456789012:group/Administrators because no identity-based policy allows");
  await axe(page);
  await fitsWidth(page);
  await press(page, "Show why");
  await expect(action(page)).toHaveValue("iam:RemoveUserFromGroup");
  await expect(words).toHaveCount(0);
  // It can be undone: the question is as it was.
  await page.getByRole("button", { name: /^Undo: Ask about iam:RemoveUserFromGroup/ }).click();
  await expect(action(page)).toHaveValue("s3:ListAllMyBuckets");
});

test("nobody who has not signed in changes anything while learning", async ({ page }) => {
  await open(page);
  await press(page, "Learn mode");
  await press(page, "Remove Administrator from Administrators");
  await expect(page.getByRole("alert").filter({ hasText: "Nobody has signed in" })).toBeVisible();
  await answer(page, "allowed");
  await press(page, "Learn mode");
  await expect(page.getByRole("alert").filter({ hasText: "Nobody has signed in" })).toHaveCount(0);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
});
