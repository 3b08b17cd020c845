// Journeys through the federation flows: the primer's overview, faults, policies edited on either side, exports, the simulator.
import { readFile } from "node:fs/promises";
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { at, ending, fault, openFlow, step, wallet } from "./player.mjs";
import { answer, press, sentence } from "./workbench.mjs";

const ROLE = "arn:aws:sts::123456789012:assumed-role/MobileAppUser/app-session";
const AUDIENCE = "407408718192.apps.googleusercontent.com";
const THROUGH = "Goes through: GetObject is allowed.";
const NOT_TRUSTED = "Stops at step 7, STS → Role: AccessDenied.";
const ASSUME = "AssumeRoleWithWebIdentity";

/** Presses Next until a step is there. */
async function next(page, number) {
  await press(page, "Next");
  await at(page, number);
}

/** The trust policy of the step, opened. */
async function trustPolicy(page) {
  await step(page).getByText("Trust policy of MobileAppUser", { exact: true }).click();
  return step(page).getByRole("textbox", { name: "Trust policy of MobileAppUser" });
}

// Where the ids of Ben and Ana part: FED-40 has a person's folder in the place of the variable.
const PROVIDERS = [
  { name: "Google", token: "ID token", variable: "${accounts.google.com:sub}", ben: "10248495921238986420", ana: "07691503500061507151" },
  { name: "Login with Amazon", token: "Access token", variable: "${www.amazon.com:user_id}", ben: "BEN", ana: "ANA" },
  { name: "Facebook", token: "Access token", variable: "${graph.facebook.com:id}", ben: "2", ana: "1" },
];

for (const { name, token, variable, ben, ana } of PROVIDERS) {
  test(`the primer's overview with ${name}: in twelve actions to the photo, and to Ben who is refused Ana's`, async ({ page }) => {
    let actions = 0;
    const act = (promise) => (actions++, promise);
    await page.goto("./#/flows");
    const ways = page.getByRole("list", { name: "Ways of Web identity federation" });
    await act(ways.getByRole("link", { name, exact: true }).click());
    await expect(page.getByRole("radio", { name, exact: true })).toBeChecked();
    await at(page, 0);
    await expect(wallet(page)).toContainText("Nobody holds anything yet.");
    for (let number = 1; number <= 4; number++) await act(next(page, number));
    await expect(wallet(page)).toContainText(token === "ID token" ? token : `${token} of ${name}`);
    await act(next(page, 5));
    await expect(step(page)).toContainText("The request is not signed");
    await act(next(page, 6));
    await act(next(page, 7));
    await expect(step(page).getByRole("region", { name: "Decision" })).toContainText("of the trust policy of role MobileAppUser");
    await expect(wallet(page)).not.toContainText("Temporary credentials");
    await act(next(page, 8));
    await expect(wallet(page)).toContainText("Temporary credentials");
    await expect(wallet(page)).toContainText(ROLE);
    await act(next(page, 9));
    const decision = step(page).getByRole("region", { name: "Decision" });
    await expect(decision).toHaveAttribute("data-decision", "allowed");
    await expect(decision).toContainText("s3:GetObject");
    await expect(decision).toContainText(variable);
    await act(next(page, 10));
    await expect(ending(page)).toHaveText(THROUGH);

    await act(fault(page).selectOption("Ben asks for Ana's photo"));
    expect(actions).toBeLessThanOrEqual(12);
    await at(page, 9);
    await expect(decision).toHaveAttribute("data-decision", "implicitly-denied");
    await expect(decision).toContainText("because its Resource does not match");
    await expect(decision).toContainText(variable);
    const parts = decision.locator("[data-kind=differs] > span");
    await expect(parts).toHaveText([ben, ana, "differs here"]);
    const drawn = await parts.evaluateAll((parts) =>
      parts.slice(0, 2).map((part) => ({ left: part.getBoundingClientRect().left, line: getComputedStyle(part).textDecorationLine })),
    );
    expect(drawn.map(({ line }) => line)).toEqual(["underline", "underline"]);
    expect(drawn[0].left, "one below the other").toBeCloseTo(drawn[1].left);
    await axe(page);
    await fitsWidth(page);
  });
}

test("a trust policy that the builder changes decides in the flow, and an undo does", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Show the trust policy of MobileAppUser" }).click();
  await press(page, "Edit trust of MobileAppUser");
  const json = page.getByRole("textbox", { name: "JSON of trust of MobileAppUser" });
  await json.fill((await json.inputValue()).replaceAll(AUDIENCE, "another-app"));
  await page.getByRole("link", { name: "Flows", exact: true }).click();
  await page.getByRole("link", { name: "Web identity federation" }).click();
  await expect(ending(page)).toHaveText(new RegExp(`^${NOT_TRUSTED}`));
  await press(page, "Show what fails");
  await at(page, 7);
  await expect(step(page).getByRole("region", { name: "Decision" })).toContainText(`accounts.google.com:aud is ${AUDIENCE}`);
  await expect(step(page).getByRole("region", { name: "Decision" })).toContainText("another-app");

  await page.getByRole("link", { name: "Back to the workbench" }).click();
  await page.getByRole("button", { name: /^Undo: / }).click();
  await expect(json).toHaveValue(new RegExp(AUDIENCE));
  await page.goBack();
  await expect(ending(page)).toHaveText(THROUGH);
});

test("a trust policy that is edited in the flow decides at once, and is kept as one step that can be undone", async ({ page }) => {
  await openFlow(page, "web-identity?step=7");
  const trust = await trustPolicy(page);
  const written = await trust.inputValue();
  await trust.fill("{");
  await expect(step(page).getByRole("alert")).toContainText("The last text that could be saved counts.");
  await expect(trust).toHaveAttribute("aria-invalid", "true");
  await expect(ending(page)).toContainText(THROUGH);
  await axe(page);
  await trust.fill(written.replaceAll(AUDIENCE, "another-app"));
  await expect(trust, "the field stays the same one").toBeFocused();
  await expect(step(page).getByRole("alert")).toHaveCount(0);
  await expect(ending(page)).toContainText(`${NOT_TRUSTED} First difference at step 7.`);
  await expect(page.getByText("Policies are changed here, and not in your world.")).toBeVisible();
  await fitsWidth(page);

  await press(page, "Keep the changes in my world");
  await expect(ending(page)).toBeFocused();
  await expect(page.getByText("Policies are changed here")).toHaveCount(0);
  await expect(ending(page)).toContainText(NOT_TRUSTED);
  await expect(trust).toHaveValue(/another-app/);
  await page.getByRole("link", { name: "Back to the workbench" }).click();
  await press(page, "Undo: Set up Web identity federation");
  await expect(page.getByRole("button", { name: /^Undo: / }), "it was one step").toHaveCount(0);
  await page.goBack();
  await expect(ending(page)).toHaveText(THROUGH);
});

test("what a world lacks is added to it when that is wanted @any-colour", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^World Primer/ }).click();
  await press(page, "Begin with Empty account");
  await openFlow(page, "web-identity");
  await expect(page.getByText(/^Your world lacks what this flow is about; it runs as if there were: .*role MobileAppUser/)).toBeVisible();
  await expect(ending(page)).toHaveText(THROUGH);
  await press(page, "Add it to my world");
  await expect(page.getByText("Your world lacks")).toHaveCount(0);
  await expect(ending(page)).toHaveText(THROUGH);
  await page.getByRole("link", { name: "Back to the workbench" }).click();
  await expect(page.getByRole("button", { name: "Show the trust policy of MobileAppUser" })).toBeVisible();
});

test("a fault shows the step that fails, with code, message, cause and remedy", async ({ page }) => {
  await openFlow(page, "web-identity");
  await fault(page).selectOption("The token is too old");
  await at(page, 6);
  await expect(ending(page)).toContainText("Stops at step 6, STS → Google: ExpiredTokenException.");
  const cause = page.getByRole("region", { name: "What goes wrong" });
  await expect(cause).toContainText("The app kept the token and asked STS after it had ended.");
  const refusal = step(page).locator(".refusal");
  // ERR-73.
  await expect(refusal).toContainText("ExpiredTokenException · HTTP 400");
  await expect(refusal).toContainText("Remedy: Have the person sign in again, or refresh the token, right before STS is asked.");
  await expect(step(page).getByRole("region", { name: "Response", exact: true })).toContainText("<Code>ExpiredTokenException</Code>");
  await axe(page);
  await fitsWidth(page);
  await press(page, "Last");
  await expect(step(page)).toContainText("not reached");
  await press(page, "Show what fails");
  await at(page, 6);

  await press(page, "Without the fault");
  await expect(ending(page)).toHaveText(THROUGH);
  await expect(ending(page)).toBeFocused();
  await expect(fault(page)).toHaveValue("");
  await expect(cause).toHaveCount(0);
});

test("a fault is taken over to be mended: its value is marked, and set right the flow goes through", async ({ page }) => {
  await openFlow(page, "web-identity");
  await fault(page).selectOption({ label: "The token is for another app" });
  await at(page, 7);
  await press(page, "Fix it yourself");
  await expect(fault(page)).toHaveValue("");
  await at(page, 4);
  const audience = page.getByLabel("App id");
  await expect(audience, "the value to mend has the focus").toBeFocused();
  await expect(audience).toHaveValue("another-app");
  await expect(page.locator(".value[data-state=changed]")).toHaveCount(1);
  await expect(ending(page)).toContainText(`${NOT_TRUSTED} First difference at step 4.`);
  await audience.press("Control+a");
  await audience.pressSequentially(AUDIENCE);
  await expect(audience, "every letter reached it").toHaveValue(AUDIENCE);
  await expect(audience).toBeFocused();
  await expect(ending(page)).toHaveText(THROUGH);
  await expect(page.locator(".value[data-state=changed]")).toHaveCount(0);

  await page.getByRole("button", { name: "Make it wrong: another app", exact: true }).click();
  await expect(audience).toBeFocused();
  await expect(ending(page)).toContainText(NOT_TRUSTED);
  await page.getByRole("button", { name: "Reset App id" }).click();
  await expect(audience).toBeFocused();
  await expect(audience).toHaveValue(AUDIENCE);
  await expect(ending(page)).toHaveText(THROUGH);
});

test("a fault of a policy is mended where the policy decides, and everything can be reset", async ({ page }) => {
  await openFlow(page, "web-identity");
  await fault(page).selectOption({ label: "The role trusts another provider only" });
  await at(page, 7);
  await press(page, "Fix it yourself");
  await expect(page.getByRole("heading", { name: "7 Does the role trust this?" })).toBeFocused();
  const trust = await trustPolicy(page);
  await expect(trust).toHaveValue(/saml-provider\/Staff/);
  const statement = { Effect: "Allow", Principal: { Federated: "accounts.google.com" }, Action: `sts:${ASSUME}` };
  await trust.fill(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
  await expect(ending(page)).toContainText(THROUGH);

  await fault(page).selectOption({ label: "The credentials have ended" });
  await at(page, 9);
  await press(page, "Reset everything");
  await expect(ending(page)).toHaveText(THROUGH);
  await expect(ending(page)).toBeFocused();
  await expect(page.getByText("Policies are changed here")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Reset everything" })).toHaveCount(0);
});

test("two providers are compared side by side, with what differs", async ({ page }) => {
  await openFlow(page, "web-identity?step=5");
  await page.getByLabel("Compare with").selectOption("Login with Amazon");
  await expect(page).toHaveURL(/compare=amazon/);
  const differences = page.getByRole("table", { name: "What differs" });
  await expect(differences.getByRole("columnheader")).toHaveText(["Step", "Google", "Login with Amazon"]);
  await expect(differences.getByRole("row", { name: /ProviderId/ })).toContainText("www.amazon.com");
  if (page.viewportSize().width > 1100) {
    const [one, other] = await page.locator(".picture").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
    expect(other.top).toBeCloseTo(one.top);
    expect(other.left).toBeGreaterThanOrEqual(one.right);
    const cut = await page.locator(".picture").evaluateAll((all) => all.some((each) => each.scrollWidth > each.clientWidth));
    expect(cut, "both are there in full").toBe(false);
  }
  await axe(page);
  await fitsWidth(page);
  await expect(differences.getByRole("rowheader").first()).toHaveText("4. ID token: message");
  await fault(page).selectOption("The provider's keys cannot be fetched");
  // ERR-72, ERR-54.
  const errors = differences.getByRole("row", { name: "6. Keys of the issuer: error" }).getByRole("cell");
  await expect(errors, "the fault is that of both").toHaveText(["InvalidIdentityToken", "IDPCommunicationError"]);
  await page.getByLabel("Compare with").selectOption("nothing");
  await expect(differences).toHaveCount(0);
});

test("a run is saved as a picture, for Mermaid and as Markdown @any-screen", async ({ page }) => {
  await openFlow(page, "web-identity?fault=expired-token");
  const saved = async (as) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, as)]);
    return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
  };
  const [picture, svg] = await saved("SVG");
  expect(picture).toBe("web-identity-google.svg");
  const drawn = await page.evaluate((svg) => {
    const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
    return [root.namespaceURI, root.querySelector("parsererror") === null, [...root.querySelectorAll("text")].map((text) => text.textContent)];
  }, svg);
  expect(drawn.slice(0, 2)).toEqual(["http://www.w3.org/2000/svg", true]);
  expect(drawn[2]).toEqual(expect.arrayContaining(["Google", "STS", ASSUME, "Keys of the issuer: ExpiredTokenException"]));
  const [diagram, mermaid] = await saved("Mermaid");
  expect(diagram).toBe("web-identity-google.mmd");
  expect(mermaid).toContain("sequenceDiagram\n");
  expect(mermaid).toContain(`  app->>sts: ${ASSUME}\n`);
  expect(mermaid).toContain("  sts-xprovider: Keys of the issuer: ExpiredTokenException\n");
  const [text, markdown] = await saved("Markdown");
  expect(text).toBe("web-identity-google.md");
  expect(markdown).toContain("# Web identity federation: Google\n");
  expect(markdown).toContain(`5. **App → STS**: ${ASSUME} (sent)\n`);
  expect(markdown).toContain("   - `ExpiredTokenException`: ");
});

for (const [name, address, verdict, words] of [
  ["allowed", "step=9", "allowed", /^Allowed, by OwnPhotos/],
  ["denied", "step=9&fault=someone-else", "implicitly-denied", /OwnPhotos allows the action, but not on this resource/],
  ["denied by the organization", "step=9&fault=scp", "explicitly-denied", /NoS3/],
  ["trusted", "step=7", "allowed", /^Allowed, by Google of the trust policy of role MobileAppUser/],
]) {
  test(`a decision that is opened in the simulator is the same there: ${name} @any-colour`, async ({ page }) => {
    await openFlow(page, `web-identity?${address}`);
    const decision = step(page).getByRole("region", { name: "Decision" });
    await expect(decision).toHaveAttribute("data-decision", verdict);
    await expect(decision.getByRole("paragraph").first()).toHaveText(words);
    await decision.getByRole("button", { name: "Open in the simulator" }).click();
    await expect(page).toHaveURL(/#\/$/);
    await expect(page.locator("#question-title")).toBeFocused();
    await answer(page, verdict);
    await expect(sentence(page)).toHaveText(words);
  });
}
