// The simulator by keyboard alone, and what it tells assistive technology.
import { axe, expect, fitsWidth, open, test } from "./fixtures.mjs";
import { action, answer, ask, press, resource } from "./workbench.mjs";

const CREATE = "dynamodb:CreateTable";
const ORDERS = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders";
const BACKUP = "arn:aws:dynamodb:us-east-1:123456789012:backup/Orders";
const why = (page) => page.getByRole("region", { name: "Why" });
const trial = (page) => page.getByRole("region", { name: "What if" });

/** Presses Tab until something has the focus, backwards with `key` Shift+Tab. */
async function reach(page, wanted, key = "Tab") {
  const isThere = () => wanted.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 250 && !(await isThere()); presses++) await page.keyboard.press(key);
  await expect(wanted, `${key} reaches it`).toBeFocused();
}

/** The focused field gets another text. */
async function type(page, text) {
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

test("a question is changed, a gate and an alignment opened, and something switched off and brought back, by keyboard alone", async ({ page }) => {
  await open(page);
  await reach(page, page.getByLabel("Principal", { exact: true }));
  await page.keyboard.type("user T");
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("user TableMaker");
  await page.keyboard.press("Tab");
  await expect(action(page)).toBeFocused();
  await type(page, "dynamodb:createt");
  await expect(page.getByRole("option", { name: /^dynamodb:CreateTable/ }).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(action(page)).toHaveValue(CREATE);
  await page.keyboard.press("Tab");
  await expect(resource(page)).toBeFocused();
  await type(page, BACKUP);
  await page.keyboard.press("Escape");
  await answer(page, "implicitly-denied");

  const gate = why(page).getByRole("button", { name: /^Identity policies/ });
  await reach(page, gate);
  await expect(gate).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(gate).toHaveAttribute("aria-expanded", "false");
  await expect(gate).toBeFocused();
  await page.keyboard.press("Space");
  await expect(gate).toHaveAttribute("aria-expanded", "true");
  const cell = why(page).getByRole("button", { name: /does not match: arn:aws:dynamodb/ });
  await reach(page, cell);
  await page.keyboard.press("Enter");
  await expect(cell).toHaveAttribute("aria-pressed", "true");
  await expect(cell).toBeFocused();
  await expect(why(page).getByText("differs here")).toBeVisible();

  await reach(page, resource(page), "Shift+Tab");
  await type(page, ORDERS);
  await page.keyboard.press("Escape");
  await answer(page, "allowed");
  await reach(page, page.getByRole("button", { name: "What if…" }));
  await page.keyboard.press("Enter");
  await expect(page.locator("#trial-title")).toBeFocused();
  await reach(page, trial(page).locator("summary"));
  await page.keyboard.press("Enter");
  const off = trial(page).getByRole("button", { name: "Switch off: CreateTables" });
  await reach(page, off);
  await page.keyboard.press("Enter");
  await answer(page, "implicitly-denied");
  await expect(trial(page).getByRole("button", { name: "Switch on: CreateTables" })).toBeFocused();
  await reach(page, trial(page).getByRole("button", { name: "Discard" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await answer(page, "allowed");
  await expect(trial(page)).toBeHidden();
  await expect(page.locator("#verdict-tools")).toBeFocused();
  await axe(page);
  await fitsWidth(page);
});

test("tabs are one stop, and arrows, Home and End move between them", async ({ page }) => {
  await open(page);
  const tab = (name) => page.getByRole("tab", { name });
  await reach(page, tab("Policy"));
  await page.keyboard.press("ArrowRight");
  await expect(tab("Graph")).toBeFocused();
  await expect(tab("Graph")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(tab("Checks")).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "Checks" })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(tab("Policy")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tab").and(page.locator(":focus"))).toHaveCount(0);
  await axe(page);
});

test("several actions are chosen from by keyboard", async ({ page }) => {
  await open(page);
  await reach(page, action(page));
  await type(page, "s3:GetObject, s3:PutObject");
  await page.keyboard.press("Escape");
  const put = page.getByRole("button", { name: /^s3:PutObject ?: Allowed$/ });
  await reach(page, put);
  await page.keyboard.press("Enter");
  await expect(put).toHaveAttribute("aria-current", "true");
  await expect(put).toBeFocused();
  await expect(page.getByRole("region", { name: /actions are allowed/ })).toContainText("Below: s3:PutObject");
  await axe(page);
});

test("question, answer, reasons and trial read as they are meant", async ({ page }) => {
  await open(page);
  await ask(page, "user TableMaker", CREATE, BACKUP);
  await answer(page, "implicitly-denied");
  await expect(page.getByRole("region", { name: "Question" })).toMatchAriaSnapshot(`
    - region "Question":
      - heading "Question" [level=2]
      - text: Can
      - combobox "Principal":
        - option "user TableMaker" [selected]
      - text: do
      - combobox "Action": ${CREATE}
      - text: "on"
      - combobox "Resource": ${BACKUP}
      - text: when
      - button /\\d+ values/
  `);
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toMatchAriaSnapshot(`
    - region "Answer":
      - paragraph:
        - strong: Implicitly denied
        - text: /no identity policy allows/
        - code: ${CREATE}
        - text: "on"
        - code: ${BACKUP}
      - paragraph:
        - text: AWS would say
        - code: /is not authorized to perform/
        - button "Copy the message"
      - button "Pin"
      - button "What if…"
  `);
  await expect(why(page)).toMatchAriaSnapshot(`
    - region "Why":
      - heading "Why" [level=2]
      - paragraph: /Inside one account/
      - list:
        - listitem:
          - text: Explicit deny open
          - paragraph: No statement of any policy denies.
        - listitem:
          - text: Service control policies none
        - listitem:
          - group "On the resource, either enough":
            - list:
              - listitem:
                - text: Resource policy none
          - paragraph: or
          - group "On the caller, either enough":
            - list:
              - listitem:
                - button "Identity policies shut" [expanded]
                - paragraph:
                  - text: No statement allows
                  - code: ${CREATE}
                - table "Statements that tell the most":
                  - rowgroup:
                    - row /Nearest/:
                      - rowheader /Nearest. CreateTables of CreateTables/
                    - row /Allow (Action )?matches/:
                      - cell /Allow/
                      - cell /matches. dynamodb:CreateTable/:
                        - button /matches. dynamodb:CreateTable/
                      - cell /does not match. arn:aws:dynamodb/:
                        - button /does not match. arn:aws:dynamodb/
        - listitem:
          - text: Permissions boundary none
  `);
  await press(page, "What if…");
  await expect(trial(page)).toMatchAriaSnapshot(`
    - region "What if":
      - heading "What if" [level=2]
      - paragraph: The verdict is as before.
      - button "Keep"
      - button "Discard"
      - paragraph: /only tried/
      - group: Switch off policies, statements or whole kinds
  `);
});

test("a change of the verdict is said once, politely, and nothing else is", async ({ page }) => {
  await open(page);
  const live = page.locator('[aria-live="polite"]');
  await expect(live).toHaveCount(1);
  await expect(live).toHaveRole("status");
  await expect(live).toHaveText("Allowed, by AdministratorAccess, through group Administrators.");
  await live.evaluate((node) => {
    window.said = [];
    new MutationObserver(() => window.said.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true });
  });
  const said = () => page.evaluate(() => window.said);

  const denied = (what) => `Implicitly denied: no identity policy is attached, and without one nothing allows ${what}.`;
  await press(page, "Remove Administrator from Administrators");
  await expect(live).toHaveText(denied("s3:ListAllMyBuckets"));
  // What is typed letter by letter is said when it stands.
  await action(page).evaluate((input) => {
    for (const text of ["s3:Get", "s3:GetO", "s3:GetObje", "s3:GetObject"]) {
      input.value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  });
  await action(page).press("Escape");
  await expect(live).toHaveText(denied("s3:GetObject"));
  // Reading changes no verdict, and neither does what bears on nothing.
  await page.getByRole("tab", { name: "Checks" }).click();
  await page.getByRole("button", { name: /^\d+ values/ }).click();
  await page.getByLabel("aws:UserAgent", { exact: true }).fill("another");
  await press(page, "What if…");
  await expect(live).toHaveText(`${denied("s3:GetObject")} What if: as before.`);
  await press(page, "Add Administrator to Administrators");
  const allowed = "Allowed, by AdministratorAccess, through group Administrators.";
  await expect(live).toHaveText(`${allowed} What if: before, implicitly denied.`);
  await press(page, "Discard");
  await expect(live).toHaveText(denied("s3:GetObject"));
  expect(await said()).toEqual([
    denied("s3:ListAllMyBuckets"),
    denied("s3:GetObject"),
    `${denied("s3:GetObject")} What if: as before.`,
    `${allowed} What if: before, implicitly denied.`,
    denied("s3:GetObject"),
  ]);
});
