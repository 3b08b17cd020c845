// Asking: the sentence, its fields, the values of the request.
import { axe, expect, fitsWidth, open, test, VERDICT } from "./fixtures.mjs";
import { action, answer, press, resource, sentence, verdict } from "./workbench.mjs";

test("the page opens with an answer before the first click", async ({ page }) => {
  await open(page);
  await expect(sentence(page)).toHaveText("Allowed, by AdministratorAccess, through group Administrators.");
  await expect(page.locator(VERDICT)).toBeInViewport({ ratio: 1 });
});

test("the root user is allowed without any policy", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("root user");
  await expect(sentence(page)).toHaveText(/^Allowed: the root user may do everything/);
  await expect(page.getByText("The root user has no policies of its own")).toBeVisible();
});

test("another action is answered while it is typed, and the last question stays while it makes none", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await action(page).fill("dynamodb");
  await expect(page.getByText("dynamodb names no service: write service:Action, such as s3:GetObject.")).toBeVisible();
  await expect(page.getByText("This still answers s3:ListAllMyBuckets on *.")).toBeVisible();
  await expect(action(page)).toHaveAttribute("aria-invalid", "true");
  await action(page).pressSequentially(":CreateTable");
  await expect(action(page)).toHaveValue("dynamodb:CreateTable");
  await answer(page, "allowed");
});

test("an action is completed by keyboard, and brings a resource of its kind", async ({ page }) => {
  await open(page);
  await action(page).fill("s3:getobj");
  await expect(page.getByRole("option", { name: /^s3:GetObject Read, Amazon S3/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(action(page)).toHaveValue("s3:GetObject");
  await expect(resource(page)).toHaveValue("arn:aws:s3:::example-bucket/photos/cat.jpg");
  await answer(page, "allowed");
});

test("a resource outside the policy is denied at its resource", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await action(page).fill("dynamodb:CreateTable");
  await page.keyboard.press("Escape");
  await resource(page).fill("arn:aws:dynamodb:us-east-1:123456789012:backup/Music");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("Closest: CreateTables allows the action, but not on this resource.");
  const failing = page.getByRole("button", { name: /does not match: arn:aws:dynamodb/ });
  await expect(failing).toHaveAttribute("data-state", "failing");
  await failing.click();
  await expect(page.getByRole("region", { name: "JSON of CreateTables" }).locator(".json__selected")).toHaveText(
    '"arn:aws:dynamodb:*:123456789012:table/*"',
  );
});

test("a value of the request decides, is changed, taken out and put back", async ({ page }) => {
  await open(page);
  await press(page, "Write an inline policy for Administrator");
  await page.getByLabel("denies s3:ListAllMyBuckets").check();
  await press(page, "Write policy");
  const policy = await page.getByLabel("JSON of InlinePolicy").inputValue();
  await page.getByLabel("JSON of InlinePolicy").fill(policy.replace('"Resource": "*"', '"Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}'));
  await answer(page, "allowed");
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await page.getByLabel("aws:SecureTransport", { exact: true }).fill("false");
  await answer(page, "explicitly-denied");
  await press(page, "Put aws:SecureTransport back to what AWS would send");
  await answer(page, "allowed");
  await press(page, "Take aws:SecureTransport out of the request");
  await expect(page.getByText("absent", { exact: true })).toBeVisible();
  await answer(page, "allowed");
});

test("a key that a statement asks for is offered, and added with one press", async ({ page }) => {
  await open(page);
  await page.getByLabel("Principal", { exact: true }).selectOption("user TableMaker");
  await press(page, "Write an inline policy for TableMaker");
  await press(page, "Write policy");
  const text = page.getByLabel("JSON of InlinePolicy");
  await text.fill((await text.inputValue()).replace('"Resource": "*"', '"Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}'));
  await answer(page, "implicitly-denied");
  await page.getByRole("button", { name: "Add aws:MultiFactorAuthPresent" }).click();
  await answer(page, "allowed");
});

test("a changed verdict is announced once, in one sentence", async ({ page }) => {
  await open(page);
  const live = page.locator('[aria-live="polite"]');
  await expect(live).toHaveText("Allowed, by AdministratorAccess, through group Administrators.");
  await press(page, "Remove Administrator from Administrators");
  await expect(live).toHaveText("Implicitly denied: no identity policy is attached, and without one nothing allows s3:ListAllMyBuckets.");
});

test("question, suggestions and values are accessible and fit the screen", async ({ page }) => {
  await open(page);
  await action(page).fill("s3:list");
  await expect(page.getByRole("option", { name: /^s3:List/ }).first()).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await action(page).fill("s3");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await axe(page);
  await fitsWidth(page);
});
