// Words for what the journeys do.
import { expect, VERDICT } from "./fixtures.mjs";

export const verdict = (page) => page.locator(VERDICT);
export const sentence = (page) => page.getByRole("region", { name: "Answer" }).getByRole("paragraph").first();
export const action = (page) => page.getByRole("combobox", { name: "Action" });
export const resource = (page) => page.getByRole("combobox", { name: "Resource" });

/** The first button of that name: a change can be made from a user and from its group. */
export const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

/** The verdict as it is marked. */
export const answer = (page, wanted) => expect(verdict(page)).toHaveAttribute("data-verdict", wanted);

/** The verdict's own colour, as the browser computes it. */
export const colour = (page) => page.locator(".verdict__word").evaluate((word) => getComputedStyle(word).color);
