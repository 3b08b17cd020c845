// Words for what journeys do in the player of the flows.
import { expect } from "./fixtures.mjs";

/** Opens a flow at an address such as `web-identity?step=3`. */
export async function openFlow(page, address) {
  await page.goto(`./#/flows/${address}`);
  await expect(page.locator("#flows .walk")).toBeVisible();
}

/** The step that is looked at. */
export const step = (page) => page.locator(".step");
/** What comes of the flow, in a sentence. */
export const ending = (page) => page.locator("#ending");
export const wallet = (page) => page.getByRole("region", { name: "Who holds what" });
export const fault = (page) => page.getByRole("combobox", { name: /^What goes wrong/ });

/** A step of a flow with so many is shown. */
export const at = (page, number, count = 10) => expect(page.getByText(`Step ${number} of ${count}`, { exact: true })).toBeVisible();

/** Every key and signature has been made. */
export const signed = (page) => expect(page.getByText("The browser is signing it.")).toHaveCount(0);

/** The text of a paper of the step, as its button copies it. */
export async function copied(page, title) {
  await signed(page);
  const paper = step(page).getByRole("region", { name: title, exact: true });
  await paper.getByRole("button", { name: "Copy the text" }).click();
  await expect(paper.getByRole("button", { name: "Copied the text" })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}
