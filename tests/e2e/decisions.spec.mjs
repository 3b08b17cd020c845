// Decisions that people get wrong: each ends with its verdict, the policy or layer that decides, and the gate or the nearest
// statement that shows it. The numbers are facts about AWS.
import { axe, expect, fitsWidth, test } from "./fixtures.mjs";
import { action, answer, ask, press, resource, sentence } from "./workbench.mjs";
import {
  ACCOUNT,
  ADMINISTRATOR_ACCESS,
  OTHER,
  account,
  allow,
  bucket,
  deny,
  grant,
  managed,
  openWorld,
  organization,
  policy,
  question,
  role,
  thing,
  user,
} from "./worlds.mjs";

const why = (page) => page.getByRole("region", { name: "Why" });
const head = (page, name) => why(page).getByRole("button", { name: new RegExp(`^${name}`) });
const principal = (page, who) => page.getByLabel("Principal", { exact: true }).selectOption(who);
const values = (page) => page.getByRole("button", { name: /^\d+ values/ }).click();

/** Types the text of the policy of a resource anew. */
async function write(page, of, text) {
  await press(page, `Show the policy of ${of}`);
  await press(page, `Edit policy of ${of}`);
  await page.getByRole("textbox", { name: `JSON of policy of ${of}` }).fill(text);
}

async function checked(page) {
  await axe(page);
  await fitsWidth(page);
}

test("a deny of a service control policy beats AdministratorAccess, and leads to where it stands (EVAL-12, EVAL-30)", async ({ page }) => {
  const chief = user("chief", { attached: [ADMINISTRATOR_ACCESS] });
  await openWorld(page, "Guarded", [account(ACCOUNT, { users: [chief], resources: [bucket("photos")] })], {
    organization: organization({ NoBucketDeletion: policy(deny("KeepBuckets", "s3:DeleteBucket")) }),
    question: question(["user", "chief"], "s3:DeleteBucket", "arn:aws:s3:::photos"),
  });
  await answer(page, "explicitly-denied");
  await expect(sentence(page)).toHaveText(
    "Explicitly denied, by NoBucketDeletion (service control policy). A deny wins over every allow, also over that of AdministratorAccess.",
  );
  await expect(page.getByText(/with an explicit deny in a service control policy$/)).toBeVisible();
  await press(page, "It stands in a service control policy");
  await expect(head(page, "Service control policies")).toBeFocused();
  await expect(head(page, "Service control policies")).toHaveAttribute("aria-expanded", "true");
  await expect(why(page).getByRole("rowheader", { name: "Decides: KeepBuckets of NoBucketDeletion" })).toBeVisible();
  await checked(page);
  await action(page).fill("s3:ListBucket");
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText("Allowed, by AdministratorAccess.");
});

test.describe("a boundary that says nothing of S3, against a bucket policy", () => {
  const READER = `arn:aws:iam::${ACCOUNT}:role/Reader`;
  const lets = (who, rest) => policy(grant("Read", who, "s3:GetObject", "arn:aws:s3:::photos/*", rest));
  const PAST = "It allows the caller itself, and such a grant is not limited by the permissions boundary.";

  /** A user and a role, both bounded to DynamoDB; neither has permissions of its own. */
  const open = (page, who, text) =>
    openWorld(
      page,
      "Bounded",
      [
        account(ACCOUNT, {
          users: [user("ann", { boundary: "OnlyTables" })],
          roles: [role("Reader", { boundary: "OnlyTables" })],
          policies: [managed("OnlyTables", policy(allow("Tables", "dynamodb:*")))],
          resources: [bucket("photos", text)],
        }),
      ],
      { question: question(who, "s3:GetObject", "arn:aws:s3:::photos/cat.jpg") },
    );

  test("naming the user: the boundary does not limit it (EVAL-55)", async ({ page }) => {
    await open(page, ["user", "ann"], lets(`arn:aws:iam::${ACCOUNT}:user/ann`));
    await answer(page, "allowed");
    await expect(sentence(page)).toHaveText(`Allowed, by policy of photos (resource policy). ${PAST}`);
    await expect(head(page, "Permissions boundary")).toContainText("moot");
    await expect(why(page)).toContainText("what the resource policy grants to the caller itself is not limited by it");
    await checked(page);
  });

  test("naming the role: the boundary limits it; naming its session: it does not (EVAL-56, EVAL-57)", async ({ page }) => {
    await open(page, ["role", "Reader"], lets(READER));
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText(
      "no permissions boundary allows s3:GetObject on arn:aws:s3:::photos/cat.jpg, and it limits what policy of photos grants to the role, unlike a grant that names the session itself.",
    );
    await expect(page.getByText(/because no permissions boundary allows the s3:GetObject action$/)).toBeVisible();
    await expect(head(page, "Permissions boundary")).toHaveAttribute("aria-expanded", "true");
    await expect(head(page, "Permissions boundary")).toContainText("shut");
    await expect(head(page, "Resource policy")).toContainText("open");
    await checked(page);

    await write(page, "photos", lets(`arn:aws:sts::${ACCOUNT}:assumed-role/Reader/playground`));
    await answer(page, "allowed");
    await expect(sentence(page)).toHaveText(`Allowed, by policy of photos (resource policy). ${PAST}`);
    // Exactly that session, no other.
    await values(page);
    await page.getByLabel("Session name").fill("elsewhere");
    await answer(page, "implicitly-denied");
    await checked(page);
  });

  test("naming the account: identity policies decide, and there are none (EVAL-60a)", async ({ page }) => {
    await open(page, ["role", "Reader"], lets(`arn:aws:iam::${ACCOUNT}:root`));
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText("policy of photos names only the account, which leaves it to identity policies");
    await expect(why(page)).toContainText("The resource policy names only the account, which leaves the matter to its identity policies.");
    await checked(page);
  });

  test("naming everyone, with a condition on the role: the boundary does not limit it (EVAL-61, EVAL-62)", async ({ page }) => {
    await open(page, ["role", "Reader"], lets("*", { Condition: { ArnEquals: { "aws:PrincipalArn": READER } } }));
    await answer(page, "allowed");
    await expect(sentence(page)).toHaveText(`Allowed, by policy of photos (resource policy). ${PAST}`);
    await principal(page, "user ann");
    await answer(page, "implicitly-denied");
    await checked(page);
  });
});

test("across accounts both sides must allow, and the one that does not is named (EVAL-80)", async ({ page }) => {
  const shared = policy(grant("Read", ACCOUNT, "s3:GetObject", "arn:aws:s3:::their-photos/*"));
  const users = [user("ben"), user("cleo", { inline: { ReadAll: policy(allow("Read", "s3:GetObject")) } })];
  await openWorld(page, "Two accounts", [account(ACCOUNT, { users }), account(OTHER, { resources: [bucket("their-photos", shared), bucket("their-sales")] })], {
    question: question(["user", "ben"], "s3:GetObject", "arn:aws:s3:::their-photos/cat.jpg"),
  });
  const caller = why(page).getByRole("group", { name: `Account ${ACCOUNT} (caller)` });
  const owner = why(page).getByRole("group", { name: `Account ${OTHER} (owner)` });

  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText(`no identity policy is attached in account ${ACCOUNT}`);
  await expect(sentence(page)).toContainText(`policy of their-photos allows it in account ${OTHER}, but both accounts must.`);
  await expect(caller.getByRole("listitem").filter({ hasText: /^Identity policies/ })).toContainText("shut");
  await expect(owner.getByRole("listitem").filter({ hasText: /^Resource policy/ })).toContainText("open");
  await checked(page);

  await principal(page, "user cleo");
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText(`Allowed, by ReadAll. Both accounts must allow, and policy of their-photos does in account ${OTHER}.`);

  await resource(page).fill("arn:aws:s3:::their-sales/2026.csv");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toHaveText(
    `Implicitly denied: the resource belongs to account ${OTHER}, where no resource policy allows s3:GetObject; ReadAll allows it, but both accounts must.`,
  );
  await expect(caller.getByRole("listitem").filter({ hasText: /^Identity policies/ })).toContainText("Would allow");
  await expect(owner.getByRole("listitem").filter({ hasText: /^Resource policy/ })).toContainText("shut");
  await page.keyboard.press("Escape");
  await checked(page);
});

test("a key without its root statement is closed to administrators and to the root user (EVAL-130, EVAL-133)", async ({ page }) => {
  const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
  const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${id}`;
  const keeper = grant("Keeper", `arn:aws:iam::${ACCOUNT}:user/keeper`, "kms:*", "*");
  const root = grant("Enable IAM User Permissions", `arn:aws:iam::${ACCOUNT}:root`, "kms:*", "*");
  await openWorld(
    page,
    "A key",
    [account(ACCOUNT, { users: [user("chief", { attached: [ADMINISTRATOR_ACCESS] }), user("keeper")], resources: [thing(KEY, "key", policy(keeper))] })],
    { question: question(["user", "chief"], "kms:Decrypt", KEY) },
  );
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText(
    `no resource policy allows kms:Decrypt on ${KEY}, and AdministratorAccess counts only where the key's policy names the account.`,
  );
  await expect(sentence(page)).toContainText("Closest: Keeper");
  await expect(page.getByText(/because no resource-based policy allows the kms:Decrypt action$/)).toBeVisible();
  await expect(why(page)).toContainText("A key opens only by its own policy.");
  await checked(page);
  await principal(page, "root user");
  await answer(page, "implicitly-denied");
  await principal(page, "user keeper");
  await answer(page, "allowed");
  await expect(sentence(page)).toContainText(`by policy of ${id} (resource policy)`);

  await principal(page, "user chief");
  await write(page, id, policy(root, keeper));
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText(
    `Allowed, by AdministratorAccess. policy of ${id} names the account, and so lets its identity policies decide.`,
  );
  await checked(page);
});

test.describe("MFA", () => {
  const proof = (page, one) => page.getByLabel("Credentials").selectOption(one);
  const one = (name, ...statements) =>
    [[account(ACCOUNT, { users: [user(name, { inline: { Instances: policy(...statements) } })] })], { question: question(["user", name], "ec2:DescribeInstances") }];
  const mfa = (operator, value) => ({ Condition: { [operator]: { "aws:MultiFactorAuthPresent": value } } });

  test("an access key carries no MFA key, a console session one that tells (KEY-86)", async ({ page }) => {
    await openWorld(page, "MFA", ...one("dora", allow("WithMfa", "ec2:DescribeInstances", "*", mfa("Bool", "true"))));
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText("Closest: WithMfa of Instances would allow it, but for its condition: aws:MultiFactorAuthPresent is absent");
    await expect(sentence(page)).toContainText("requests with long-term access keys");
    await values(page);
    await proof(page, "a password, in the console");
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText("aws:MultiFactorAuthPresent is false; Bool asks for true");
    await proof(page, "a password and MFA, in the console");
    await answer(page, "allowed");
    await expect(sentence(page)).toHaveText("Allowed, by Instances.");
    await checked(page);
    await proof(page, "GetSessionToken, with MFA");
    await answer(page, "allowed");
  });

  test("a deny without MFA reaches access keys only as BoolIfExists (POL-80, KEY-86)", async ({ page }) => {
    const all = allow("All", "ec2:Describe*");
    await openWorld(page, "MFA", ...one("eve", all, deny("NoMfa", "*", "*", mfa("BoolIfExists", "false"))));
    await answer(page, "explicitly-denied");
    await expect(sentence(page)).toContainText("by NoMfa of Instances");
    await expect(sentence(page)).toContainText("Its condition holds because aws:MultiFactorAuthPresent is absent");
    await values(page);
    await proof(page, "a password and MFA, in the console");
    await answer(page, "allowed");
    await proof(page, "access keys");
    await answer(page, "explicitly-denied");
    await checked(page);
    await press(page, "Edit Instances");
    await page.getByRole("textbox", { name: "JSON of Instances" }).fill(policy(all, deny("NoMfa", "*", "*", mfa("Bool", "false"))));
    await answer(page, "allowed");
    await expect(sentence(page)).toContainText("The deny of NoMfa of Instances does not apply, because aws:MultiFactorAuthPresent is absent");
  });
});

test("a tag of the caller must equal that of the resource, and session tags override those of the role (EVAL-163, EVAL-175)", async ({ page }) => {
  const INSTANCE = `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0123456789abcdef0`;
  const own = allow("OwnTeam", "ec2:StopInstances", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } });
  const inline = { Stop: policy(own) };
  await openWorld(
    page,
    "Teams",
    [
      account(ACCOUNT, {
        users: [user("blue", { inline, tags: { team: "blue" } }), user("red", { inline, tags: { team: "red" } }), user("nobody", { inline })],
        roles: [role("Operator", { inline, tags: { team: "red" } })],
        resources: [thing(INSTANCE, "instance", null, { team: "blue" })],
      }),
    ],
    { question: question(["user", "blue"], "ec2:StopInstances", INSTANCE) },
  );
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText("Allowed, by Stop.");
  await principal(page, "user red");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText(
    "Closest: OwnTeam of Stop would allow it, but for its condition: aws:ResourceTag/team is blue; StringEquals asks for ${aws:PrincipalTag/team} (here red).",
  );
  await head(page, "Identity policies").click();
  await head(page, "Identity policies").click();
  await why(page).getByRole("button", { name: /StringEquals aws:ResourceTag\/team/ }).click();
  await expect(why(page).getByText("This statement does not allow it, because aws:ResourceTag/team is blue")).toBeVisible();
  await expect(why(page).getByText("← aws:PrincipalTag/team is red in the request")).toBeVisible();
  await checked(page);
  await principal(page, "user nobody");
  await answer(page, "implicitly-denied");
  await expect(sentence(page)).toContainText("its value needs one value of aws:PrincipalTag/team, and the request has none");
  await principal(page, "role Operator");
  await answer(page, "implicitly-denied");
  await values(page);
  await page.getByLabel("Session tags").fill("Team=blue");
  await answer(page, "allowed");
  await page.getByLabel("Session tags").fill("Team=Blue");
  await answer(page, "implicitly-denied");
  await checked(page);
});

test("Deny with NotAction reaches everything that it does not list, and allows none of it (POL-28)", async ({ page }) => {
  const only = policy({ Sid: "NothingButIam", Effect: "Deny", NotAction: ["iam:*", "sts:*"], Resource: "*" });
  const users = [user("chief", { attached: [ADMINISTRATOR_ACCESS], inline: { OnlyIam: only } }), user("bare", { inline: { OnlyIam: only } })];
  await openWorld(page, "NotAction", [account(ACCOUNT, { users })], { question: question(["user", "chief"], "s3:ListAllMyBuckets") });
  await answer(page, "explicitly-denied");
  await expect(sentence(page)).toHaveText("Explicitly denied, by OnlyIam. It reaches every action that its NotAction does not list.");
  await press(page, "It stands in an identity policy");
  await expect(why(page).getByRole("rowheader", { name: "Decides: NothingButIam of OnlyIam" })).toBeVisible();
  await checked(page);
  await action(page).fill("iam:ListUsers");
  await answer(page, "allowed");
  await expect(sentence(page)).toHaveText("Allowed, by AdministratorAccess.");
  await ask(page, "user bare", "iam:ListUsers");
  await answer(page, "implicitly-denied");
  await checked(page);
});

test.describe("a key with several values", () => {
  /** Tim may tag instances, on a condition on the keys of the tags. */
  const tagging = (page, condition) =>
    openWorld(page, "Tagging", [account(ACCOUNT, { users: [user("tim", { inline: { Tagging: policy(allow("KnownTags", "ec2:CreateTags", "*", { Condition: condition })) } })] })], {
      question: question(["user", "tim"], "ec2:CreateTags", `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0123456789abcdef0`),
    });

  /** The request carries tags with these keys. */
  async function carry(page, keys) {
    await values(page);
    await page.getByLabel("Another key").fill("aws:TagKeys");
    await page.getByRole("textbox", { name: "Value", exact: true }).fill(keys);
    await press(page, "Add key");
  }

  test("ForAllValues holds when it is absent (EVAL-179, POL-84)", async ({ page }) => {
    await tagging(page, { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } });
    await answer(page, "allowed");
    await expect(sentence(page)).toHaveText(
      "Allowed, by Tagging. Its condition holds because aws:TagKeys is absent, and of no values all satisfy ForAllValues.",
    );
    await carry(page, "secret");
    await answer(page, "implicitly-denied");
    await expect(sentence(page)).toContainText("Closest: KnownTags of Tagging would allow it, but for its condition: aws:TagKeys is secret");
    await page.getByLabel("aws:TagKeys", { exact: true }).fill("team");
    await answer(page, "allowed");
    await press(page, "Take aws:TagKeys out of the request");
    await answer(page, "allowed");
    await checked(page);
  });

  test("is given its values with commas between (EVAL-179)", async ({ page }) => {
    await tagging(page, { "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "owner"] } });
    await carry(page, "team, owner");
    await answer(page, "allowed");
    // Letter by letter, a comma stays where it is typed.
    const field = page.getByLabel("aws:TagKeys", { exact: true });
    await field.fill("");
    await field.pressSequentially("owner, secret");
    await expect(field).toHaveValue("owner, secret");
    await answer(page, "implicitly-denied");
  });

  test("never matches without a set operator (POL-89)", async ({ page }) => {
    await tagging(page, { StringEquals: { "aws:TagKeys": "team" } });
    await carry(page, "team");
    await answer(page, "implicitly-denied");
  });
});
