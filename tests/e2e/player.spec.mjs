// The player of the flows: its addresses, the keyboard, what it tells assistive technology, motion and width.
import { axe, expect, fitsWidth, test } from "./fixtures.mjs";
import { at, ending, fault, openFlow, signed, step } from "./player.mjs";
import { press } from "./workbench.mjs";

const THROUGH = "Goes through: GetObject is allowed.";
const live = (page) => page.locator("#flows [aria-live=polite]");
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

/** Presses a key until something has the focus. */
async function reach(page, wanted, key = "Tab") {
  const isThere = () => wanted.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 120 && !(await isThere()); presses++) await page.keyboard.press(key);
  await expect(wanted, `${key} reaches it`).toBeFocused();
}

test("an address leads to provider, step, fault, values and view @any-colour", async ({ page }) => {
  await openFlow(page, "web-identity?provider=amazon&step=6&fault=provider-down&view=list&set.session=night-shift");
  await expect(page.getByRole("radio", { name: "Login with Amazon" })).toBeChecked();
  await at(page, 6);
  await expect(fault(page)).toHaveValue("provider-down");
  // ERR-54.
  await expect(ending(page)).toContainText("Stops at step 6, STS → Login with Amazon: IDPCommunicationError.");
  await expect(page.locator("ol.steps > li")).toHaveCount(10);
  await openFlow(page, "web-identity?step=5&set.session=night-shift");
  await expect(page.getByLabel("RoleSessionName")).toHaveValue("night-shift");
});

test("an address that asks for too much is taken as far as it goes @any-screen", async ({ page }) => {
  await openFlow(page, "web-identity?provider=nobody&step=99&fault=nothing&compare=google&set.nothing=1&view=ring");
  await expect(page.getByRole("radio", { name: "Google" })).toBeChecked();
  await at(page, 10);
  await expect(ending(page)).toHaveText(THROUGH);
  for (const step of ["-1", "two", ""]) {
    await openFlow(page, `web-identity?step=${step}`);
    await at(page, 0);
  }
  await page.goto("./#/flows/nothing-like-it");
  await expect(heading(page, "Federation flows")).toBeVisible();
  await expect(page.getByRole("link", { name: "Web identity federation" })).toBeVisible();
});

test("the address follows, and back and forward lead between the list and the flow where it was left", async ({ page }) => {
  await page.goto("./#/flows");
  await page.getByRole("list", { name: "Ways of Web identity federation" }).getByRole("link", { name: "Facebook" }).click();
  await expect(heading(page, "Web identity federation")).toBeFocused();
  await press(page, "Next");
  await press(page, "Next");
  await expect(page).toHaveURL(/#\/flows\/web-identity\?provider=facebook&step=2$/);
  await page.goBack();
  await expect(heading(page, "Federation flows")).toBeFocused();
  await expect(page).toHaveURL(/#\/flows$/);
  await page.goForward();
  await expect(page.getByRole("radio", { name: "Facebook" })).toBeChecked();
  await at(page, 2);
  await press(page, "Next");
  await expect(page).toHaveURL(/step=3$/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Facebook" })).toBeChecked();
  await at(page, 3);
  // The address of the beginning is an address, too.
  await openFlow(page, "web-identity");
  await at(page, 0);
  await press(page, "Last");
  await expect(page).toHaveURL(/step=10$/);
  await openFlow(page, "web-identity");
  await at(page, 0);
});

test("who leaves right after a step is not called back @any-screen", async ({ page }) => {
  await openFlow(page, "web-identity");
  await press(page, "Next");
  await page.getByRole("link", { name: "Back to the workbench" }).click();
  await expect(page.locator("#flows-link")).toBeFocused();
  await page.waitForTimeout(600);
  await expect(page).toHaveURL(/#\/$/);
});

test("steps are gone through by keyboard, and every choice can be made with it", async ({ page }) => {
  await openFlow(page, "web-identity");
  await expect(heading(page, "Web identity federation")).toBeFocused();
  const next = page.getByRole("button", { name: "Next", exact: true });
  await reach(page, page.getByRole("radio", { name: "Google" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Login with Amazon" })).toBeChecked();
  await at(page, 0);
  await reach(page, fault(page));
  await page.keyboard.type("Ben asks");
  await at(page, 9);
  await expect(ending(page)).toContainText("Stops at step 9");
  await reach(page, next);
  for (const [key, number] of [["Home", 0], ["ArrowRight", 1], ["ArrowRight", 2], ["ArrowLeft", 1], ["End", 10], ["ArrowRight", 10], ["f", 9], ["Home", 0], ["ArrowLeft", 0], ["F", 9]]) {
    await page.keyboard.press(key);
    await at(page, number);
    await expect(next, `${key} leaves the focus`).toBeFocused();
  }
  const slider = page.getByRole("slider", { name: "Step" });
  await reach(page, slider);
  await page.keyboard.press("ArrowLeft");
  await at(page, 8);
  await expect(slider).toHaveAttribute("aria-valuetext", "8 of 10");
  await page.keyboard.press("Home");
  await at(page, 0);
  await expect(slider).toHaveValue("0");

  await page.keyboard.press("p");
  const pause = page.getByRole("button", { name: "Pause" });
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await at(page, 1);
  await page.keyboard.press("P");
  await expect(page.getByRole("button", { name: "Play" })).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("l");
  await expect(page.locator("ol.steps")).toBeVisible();
  await expect(slider, "the focus stays").toBeFocused();
  if (page.viewportSize().width > 640) {
    await reach(page, page.getByRole("radio", { name: "List" }));
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("radio", { name: "Diagram" })).toBeChecked();
    await expect(page.getByRole("radio", { name: "Diagram" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("radio", { name: "List" })).toBeChecked();
  }
  // A letter in a field is a letter.
  await reach(page, page.locator("ol.steps button").nth(4));
  await page.keyboard.press("Enter");
  await at(page, 5);
  const name = page.getByLabel("RoleSessionName");
  await reach(page, name);
  await page.keyboard.type("flp");
  await expect(name).toHaveValue(/flp$/);
  await at(page, 5);
});

test("Tab goes through everything once, from the heading to the end @any-colour", async ({ page }) => {
  await openFlow(page, "web-identity?step=9&fault=someone-else&view=list");
  await signed(page);
  const met = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const [name, again, shown] = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node.closest("#flows")) return [null];
      const again = node.hasAttribute("data-met");
      node.setAttribute("data-met", "");
      const box = node.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
      const seen = node.contains(top) || top?.closest("label")?.htmlFor === node.id;
      return [node.id || node.textContent || node.getAttribute("aria-label"), again, seen];
    });
    if (name === null) break;
    expect(again, `${name} is met once`).toBe(false);
    expect(shown, `${name} is in sight when it has the focus`).toBe(true);
    met.push(name.trim());
  }
  const order = ["Show what fails", "Fix it yourself", "First", "Open in the simulator"].map((name) => met.indexOf(name));
  expect(order.every((place) => place >= 0) && order.every((place, index) => index === 0 || place > order[index - 1]), met.join(", ")).toBe(true);
});

test("a flow in its list reads as it is meant @any-screen", async ({ page }) => {
  await openFlow(page, "web-identity?step=7&view=list");
  await signed(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - navigation "Way back":
        - link "Back to the workbench"
        - link "All flows"
      - paragraph: "World: Primer"
      - heading "Web identity federation" [level=1]
      - group "Way":
        - text: Way
        - radio "Google" [checked]
        - text: Google
        - radio "Login with Amazon"
        - text: Login with Amazon
        - radio "Facebook"
        - text: Facebook
        - radio "Another OpenID Connect provider"
        - text: Another OpenID Connect provider
      - text: What goes wrong
      - combobox "What goes wrong":
        - option "nothing" [selected]
      - text: Compare with
      - combobox "Compare with":
        - option "nothing" [selected]
      - group "Save as":
        - text: Save as
        - button "SVG"
        - button "Mermaid"
        - button "Markdown"
      - paragraph:
        - strong: "Goes through: GetObject is allowed."
      - region "Steps":
        - group "Steps of the flow":
          - button "First"
          - button "Back"
          - button "Play"
          - button "Next"
          - button "Last"
          - slider "Step": "7"
          - paragraph: Step 7 of 10
          - group "Show the steps as":
            - text: Show the steps as
            - radio "Diagram"
            - text: Diagram
            - radio "List" [checked]
            - text: List
        - list:
          - listitem:
            - 'button "1 Browser → App: Sign in sent"'
          - listitem:
            - 'button "2 App → Browser: Go to the provider sent"'
          - listitem:
            - 'button "3 Browser → Google: Sign in and consent accepted"'
          - listitem:
            - 'button "4 Google → App: ID token sent"'
          - listitem:
            - 'button "5 App → STS: AssumeRoleWithWebIdentity sent"'
          - listitem:
            - 'button "6 STS → Google: Keys of the issuer accepted"'
          - listitem:
            - 'button "7 STS → Role: Does the role trust this? allowed"'
          - listitem:
            - 'button "8 STS → App: Temporary credentials sent"'
          - listitem:
            - 'button "9 App → Amazon S3: GetObject allowed"'
          - listitem:
            - 'button "10 App → Browser: The photo sent"'
      - region "7 Does the role trust this?":
        - heading "7 Does the role trust this?" [level=2]
        - paragraph: STS → Role
        - paragraph:
          - strong: allowed
        - paragraph: /Only the role's trust policy decides/
        - region "Decision":
          - 'heading "Decision: sts:AssumeRoleWithWebIdentity" [level=3]'
          - paragraph:
            - strong: Allowed
            - text: ", by"
            - code: Google
            - text: of the trust policy of role
            - code: MobileAppUser
          - paragraph:
            - text: "It fits:"
            - code: accounts.google.com:aud
          - paragraph:
            - text: The policy says
            - code: 407408718192.apps.googleusercontent.com
            - text: ; the request has
            - code: 407408718192.apps.googleusercontent.com
            - text: ; they are equal.
          - group: Every gate
          - group: Trust policy of MobileAppUser
          - button "Open in the simulator"
      - region "Who holds what":
        - heading "Who holds what" [level=2]
        - term: Browser
        - definition: Ana's session at the provider a cookie of the provider
        - term: App
        - definition: /ID token 59 min 55 s left sub 107691503500061507151/
      - status: "Step 7 of 10: STS to Role, Does the role trust this?: allowed"
  `);
});

test("a step is said once, politely", async ({ page }) => {
  await openFlow(page, "web-identity");
  await expect(live(page)).toHaveCount(1);
  await expect(live(page)).toHaveRole("status");
  await expect(live(page)).toHaveText("Before the first of 10 steps");
  await live(page).evaluate((node) => {
    window.said = [];
    new MutationObserver(() => window.said.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true });
  });
  // Whoever hurries hears where they arrive.
  await page.getByRole("button", { name: "Next", exact: true }).evaluate((next) => {
    for (let presses = 0; presses < 5; presses++) next.click();
  });
  const asked = "Step 5 of 10: App to STS, AssumeRoleWithWebIdentity: sent";
  await expect(live(page)).toHaveText(asked);
  await fault(page).selectOption("The token is too old");
  const failed = "Step 6 of 10: STS to Google, Keys of the issuer: failed. Stops at step 6, STS → Google: ExpiredTokenException.";
  await expect(live(page)).toHaveText(failed);
  await press(page, "Without the fault");
  const accepted = "Step 6 of 10: STS to Google, Keys of the issuer: accepted";
  await expect(live(page)).toHaveText(accepted);
  expect(await page.evaluate(() => window.said)).toEqual([asked, failed, accepted]);
});

test("nothing moves where less motion is wanted, and a message travels elsewhere @any-colour", async ({ page }) => {
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await openFlow(page, "web-identity");
  for (const name of ["Next", "Next", "Last"]) {
    await press(page, name);
    expect(await moving(), name).toBe(0);
  }
  if (page.viewportSize().width < 640) return;
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await press(page, "First");
  await press(page, "Next");
  const token = page.locator(".picture__token");
  await expect(token).toHaveCount(1);
  expect(await token.evaluate((node) => getComputedStyle(node).animationName)).toBe("token");
});

test("playing goes on by itself, stops at a decision, and is never begun by itself @any-screen", async ({ page }) => {
  await page.clock.install();
  await openFlow(page, "web-identity?step=5");
  await page.clock.runFor(20_000);
  await at(page, 5);
  await press(page, "Play");
  await at(page, 6);
  await page.clock.runFor(2_000);
  await at(page, 7);
  await page.clock.runFor(60_000);
  await at(page, 7);
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  // From a decision it goes on when asked again.
  await press(page, "Play");
  await at(page, 8);
});

for (const [what, address] of [
  ["the list of flows", "#/flows"],
  ["the beginning", "#/flows/web-identity"],
  ["a diagram", "#/flows/web-identity?step=7"],
  ["a list", "#/flows/web-identity?step=9&view=list&fault=someone-else"],
  ["a token", "#/flows/web-identity?step=4"],
  ["a SAML response", "#/flows/saml?step=3"],
  ["a signed request", "#/flows/web-identity?step=9"],
  ["a comparison", "#/flows/web-identity?step=5&compare=amazon"],
  ["thousands or millions", "#/flows/scale"],
]) {
  test(`${what} has no barrier that axe knows and fits the screen`, async ({ page }) => {
    await page.goto(`./${address}`);
    await expect(page.locator("#flows h1")).toBeFocused();
    await signed(page);
    await page.locator("#flows details").evaluateAll((folds) => folds.forEach((fold) => (fold.open = true)));
    await axe(page);
    await fitsWidth(page);
    if (page.viewportSize().width > 640) return;
    await page.setViewportSize({ width: 320, height: 640 });
    await fitsWidth(page);
  });
}

test("on a narrow screen the buttons stay in sight, and the step comes to them @any-colour", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openFlow(page, "web-identity?step=8");
  const next = page.getByRole("button", { name: "Next", exact: true });
  await next.click();
  await at(page, 9);
  await expect(next).toBeInViewport({ ratio: 1 });
  const turn = page.locator(".talk__button[aria-current]");
  await expect(turn).toBeInViewport({ ratio: 1 });
  await expect(step(page).getByText("A signed request, as from any other AWS identity.")).toBeInViewport();
  const [bar, below] = await Promise.all([page.locator(".controls").boundingBox(), turn.boundingBox()]);
  expect(below.y).toBeGreaterThanOrEqual(bar.y + bar.height);
});
