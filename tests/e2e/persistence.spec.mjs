// What people make is kept: in the browser, in files, and whatever goes wrong with either.
import { readFile } from "node:fs/promises";
import { axe, expect, fitsWidth, open, test, VERDICT } from "./fixtures.mjs";
import { answer, press } from "./workbench.mjs";

const LEAVE = "Remove Administrator from Administrators";
const status = (page) => page.locator(".top-bar__kept");
const saved = (page) => expect(status(page)).toHaveText("Saved in this browser");
const worlds = (page) => page.getByRole("button", { name: /^World .*: save, open, rename$/ }).click();
const world = (page, name) => expect(page.getByRole("button", { name: `World ${name}: save, open, rename` })).toBeVisible();

/** Changes the world so that the answer shows it. */
async function edit(page) {
  await press(page, LEAVE);
  await answer(page, "implicitly-denied");
}

async function rename(page, name) {
  await worlds(page);
  await page.getByLabel("Name of this world").fill(name);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await world(page, name);
}

/** The file that a button saves. */
async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const openFile = (page, name, text) =>
  page.getByLabel("Open a file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** Every save in the browser, by name; with `text`, each is replaced by it first. */
const saves = (page, text) =>
  page.evaluate(async (text) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await asked(indexedDB.open("iam-playground"));
    const stores = database.transaction(["worlds", "texts"], "readwrite");
    const [list, texts] = ["worlds", "texts"].map((name) => stores.objectStore(name));
    const found = {};
    for (const { id, name } of await asked(list.getAll())) {
      if (text !== undefined) await asked(texts.put(text, id));
      found[name] = await asked(texts.get(id));
    }
    database.close();
    return found;
  }, text);

test.describe("behaviour", { tag: "@any-colour" }, () => {
  test("an edit is there after the page is loaded again", async ({ page }) => {
    await open(page);
    await expect(status(page)).toHaveCount(0);
    await edit(page);
    await saved(page);
    await page.reload();
    await answer(page, "implicitly-denied");
    await saved(page);
  });

  test("an edit right before the page is left is there as well", async ({ page }) => {
    await open(page);
    await edit(page);
    await page.reload();
    await answer(page, "implicitly-denied");
  });

  test("nothing is saved before something is made", async ({ page }) => {
    await open(page);
    await page.reload();
    await expect(page.locator(VERDICT)).toBeVisible();
    expect(await saves(page)).toEqual({});
  });

  test("a name that is being typed survives the saving of a change", async ({ page }) => {
    await open(page);
    await edit(page);
    await worlds(page);
    await page.getByLabel("Name of this world").fill("Typed");
    await expect(page.locator("#worlds-status")).toHaveText("Saved in this browser.");
    await page.keyboard.press("Enter");
    await world(page, "Typed");
  });

  test("worlds stand beside each other and are opened, renamed and deleted", async ({ page }) => {
    await open(page);
    await edit(page);
    await rename(page, "First");
    await worlds(page);
    await press(page, "Begin with Empty account");
    await world(page, "Empty account");
    await saved(page);
    await worlds(page);
    await press(page, "Open First");
    await world(page, "First");
    await answer(page, "implicitly-denied");
    await worlds(page);
    await press(page, "Delete Empty account");
    await expect(page.getByRole("button", { name: "Keep Empty account" })).toBeFocused();
    await press(page, "Keep Empty account");
    await press(page, "Delete Empty account");
    await press(page, "Delete Empty account for good");
    await expect(page.getByText("None yet.")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.reload();
    await world(page, "First");
    expect(Object.keys(await saves(page))).toEqual(["First"]);
  });

  test("a second tab reads, takes over, and the first one reads from then on", async ({ page, context }) => {
    await open(page);
    await edit(page);
    await saved(page);
    const second = await context.newPage();
    await open(second);
    await answer(second, "implicitly-denied");
    await expect(second.getByText("This world is open in another tab, which may change it.")).toBeVisible();
    await press(second, "Add Administrator to Administrators");
    await expect(second.getByRole("alert")).toContainText("Take it over to change it here.");
    await answer(second, "implicitly-denied");
    // A change of the first tab that is not saved yet goes along.
    await press(page, "Add Administrator to Administrators");
    await press(second, "Take over");
    await saved(second);
    await answer(second, "allowed");
    await expect(status(page)).toHaveText("Read only");
    await edit(second);
    await saved(second);
    await press(page, "Take over");
    await saved(page);
    await answer(page, "implicitly-denied");
    await expect(status(second)).toHaveText("Read only");
    await second.close();
  });

  test("a tab that is closed leaves its world to the next", async ({ page, context }) => {
    await open(page);
    await edit(page);
    await saved(page);
    await page.close();
    const next = await context.newPage();
    await open(next);
    await saved(next);
    await answer(next, "implicitly-denied");
  });

  test("without room the change stays, the page says so, and a file saves it", async ({ page }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...values) {
        if (window.full) throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, values);
      };
    });
    await open(page);
    await rename(page, "Mine");
    await saved(page);
    await page.evaluate(() => (window.full = true));
    await edit(page);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("Your last change is not saved: the browser has no more room for this page.");
    await answer(page, "implicitly-denied");
    const file = await download(page, alert.getByRole("button", { name: "Save to a file" }));
    expect(JSON.parse(file.text).world.accounts["123456789012"].users[0].groups).toEqual([]);
    // Another world can be opened meanwhile, and this one is still there.
    await worlds(page);
    await press(page, "Begin with Empty account");
    await world(page, "Empty account");
    await worlds(page);
    await press(page, "Open Mine");
    await answer(page, "implicitly-denied");
    await page.evaluate(() => (window.full = false));
    await press(page, "Add Administrator to Administrators");
    await saved(page);
    await expect(alert).toBeHidden();
  });

  test("where storage is denied the page works and says that nothing is kept", async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("denied", "SecurityError");
      };
    });
    await open(page);
    await expect(page.getByText("Not saved: The browser does not let this page use its database. Worlds last as long as this page is open.")).toBeVisible();
    await edit(page);
    await expect(status(page)).toHaveText("Not saved");
    const file = await download(page, page.getByRole("button", { name: "Save to a file" }));
    expect(JSON.parse(file.text).format).toBe(2);
    // Leaving now would lose the change: the browser asks.
    const asked = page.waitForEvent("dialog");
    const left = page.reload().catch(() => {});
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await left;
  });

  test("a database that does not answer does not hold up the first verdict", async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => ({});
    });
    await open(page);
    await answer(page, "allowed");
    await expect(status(page)).toHaveText("Not saved");
    await edit(page);
  });

  for (const [what, text, reason] of [
    ["damaged", '{"app":"iam-playground","format":1,"saved":1,"world":{', "This is not JSON, or a part of it is missing"],
    ["newer", '{"app":"iam-playground","format":3,"saved":1,"world":{}}', "It was saved by a newer version of IAM Playground, in format 3"],
    ["inconsistent", '{"app":"iam-playground","format":1,"saved":1,"world":{"name":"x","accounts":{},"organization":null,"serial":0}}', "It is damaged: the world has no account."],
  ]) {
    test(`a ${what} save is named, offered and left as it is`, async ({ page }) => {
      await open(page);
      await edit(page);
      await saved(page);
      await saves(page, text);
      for (let visit = 0; visit < 2; visit += 1) {
        await page.reload();
        await answer(page, "allowed");
        await expect(page.getByRole("alert")).toContainText("The world Primer of this browser cannot be opened. Nothing was changed or deleted.");
        await expect(page.getByRole("alert")).toContainText(reason);
      }
      const file = await download(page, page.getByRole("button", { name: "Download what is saved" }));
      expect(file).toEqual({ name: "Primer.iam-playground.json", text });
      await press(page, "Go on");
      await rename(page, "Another");
      await saved(page);
      const kept = await saves(page);
      expect(kept.Primer).toBe(text);
      expect(JSON.parse(kept.Another).world.name).toBe("Another");
    });
  }

  test("a world of five megabytes is opened from a file, saved, and there again", async ({ page }) => {
    await open(page);
    await worlds(page);
    const { text } = await download(page, page.getByRole("button", { name: "Save to a file" }));
    const save = JSON.parse(text);
    const account = save.world.accounts["123456789012"];
    const [user] = account.users;
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: Array.from({ length: 3500 }, (_, n) => `arn:aws:s3:::example-bucket/${n}/*`) } });
    const big = (_, n) => ({ ...user, name: `user${100 + n}`, id: `AIDA${n}`, permissions: { attached: [], inline: [{ name: "Big", text: policy }] } });
    account.users.push(...Array.from({ length: 50 }, big));
    save.world.serial = 1000;
    save.world.name = "Big";
    const wanted = JSON.stringify(save);
    expect(wanted.length).toBeGreaterThan(5_000_000);
    await openFile(page, "big.json", wanted);
    await world(page, "Big");
    await saved(page);
    await page.reload();
    await world(page, "Big");
    await answer(page, "allowed");
    const kept = await saves(page);
    expect(JSON.parse(kept.Big).world).toEqual(save.world);
    // And changed.
    await edit(page);
    await saved(page);
    await page.reload();
    await world(page, "Big");
    await answer(page, "implicitly-denied");
  });

  test("a file opens as another world that equals the one it was saved from", async ({ page, browser, site }) => {
    await open(page);
    await edit(page);
    await rename(page, "Photo app: 2");
    await worlds(page);
    const file = await download(page, page.getByRole("button", { name: "Save to a file" }));
    expect(file.name).toBe("Photo app- 2.iam-playground.json");
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await open(other, site);
    await press(other, LEAVE);
    await worlds(other);
    await openFile(other, file.name, file.text);
    await world(other, "Photo app: 2");
    await answer(other, "implicitly-denied");
    await saved(other);
    const kept = await saves(other);
    expect(JSON.parse(kept["Photo app: 2"]).world).toEqual(JSON.parse(file.text).world);
    expect(Object.keys(kept).sort()).toEqual(["Photo app: 2", "Primer"]);
    await elsewhere.close();
  });

  test("a file that is no world says why, and a dropped one is opened", async ({ page }) => {
    await open(page);
    const drop = (text) =>
      page.evaluate((text) => {
        const files = new DataTransfer();
        files.items.add(new File([text], "dropped.json"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
      }, text);
    for (const [text, reason] of [["hello", "This is not JSON"], ['{"Version":"2012-10-17"}', "no world of IAM Playground"]]) {
      await drop(text);
      await expect(page.getByRole("alert")).toContainText("The file cannot be opened. The world that is open stays as it is.");
      await expect(page.getByRole("alert")).toContainText(reason);
    }
    await drop(await readFile(new URL("../saves/format-1.json", import.meta.url), "utf8"));
    await world(page, "Sample of format 1");
    await expect(page.getByRole("alert")).toBeHidden();
  });

  test("a world with which the page stopped is not opened by itself, and is still there", async ({ page, troubles }) => {
    await open(page);
    await edit(page);
    await saved(page);
    await page.evaluate(() => {
      Node.prototype.insertBefore = () => {
        throw new Error("broken by an extension");
      };
    });
    await press(page, "What is modelled");
    await page.getByRole("link", { name: "Load the page again" }).click();
    await expect(page.getByRole("alert")).toContainText("The playground stopped while the world Primer was open");
    await answer(page, "allowed");
    await press(page, "Open it again");
    await answer(page, "implicitly-denied");
    await page.reload();
    await answer(page, "implicitly-denied");
    expect(troubles.length).toBeGreaterThan(0);
    troubles.length = 0;
  });
});

test("worlds are managed by keyboard, accessible, and fit the screen", async ({ page }) => {
  await open(page);
  await edit(page);
  await saved(page);
  const button = page.getByRole("button", { name: /^World / });
  await button.focus();
  await page.keyboard.press("Enter");
  await press(page, "Begin with Primer");
  await world(page, "Primer");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Worlds" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Open Primer" })).toBeVisible();
  await axe(page);
  await fitsWidth(page);
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await saves(page, "{");
  await page.reload();
  await expect(page.getByRole("alert")).toBeVisible();
  await axe(page);
  await fitsWidth(page);
});
