// Words for what the journeys do.
import { expect, VERDICT } from "./fixtures.mjs";

export const verdict = (page) => page.locator(VERDICT);
export const sentence = (page) => page.getByRole("region", { name: "Answer", exact: true }).getByRole("paragraph").first();
export const action = (page) => page.getByRole("combobox", { name: "Action" });
export const resource = (page) => page.getByRole("combobox", { name: "Resource" });

/** The first button of that name: a change can be made from a user and from its group. */
export const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

/** The verdict as it is marked. */
export const answer = (page, wanted) => expect(verdict(page)).toHaveAttribute("data-verdict", wanted);

/** The verdict's own colour, as the browser computes it. */
export const colour = (page) => page.locator(".verdict__word").evaluate((word) => getComputedStyle(word).color);

/** The dialog that tells everything about an object. */
export async function details(page, of) {
  await press(page, `Details of ${of}`);
  return page.locator("#inspector");
}

/** Closes the dialog that is open. */
export async function close(page) {
  await press(page, "Close");
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** The root user signs in by e-mail address. A root user without a password is asked for its first one. */
export async function signInAsRoot(page, password, { first = false } = {}) {
  await press(page, "Sign in");
  const dialog = page.locator("#sign-in");
  await dialog.getByRole("button", { name: "Sign in using root user email" }).click();
  await dialog.getByLabel("Root user email address").fill("owner@example.com");
  if (!first) await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  if (first) {
    await dialog.getByLabel("New password").fill(password);
    await dialog.getByRole("button", { name: "Set password" }).click();
  }
  return dialog;
}

/** Whoever has signed in, as the bar names them. */
export const signedIn = (page) => page.locator("#signed-in");

/** Runs something by its words in the palette. */
export async function run(page, words) {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search or add" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}

/** Somebody is asked about something. */
export async function ask(page, who, what, onWhat) {
  await page.getByLabel("Principal", { exact: true }).selectOption(who);
  await action(page).fill(what);
  await page.keyboard.press("Escape");
  if (onWhat) {
    await resource(page).fill(onWhat);
    await page.keyboard.press("Escape");
  }
}
