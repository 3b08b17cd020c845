// The graph of the question and of the account.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { answer, press } from "./workbench.mjs";

const node = (page, name) => page.getByRole("group", { name: "Graph", exact: true }).getByRole("button", { name });
const menu = (page) => page.getByRole("button", { name: "Connect to…" });

async function openGraph(page) {
  await open(page);
  await page.getByRole("tab", { name: "Graph" }).click();
  await expect(node(page, /^Administrator, user/)).toBeVisible();
}

test("the tabs are reached with arrow keys, and the graph tells the path that decides", async ({ page }) => {
  await open(page);
  await page.getByRole("tab", { name: "Policy" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Graph" })).toBeFocused();
  await expect(page.getByRole("tab", { name: "Graph" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("img", { name: /The path that decides: Administrator member of Administrators; .* on \*\.$/ })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByRole("region", { name: "JSON of AdministratorAccess" })).toBeVisible();
});

test("arrow keys walk the edges, and Enter opens the policy", async ({ page }) => {
  await openGraph(page);
  await node(page, /^Administrator, user/).focus();
  // A narrow pane has the same picture downwards.
  const [from, to] = [await node(page, /^Administrator, user/).boundingBox(), await node(page, /^Administrators, group/).boundingBox()];
  const along = to.y > from.y + from.height ? "ArrowDown" : "ArrowRight";
  await page.keyboard.press(along);
  await expect(node(page, /^Administrators, group/)).toBeFocused();
  await page.keyboard.press(along);
  await expect(node(page, /^AdministratorAccess/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "JSON of AdministratorAccess" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Policy" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { name: "Policy", exact: true })).toBeFocused();
});

test("a user joins a group by keyboard alone", async ({ page }) => {
  await openGraph(page);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
  await node(page, /^Administrator, user/).focus();
  await page.keyboard.press("c");
  await expect(menu(page)).toHaveAttribute("aria-expanded", "true");
  const join = page.getByRole("list", { name: "Connect Administrator to" }).getByRole("button", { name: "Add Administrator to Administrators" });
  await expect(join).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(join).toHaveCount(0);
  await expect(node(page, /^Administrator, user/)).toBeFocused();
  await page.keyboard.press("c");
  await expect(join).toBeFocused();
  await page.keyboard.press("Enter");
  await answer(page, "allowed");
  await expect(node(page, /^Administrator, user/)).toBeFocused();
});

test("a policy is attached by dragging its node, or a row of the world, onto a user", { tag: "@pointer" }, async ({ page }) => {
  // Wide enough to see both ends of what is dragged.
  await page.setViewportSize({ width: 2000, height: 1000 });
  await openGraph(page);
  await page.getByLabel("Whole account").check();
  const middle = async (of) => {
    const { x, y, width, height } = await of.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const drag = async (from, to) => {
    await to.scrollIntoViewIfNeeded();
    await page.mouse.move(...(await middle(from)));
    await page.mouse.down();
    await page.mouse.move(...(await middle(to)), { steps: 5 });
    await expect(to).toHaveAttribute("data-takes", "true");
    await page.mouse.up();
    await expect(to).toHaveAttribute("data-takes", "false");
  };
  const detach = page.getByRole("button", { name: "Detach AdministratorAccess from TableMaker" });
  await drag(node(page, /^AdministratorAccess/), node(page, /^TableMaker, user/));
  await expect(detach).toBeVisible();
  await page.getByRole("button", { name: /^Undo: Attach AdministratorAccess/ }).click();
  await expect(detach).toHaveCount(0);
  const row = page.getByRole("button", { name: "Show AdministratorAccess of Administrators" });
  await row.scrollIntoViewIfNeeded();
  await drag(row, node(page, /^TableMaker, user/));
  await expect(detach).toBeVisible();
  await expect(page.getByRole("tab", { name: "Graph" })).toHaveAttribute("aria-selected", "true");
});

test("the picture of a question is no wider than its pane", async ({ page }) => {
  await openGraph(page);
  const [content, room] = await page.getByRole("region", { name: "Picture" }).evaluate((region) => [region.scrollWidth, region.clientWidth]);
  expect(content).toBeLessThanOrEqual(room);
});

test("the table says the same, with the same selection", async ({ page }) => {
  await openGraph(page);
  await page.getByText(/^Table of the \d relations$/).click();
  const table = page.getByRole("region", { name: "Table of the graph" }).getByRole("table");
  const rows = table.getByRole("row");
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(4)).toContainText("allows: this decides");
  await table.getByRole("button", { name: "AdministratorAccess" }).first().click();
  await expect(node(page, /^AdministratorAccess/)).toHaveAttribute("aria-pressed", "true");
});

test("both graphs are accessible and scroll in their own region", async ({ page }) => {
  await openGraph(page);
  await page.getByText(/^Table of the \d relations$/).click();
  await axe(page);
  await fitsWidth(page);
  await page.getByLabel("Whole account").check();
  await expect(page.getByText("Without relations:")).toBeVisible();
  await axe(page);
  await fitsWidth(page);
  await press(page, "Remove Administrator from Administrators");
  await answer(page, "implicitly-denied");
  await page.getByLabel("This question").check();
  await axe(page);
});
