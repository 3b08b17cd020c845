// Who asks besides users: services, people who sign in elsewhere, their sessions, anyone. The primer's roles (CON-14).
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, ask, press, resource, sentence, signedIn } from "./workbench.mjs";

const role = (name) => `arn:aws:iam::123456789012:role/${name}`;
const GOOGLE = "accounts.google.com:aud";
const ANA = "107691503500061507151";

test("a service assumes the role that trusts it, and no other", async ({ page }) => {
  await open(page);
  await ask(page, "service redshift.amazonaws.com", "sts:AssumeRole", role("RedshiftLoader"));
  await answer(page, "allowed");
  await expect(sentence(page)).toContainText("by the trust policy of role RedshiftLoader");
  await resource(page).fill(role("PhotoServer"));
  await answer(page, "implicitly-denied");
  await page.getByLabel("Principal", { exact: true }).selectOption("service ec2.amazonaws.com");
  await answer(page, "allowed");
  await axe(page);
  await fitsWidth(page);
  await press(page, "Act as service ec2.amazonaws.com");
  await expect(signedIn(page)).toHaveText("service ec2.amazonaws.com");
});

test("a service that works for another account is kept out by the role's condition", async ({ page }) => {
  await open(page);
  await ask(page, "service redshift.amazonaws.com", "sts:AssumeRole", role("RedshiftLoader"));
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await page.getByLabel("aws:SourceAccount", { exact: true }).fill("444455556666");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("condition");
});

test("a person who signed in with Google becomes the app's user, unless the token is for another app", async ({ page }) => {
  await open(page);
  await ask(page, "person signed in with Google", "sts:AssumeRoleWithWebIdentity", role("MobileAppUser"));
  await answer(page, "allowed");
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await page.getByLabel(GOOGLE, { exact: true }).fill("another-app.apps.googleusercontent.com");
  await answer(page, "implicitly-denied");
  await press(page, `Put ${GOOGLE} back to what AWS would send`);
  await answer(page, "allowed");
  await resource(page).fill(role("RedshiftLoader"));
  await answer(page, "implicitly-denied");
  await axe(page);
});

test("a session through Google reaches its own photos, and nobody else's", async ({ page }) => {
  await open(page);
  await ask(page, "role MobileAppUser through Google", "s3:GetObject", `arn:aws:s3:::example-photos/google/${ANA}/cat.jpg`);
  await answer(page, "allowed");
  await resource(page).fill("arn:aws:s3:::example-photos/google/221/cat.jpg");
  await answer(page, "implicitly-denied");
  await resource(page).fill(`arn:aws:s3:::example-photos/facebook/${ANA}/cat.jpg`);
  await answer(page, "implicitly-denied");
  await axe(page);
  await fitsWidth(page);
});

test("anyone reads a bucket only when its policy lets everyone", async ({ page }) => {
  await open(page);
  await ask(page, "anyone, without credentials", "s3:GetObject", "arn:aws:s3:::example-photos/cat.jpg");
  await answer(page, "implicitly-denied");
  await expect(page.getByText("Access Denied", { exact: true })).toBeVisible();
  await press(page, "Write a policy for example-photos");
  await page
    .getByRole("textbox", { name: "JSON of policy of example-photos" })
    .fill('{"Version":"2012-10-17","Statement":[{"Sid":"Public","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::example-photos/*"}]}');
  await answer(page, "allowed");
  await expect(sentence(page)).toContainText("policy of example-photos");
  await axe(page);
});
