// Simulating: several actions at once, what-if, advice that can be tried, pins and their file, last questions, sessions.
import { readFile } from "node:fs/promises";
import { axe, expect, fitsWidth, test } from "./fixtures.mjs";
import { action, answer, ask, press, resource, sentence } from "./workbench.mjs";
import { ACCOUNT, account, allow, bucket, deny, group, openWorld, policy, question, role, user } from "./worlds.mjs";

const CAT = "arn:aws:s3:::photos/cat.jpg";
const SECRET = "arn:aws:s3:::photos/secret/plan.jpg";
const LEAVE = "Remove ann from Readers";
const why = (page) => page.getByRole("region", { name: "Why" });
const trial = (page) => page.getByRole("region", { name: "What if" });
const tab = (page, name) => page.getByRole("tab", { name }).click();

async function checked(page) {
  await axe(page);
  await fitsWidth(page);
}

/** Ann reads photos through a group, but not the secret ones; an operator reads those of its team. */
function openPhotos(page, on = SECRET, name = "Photos") {
  const read = policy(allow("ReadPhotos", "s3:GetObject*", "arn:aws:s3:::photos/*"), allow("ListPhotos", "s3:ListBucket", "arn:aws:s3:::photos"));
  const limits = policy(deny("NoSecrets", "s3:GetObject", "arn:aws:s3:::photos/secret/*"), allow("Tables", "dynamodb:ListTables"));
  const team = policy(allow("TeamPhotos", "s3:GetObject", "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*"));
  return openWorld(
    page,
    name,
    [
      account(ACCOUNT, {
        users: [user("ann", { inline: { Limits: limits }, groups: ["Readers", "Idle"] })],
        groups: [group("Readers", { inline: { Read: read } }), group("Idle")],
        roles: [role("Operator", { inline: { Team: team } })],
        resources: [bucket("photos")],
      }),
    ],
    { question: question(["user", "ann"], "s3:GetObject", on) },
  );
}

test("a wildcard asks about several actions, each with its verdict, and one of them in full", async ({ page }) => {
  await openPhotos(page, CAT);
  await answer(page, "allowed");
  await action(page).fill("s3:GetObject*, s3:PutObject");
  const among = page.getByRole("region", { name: /actions are allowed/ });
  const chips = among.getByRole("button");
  // What is denied is told first.
  await expect(among).toContainText(/^\d+ of \d+ actions are allowed\. Below: s3:PutObject/);
  await page.keyboard.press("Escape");
  const count = await chips.count();
  expect(count).toBeGreaterThan(5);
  await expect(among).toContainText(`${count - 1} of ${count} actions are allowed.`);
  await expect(among.getByRole("button", { name: /: Allowed$/ })).toHaveCount(count - 1);
  const put = among.getByRole("button", { name: /^s3:PutObject ?: Implicitly denied$/ });
  await expect(put).toHaveAttribute("aria-current", "true");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("no identity policy allows s3:PutObject");
  await checked(page);
  const tagging = among.getByRole("button", { name: /^s3:GetObjectTagging ?: Allowed$/ });
  await tagging.click();
  await expect(tagging).toHaveAttribute("aria-current", "true");
  await expect(put).not.toHaveAttribute("aria-current", "true");
  await expect(among).toContainText("Below: s3:GetObjectTagging");
  await answer(page, "allowed");
  // The verdicts follow the world; the one in full stays.
  await press(page, LEAVE);
  await expect(among).toContainText(`0 of ${count} actions are allowed. Below: s3:GetObjectTagging`);
  await answer(page, "implicitly-denied");
});

test.describe("what if", () => {
  /** Begins, with what can be switched off in sight. */
  async function begin(page) {
    await press(page, "What if…");
    await expect(page.locator("#trial-title")).toBeFocused();
    await trial(page).getByText("Switch off policies, statements or whole kinds").click();
  }
  const flip = (page, words, what) => trial(page).getByRole("button", { name: `${words}: ${what}`, exact: true }).click();
  const steps = (page) => trial(page).getByRole("list", { name: "Tried" }).getByRole("listitem");
  const undo = (page) => page.getByRole("button", { name: /^Undo:/ });

  test("a statement is switched off, the step that turned the verdict is marked, and discarding brings all back", async ({ page }) => {
    await openPhotos(page);
    await answer(page, "explicitly-denied");
    await begin(page);
    await expect(trial(page)).toContainText("The verdict is as before.");
    await flip(page, "Switch off", "Tables of Limits");
    await answer(page, "explicitly-denied");
    await flip(page, "Switch off", "NoSecrets of Limits");
    await answer(page, "allowed");
    await press(page, "Remove ann from Idle");
    await answer(page, "allowed");
    await expect(trial(page)).toContainText("Before: Explicitly denied");
    await expect(trial(page)).toContainText("by NoSecrets of Limits");
    await expect(steps(page)).toHaveText(["Switch off statement 2 of Limits", "Switch off statement 1 of Limits changes the verdict", "Remove ann from Idle"]);
    await checked(page);
    await press(page, "Discard");
    await answer(page, "explicitly-denied");
    await expect(trial(page)).toBeHidden();
    await expect(page.locator("#verdict-tools")).toBeFocused();
    await expect(page.getByRole("button", { name: "Remove ann from Idle" }).first()).toBeVisible();
    await expect(undo(page)).toHaveCount(0);
    await checked(page);
  });

  test("a policy and a whole kind are switched off and on again", async ({ page }) => {
    await openPhotos(page, CAT);
    await answer(page, "allowed");
    await begin(page);
    await flip(page, "Switch off", "Read");
    await answer(page, "implicitly-denied");
    await expect(trial(page)).toContainText("Before: Allowed");
    await flip(page, "Switch on", "Read");
    await answer(page, "allowed");
    await expect(trial(page)).toContainText("The verdict is as before.");
    await flip(page, "Switch off", "Identity policies");
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText("no identity policy is attached");
    await expect(trial(page).getByRole("button", { name: "Switch off: Read" })).toHaveCount(0);
    await checked(page);
    await press(page, "Discard");
    await answer(page, "allowed");
  });

  test("keeping makes it so, and undoing takes it back", async ({ page }) => {
    await openPhotos(page);
    await begin(page);
    await flip(page, "Switch off", "NoSecrets of Limits");
    await answer(page, "allowed");
    await press(page, "Keep");
    await answer(page, "allowed");
    await expect(trial(page)).toBeHidden();
    await page.getByRole("list", { name: "Policies", exact: true }).getByRole("button", { name: /^Limits/ }).click();
    const text = page.getByRole("region", { name: "JSON of Limits" });
    await expect(text).toContainText("Tables");
    await expect(text).not.toContainText("NoSecrets");
    // What was tried is one step, and what was switched off is not left so unseen.
    await undo(page).click();
    await answer(page, "explicitly-denied");
    await expect(text).toContainText("NoSecrets");
    await expect(trial(page)).toBeHidden();
    await page.getByRole("button", { name: /^Redo:/ }).click();
    await answer(page, "allowed");
    await expect(text).not.toContainText("NoSecrets");
    await expect(trial(page)).toBeHidden();
    await checked(page);
  });

  test("the first way of what would change the answer is tried, and discarded", async ({ page }) => {
    await openPhotos(page, CAT);
    await action(page).fill("s3:PutObject");
    await page.keyboard.press("Escape");
    await answer(page, "implicitly-denied");
    await expect(page.getByRole("heading", { name: "What would change the answer" })).toBeVisible();
    await press(page, "Try way 1");
    await answer(page, "allowed");
    await expect(trial(page)).toContainText("Before: Implicitly denied");
    await expect(steps(page)).toHaveCount(1);
    await expect(steps(page)).toContainText("changes the verdict");
    await expect(page.locator("#trial-title")).toBeFocused();
    await checked(page);
    await press(page, "Discard");
    await answer(page, "implicitly-denied");
    await expect(trial(page)).toBeHidden();
    await expect(page.getByRole("heading", { name: "What would change the answer" })).toBeVisible();
  });

  test("an explicit deny has a way out too, and an allow says what it hangs on", async ({ page }) => {
    await openPhotos(page);
    await answer(page, "explicitly-denied");
    await press(page, "Try way 1");
    await answer(page, "allowed");
    await press(page, "Discard");
    await answer(page, "explicitly-denied");
    await resource(page).fill(CAT);
    await page.keyboard.press("Escape");
    await answer(page, "allowed");
    await expect(page.getByRole("region", { name: "What the answer hangs on" })).toContainText(
      "Without ReadPhotos of Read, through group Readers it would be denied.",
    );
    await checked(page);
  });
});

test("a pin holds, is broken by an edit that is named, and holds again when that is undone", async ({ page }) => {
  await openPhotos(page, CAT);
  await press(page, "Pin");
  await press(page, "Pinned");
  const pin = page.getByRole("tabpanel").getByRole("listitem");
  await expect(pin).toHaveText(/^Holds: user ann may s3:GetObject on arn:aws:s3:::photos\/cat\.jpgExpected: Allowed\. Now: Allowed, by ReadPhotos of Read, through group Readers\./);
  await press(page, "Remove ann from Idle");
  await press(page, LEAVE);
  await ask(page, "user ann", "s3:ListBucket", "arn:aws:s3:::photos");
  await tab(page, "Pinned");
  await expect(page.getByRole("tabpanel").getByRole("status")).toHaveText("0 of 1 hold, 1 broken");
  await expect(pin).toContainText("Broken: user ann may s3:GetObject");
  await expect(pin).toContainText(`Broken by: ${LEAVE}`);
  await expect(pin).toContainText("Expected: Allowed. Now: Implicitly denied");
  await checked(page);
  // The button shows why: its question is asked again.
  await press(page, `Show why: user ann may s3:GetObject on ${CAT}`);
  await expect(action(page)).toHaveValue("s3:GetObject");
  await answer(page, "implicitly-denied");
  await tab(page, "Pinned");
  const undo = page.getByRole("button", { name: /^Undo:/ });
  for (let steps = 0; steps < 8 && !(await undo.textContent()).includes(LEAVE); steps++) await undo.click();
  await undo.click();
  await expect(pin).toContainText("Holds: ");
  await expect(pin).not.toContainText("Broken by");
  await checked(page);
});

test("pins are saved as a file of cases and read back in another page", async ({ page, context }) => {
  await openPhotos(page, CAT);
  await press(page, "Pin");
  await resource(page).fill(SECRET);
  await page.keyboard.press("Escape");
  await answer(page, "explicitly-denied");
  await press(page, "Pin");
  await press(page, "Pinned");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file of cases" }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.cases\.jsonl$/);
  const text = await readFile(await file.path(), "utf8");
  const cases = text.trim().split("\n").map((line) => JSON.parse(line));
  expect(cases.map(({ expect: { decision } }) => decision)).toEqual(["Allowed", "ExplicitlyDenied"]);

  const fresh = await context.newPage();
  await openPhotos(fresh, "arn:aws:s3:::photos/other.jpg", "Photos again");
  await tab(fresh, "Pinned");
  await expect(fresh.getByRole("tabpanel")).toContainText("Nothing is pinned.");
  const read = (name, content) => fresh.getByLabel("Read a file of cases").setInputFiles({ name, mimeType: "application/jsonl", buffer: Buffer.from(content) });
  await read("photos.cases.jsonl", text);
  await expect(fresh.getByRole("tabpanel").getByRole("status")).toHaveText("2 of 2 hold");
  await expect(fresh.getByRole("tabpanel").getByRole("listitem")).toHaveText([/^Holds: user ann may s3:GetObject on .*cat\.jpg/, /^Holds: user ann may s3:GetObject on .*plan\.jpg/]);
  // They are about this world: they follow it.
  await press(fresh, LEAVE);
  await expect(fresh.getByRole("tabpanel").getByRole("status")).toHaveText("1 of 2 hold, 1 broken");
  await read("broken.jsonl", `${text}${text.split("\n")[0].replace('"s3:GetObject"', '"GetObject"')}\n`);
  await expect(fresh.getByText("Line 3 of the file is no case")).toBeVisible();
  await expect(fresh.getByRole("tabpanel").getByRole("listitem")).toHaveCount(2);
  await checked(fresh);
  await fresh.close();
});

test("the last questions are one press away", async ({ page }) => {
  await openPhotos(page, CAT);
  const last = page.getByText("Last questions", { exact: true });
  await expect(last).toHaveCount(0);
  await resource(page).fill(SECRET);
  await page.keyboard.press("Escape");
  await answer(page, "explicitly-denied");
  await ask(page, "role Operator", "s3:ListBucket", "arn:aws:s3:::photos");
  await answer(page, "implicitly-denied");
  await last.click();
  await checked(page);
  await page.getByRole("button", { name: `user ann · s3:GetObject ${SECRET}` }).click();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("user ann");
  await expect(action(page)).toHaveValue("s3:GetObject");
  await expect(resource(page)).toHaveValue(SECRET);
  await answer(page, "explicitly-denied");
  await expect(page.locator("#verdict-tools")).toBeFocused();
});

test("session tags reach a role's policy, and a session policy only limits it (EVAL-65, EVAL-163)", async ({ page }) => {
  await openPhotos(page);
  await ask(page, "role Operator", "s3:GetObject", "arn:aws:s3:::photos/blue/cat.jpg");
  await answer(page, "implicitly-denied");
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await page.getByLabel("Session tags").fill("=blue");
  await expect(page.getByText("=blue has no key: write key=value.")).toBeVisible();
  await expect(page.getByLabel("Session tags")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Session tags").fill("team=blue");
  await answer(page, "allowed");
  await checked(page);
  await press(page, "Write an inline policy");
  await answer(page, "allowed");
  await page.getByRole("textbox", { name: "JSON of session policy" }).fill(policy(allow("OnlyList", "s3:ListBucket")));
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("no session policy allows s3:GetObject on arn:aws:s3:::photos/blue/cat.jpg, and it limits whatever else allows");
  await expect(why(page).getByRole("button", { name: /^Session policies/ })).toContainText("shut");
  await checked(page);
  // It grants nothing: what the role may not, the session may not.
  await ask(page, "role Operator", "s3:ListBucket", "arn:aws:s3:::photos");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("no identity policy allows s3:ListBucket");
  await action(page).fill("s3:GetObject");
  await resource(page).fill("arn:aws:s3:::photos/blue/cat.jpg");
  await page.keyboard.press("Escape");
  await press(page, "Take the inline session policy away");
  await answer(page, "allowed");
});
