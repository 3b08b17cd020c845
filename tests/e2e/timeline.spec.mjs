// How a world was before, what comes back with it, and databases of earlier versions.
import { readFile } from "node:fs/promises";
import { ANY_VERDICT, axe, expect, fitsWidth, open, test, VERDICT } from "./fixtures.mjs";
import { action, answer, press, resource } from "./workbench.mjs";

const LEAVE = "Remove Administrator from Administrators";
const saved = (page) => expect(page.locator(".top-bar__kept")).toHaveText("Saved in this browser");
const dialog = (page) => page.getByRole("dialog", { name: "Timeline" });

/** Everything in one store of the browser's database. */
const stored = (page, store) =>
  page.evaluate(async (store) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await asked(indexedDB.open("iam-playground"));
    const found = await asked(database.transaction(store).objectStore(store).getAll());
    database.close();
    return found;
  }, store);
const automatic = async (page) => (await stored(page, "snapshots")).filter(({ name }) => name === null);
const named = async (page) => (await stored(page, "snapshots")).filter(({ name }) => name !== null).map(({ name }) => name);

/** A named snapshot, by the keys for saving. */
async function snapshot(page, name) {
  await page.keyboard.press("Control+s");
  await expect(page.getByLabel("Name of a new snapshot")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(`Name of snapshot ${name}`)).toBeVisible();
}

test("what another tab had is a snapshot once its world is taken over", async ({ page, context }) => {
  await open(page);
  await press(page, LEAVE);
  await saved(page);
  const second = await context.newPage();
  await open(second);
  await answer(second, "implicitly-denied");
  const known = (await automatic(second)).map(({ id }) => id);
  await press(page, "Add Administrator to Administrators");
  await saved(page);
  await press(second, "Take over");
  await answer(second, "allowed");
  await expect.poll(async () => (await automatic(second)).filter(({ id }) => !known.includes(id)).length).toBe(1);
  await second.close();
});

test("snapshots are named, renamed, restored, undone and deleted", async ({ page }) => {
  await open(page);
  await snapshot(page, "As it was");
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.press("Escape");
  await press(page, LEAVE);
  await answer(page, "implicitly-denied");
  await saved(page);
  await page.reload();
  await answer(page, "implicitly-denied");
  await page.getByRole("button", { name: /^World .*: save, open, rename$/ }).click();
  await press(page, "Timeline");
  const name = page.getByLabel("Name of snapshot As it was");
  await name.fill("Good");
  await name.press("Enter");
  await press(page, "Restore Good");
  await answer(page, "allowed");
  await expect(dialog(page)).toBeHidden();
  await saved(page);
  await page.keyboard.press("Control+s");
  // What was there before the restore is kept as well.
  await expect.poll(async () => (await automatic(page)).length).toBeGreaterThan(0);
  await press(page, "Delete Good");
  await press(page, "Delete Good for good");
  await expect(page.getByLabel("Name of snapshot Good")).toBeHidden();
  await expect.poll(() => named(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await answer(page, "implicitly-denied");
});

test.describe("behaviour", { tag: "@any-screen" }, () => {
  test("of the automatic snapshots fifty stay, and named ones all", async ({ page }) => {
    await page.clock.install({ time: "2026-11-24T12:00:00Z" });
    await open(page);
    await snapshot(page, "Mine");
    await page.keyboard.press("Escape");
    await press(page, LEAVE);
    await saved(page);
    const [world] = await stored(page, "worlds");
    await page.evaluate(async (world) => {
      const request = indexedDB.open("iam-playground");
      const database = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
      const transaction = database.transaction(["snapshots", "texts"], "readwrite");
      for (let n = 0; n < 60; n += 1) {
        transaction.objectStore("snapshots").put({ id: `old-${n}`, world: world.id, name: null, time: 1000 + n });
        transaction.objectStore("texts").put("{}", `old-${n}`);
      }
      await new Promise((resolve) => { transaction.oncomplete = resolve; });
      database.close();
    }, world);
    const before = (await automatic(page)).length;
    // Within five minutes there is no other one.
    await press(page, "Add Administrator to Administrators");
    await page.clock.runFor(1_000);
    await saved(page);
    expect((await automatic(page)).length).toBe(before);
    await page.clock.runFor(301_000);
    await press(page, LEAVE);
    await page.clock.runFor(1_000);
    await saved(page);
    await expect.poll(async () => (await automatic(page)).length).toBe(50);
    expect((await automatic(page)).some(({ id }) => id === "old-0")).toBe(false);
    expect(await named(page)).toEqual(["Mine"]);
  });

  test("without room automatic snapshots give way, and the change is saved", async ({ page }) => {
    await page.addInitScript(() => {
      const { put, delete: forget } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...values) {
        if (window.full) throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, values);
      };
      IDBObjectStore.prototype.delete = function (...values) {
        window.full = false;
        return forget.apply(this, values);
      };
    });
    await open(page);
    await press(page, LEAVE);
    await saved(page);
    await snapshot(page, "Mine");
    await page.keyboard.press("Escape");
    await expect.poll(async () => (await stored(page, "snapshots")).length).toBe(2);
    await page.evaluate(() => { window.full = true; });
    await press(page, "Add Administrator to Administrators");
    await answer(page, "allowed");
    await saved(page);
    expect((await stored(page, "snapshots")).map(({ name }) => name)).toEqual(["Mine"]);
  });

  test("where storage is denied the timeline says so, and named snapshots last for the visit", async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };
    });
    await open(page);
    await snapshot(page, "For now");
    await expect(dialog(page).getByRole("status")).toContainText("named snapshots last for this visit");
    await page.keyboard.press("Escape");
    await press(page, LEAVE);
    await answer(page, "implicitly-denied");
    await page.keyboard.press("Control+s");
    await press(page, "Restore For now");
    await answer(page, "allowed");
  });

  test("a database of version 1 loses nothing", async ({ page }) => {
    const text = await readFile(new URL("../saves/format-1.json", import.meta.url), "utf8");
    // Some page of the same origin that opens no database.
    await page.route("**/old", (route) => route.fulfill({ contentType: "text/html", body: "<title>old</title>" }));
    await page.goto("./old");
    await page.evaluate(async (text) => {
      const request = indexedDB.open("iam-playground", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("worlds", { keyPath: "id" });
        request.result.createObjectStore("texts");
      };
      const database = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
      const transaction = database.transaction(["worlds", "texts"], "readwrite");
      transaction.objectStore("worlds").put({ id: "old", name: "Sample of format 1", saved: 5 });
      transaction.objectStore("texts").put(text, "old");
      await new Promise((resolve) => { transaction.oncomplete = resolve; });
      database.close();
    }, text);
    await open(page);
    await expect(page.getByRole("button", { name: "World Sample of format 1: save, open, rename" })).toBeVisible();
    // Opened, it has a first snapshot.
    await expect.poll(async () => (await stored(page, "snapshots")).length).toBe(1);
  });

  test("question and unfinished text come back with the world", async ({ page }) => {
    const table = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";
    await open(page);
    await page.getByLabel("Principal", { exact: true }).selectOption({ label: "user TableMaker" });
    await action(page).fill("dynamodb:CreateTable");
    await resource(page).fill(table);
    await answer(page, "allowed");
    await press(page, "Edit CreateTables");
    const editor = page.getByRole("textbox", { name: "JSON of CreateTables" });
    await editor.fill("{ unfinished");
    await saved(page);
    await page.reload();
    await answer(page, "allowed");
    await expect(action(page)).toHaveValue("dynamodb:CreateTable");
    await expect(resource(page)).toHaveValue(table);
    await press(page, "Continue editing CreateTables");
    await expect(editor).toHaveValue("{ unfinished");
  });

  test("whoever comes back to a world of their own never sees another one's verdict", async ({ page }) => {
    await page.addInitScript((selector) => {
      window.verdicts = [];
      new MutationObserver(() => {
        for (const one of document.querySelectorAll(selector))
          if (!one.hidden && one.dataset.verdict) window.verdicts.push(one.dataset.verdict);
      }).observe(document, { subtree: true, childList: true, attributes: true });
    }, ANY_VERDICT);
    const visited = () => page.evaluate(() => localStorage.getItem("iam-playground.visited"));
    await open(page);
    expect(await visited()).toBe(null);
    await press(page, LEAVE);
    await saved(page);
    await expect.poll(visited).toBe("1");
    await page.reload();
    await expect(page.locator(VERDICT).first()).toBeVisible();
    await answer(page, "implicitly-denied");
    expect([...new Set(await page.evaluate(() => window.verdicts))]).toEqual(["implicitly-denied"]);
  });
});
