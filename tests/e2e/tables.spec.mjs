// Tables of decisions: every cell puts its question, large ones are made beside the page, all can be handed out.
import { readFile } from "node:fs/promises";
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { action, answer, ask, press, resource } from "./workbench.mjs";

const table = (page, name) => page.getByRole("region", { name, exact: true }).getByRole("table");

/** The choice is drawn anew while the page works, so its state is waited for. */
async function choose(page, which) {
  const radio = page.getByRole("radio", { name: which });
  await expect(async () => {
    await radio.click({ force: true });
    await expect(radio).toBeChecked({ timeout: 2_000 });
  }).toPass();
}

async function openTable(page, which) {
  await open(page);
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, which);
  await expect(table(page, which)).toBeVisible();
}

test("a cell of the matrix puts its question and opens its trace", async ({ page }) => {
  await openTable(page, "Matrix");
  await page.getByLabel("Actions", { exact: true }).fill("dynamodb:CreateTable s3:List*Buckets");
  const row = table(page, "Matrix").getByRole("row").filter({ has: page.getByRole("rowheader", { name: "user TableMaker" }) });
  await row.getByRole("button", { name: "Allowed for user TableMaker, dynamodb:CreateTable" }).click();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("user TableMaker");
  await expect(action(page)).toHaveValue("dynamodb:CreateTable");
  await expect(resource(page)).toHaveValue("arn:aws:dynamodb:us-east-1:123456789012:table/Orders");
  await answer(page, "allowed");
  await row.getByRole("button", { name: "Implicitly denied for user TableMaker, s3:ListAllMyBuckets" }).click();
  await answer(page, "implicitly-denied");
  await expect(action(page)).toHaveValue("s3:ListAllMyBuckets");
});

test("who can says who, on what, and follows the world", async ({ page }) => {
  await open(page);
  await ask(page, "user TableMaker", "dynamodb:CreateTable");
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, "Who can");
  const caption = table(page, "Who can").getByRole("caption");
  await expect(caption).toContainText(/^3 of \d+ may do dynamodb:CreateTable on arn:aws:dynamodb:.*, of the question\.$/);
  await press(page, "Remove Administrator from Administrators");
  await expect(caption).toContainText(/^2 of/);
});

test("the heat map over all actions is made beside the page, which stays live", async ({ page }) => {
  await open(page);
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, "Heat map");
  await action(page).fill("s3:GetObject");
  await answer(page, "allowed");
  const heat = table(page, "Heat map");
  await expect(heat.getByRole("caption")).toContainText(/^user Administrator may do 22,\d{3} of 22,321 actions/);
  expect(workers).toHaveLength(1);
  await page.getByLabel("Services", { exact: true }).fill("dynamodb");
  const cell = heat.getByRole("button", { name: /^\d+ of \d+ of dynamodb, Write$/ });
  await cell.click();
  await expect(cell).toHaveAttribute("aria-expanded", "true");
  await heat.getByRole("button", { name: /^Allowed for dynamodb:CreateTable on .*table\/Orders$/ }).click();
  await expect(action(page)).toHaveValue("dynamodb:CreateTable");
  await answer(page, "allowed");
  // The table is still about Administrator.
  await expect(cell).toHaveAttribute("aria-expanded", "true");
});

test("work that takes long shows how far it is, and can be cancelled", async ({ page }) => {
  // A worker that never gets to work.
  await page.addInitScript(() => {
    const Real = Worker;
    window.Worker = function (address, options) {
      const worker = new Real(address, options);
      if (!window.slow) return worker;
      const post = worker.postMessage.bind(worker);
      worker.postMessage = (order) => setTimeout(() => post(order), 60_000);
      return worker;
    };
    window.slow = true;
  });
  await open(page);
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, "Heat map");
  await expect(page.getByRole("progressbar", { name: "Decisions made" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByText("Cancelled.")).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await page.evaluate(() => (window.slow = false));
  await page.getByRole("button", { name: "Make the table" }).click();
  await expect(table(page, "Heat map")).toBeVisible();
});

test("where there are no workers the page makes the tables itself", async ({ page }) => {
  await page.addInitScript(() => delete window.Worker);
  await openTable(page, "Heat map");
});

test("what a principal may is listed with what on", async ({ page }) => {
  await open(page);
  await ask(page, "role RedshiftLoader", "s3:GetObject");
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, "What can");
  const what = table(page, "What can");
  await what.getByRole("button", { name: /of s3$/ }).click();
  const get = what.getByRole("listitem").filter({ hasText: /^s3:GetObject Read/ });
  await expect(get).toContainText("on some: 1 of");
  await get.getByRole("button", { name: /^Allowed for s3:GetObject on arn:aws:s3:::example-sales\// }).click();
  await answer(page, "allowed");
  await get.getByRole("button", { name: /^Implicitly denied for s3:GetObject on arn:aws:s3:::example-photos\// }).click();
  await answer(page, "implicitly-denied");
});

test("two principals are compared, action by action", async ({ page }) => {
  await open(page);
  await ask(page, "user TableMaker", "s3:GetObject");
  await page.getByRole("tab", { name: "Tables" }).click();
  await choose(page, "Differences");
  await page.getByLabel("user TableMaker compared with").selectOption("role PhotoServer");
  const differences = table(page, "Differences");
  const row = differences.getByRole("row").filter({ hasText: "dynamodb:CreateTable" }).first();
  await expect(row.getByRole("button")).toHaveText([/^Allowed/, /^Implicitly denied/]);
  await row.getByRole("button").nth(1).click();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("role PhotoServer");
  await answer(page, "implicitly-denied");
});

test("a table is copied and downloaded with all its rows", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openTable(page, "Matrix");
  await page.getByLabel("Actions", { exact: true }).fill("dynamodb:CreateTable");
  await expect(table(page, "Matrix").getByRole("columnheader", { name: /dynamodb:CreateTable/ })).toBeVisible();
  await press(page, "Copy as CSV");
  await expect(page.getByText("Copied as CSV.")).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  const lines = csv.trimEnd().split("\r\n");
  expect(lines[0]).toBe("Account,Principal,dynamodb:CreateTable on arn:aws:dynamodb:us-east-1:123456789012:table/Orders");
  expect(lines).toContain("123456789012,user TableMaker,Allowed");
  expect(lines).toHaveLength(1 + (await table(page, "Matrix").getByRole("rowheader").count()));
  await press(page, "Copy as Markdown");
  await expect(page.getByText("Copied as Markdown.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("| 123456789012 | user TableMaker | Allowed |");
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download CSV")]);
  expect(download.suggestedFilename()).toBe("matrix.csv");
  expect(await readFile(await download.path(), "utf8")).toBe(csv);
});

for (const which of ["Matrix", "Who can", "What can", "Heat map", "Differences"]) {
  test(`${which} is accessible and fits the screen`, async ({ page }) => {
    await openTable(page, which);
    if (which === "What can" || which === "Heat map") await table(page, which).getByRole("button").first().click();
    await axe(page);
    await fitsWidth(page);
  });
}
