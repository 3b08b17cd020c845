// Worlds for journeys, built as saves of format 2 and opened as a file.
import { expect, open } from "./fixtures.mjs";

export const ACCOUNT = "123456789012";
export const OTHER = "444455556666";
export const MANAGEMENT = "111122223333";
export const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** The text of a policy. */
export const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);

const statement = (Effect) => (Sid, Action, Resource = "*", rest = {}) => ({ Sid, Effect, Action, Resource, ...rest });
export const allow = statement("Allow");
export const deny = statement("Deny");

/** A statement of a resource policy: lets `who` do something. */
export const grant = (Sid, who, Action, Resource, rest = {}) => ({ Sid, Effect: "Allow", Principal: who === "*" ? "*" : { AWS: who }, Action, Resource, ...rest });

const CREATED = 1_767_603_600;
const customer = (name) => (name === null ? null : `arn:aws:iam::${ACCOUNT}:policy/${name}`);
const permissions = (attached, inline) => ({ attached, inline: Object.entries(inline).map(([name, text]) => ({ name, text })) });

/** A user; `inline` has texts by name, `boundary` names a customer managed policy of the account. */
export const user = (name, { attached = [], inline = {}, boundary = null, tags = {}, groups = [] } = {}) => ({
  name,
  path: "/",
  created: CREATED,
  groups,
  permissions: permissions(attached, inline),
  boundary: customer(boundary),
  tags,
  login: null,
  accessKeys: [],
  mfaDevices: [],
});

export const group = (name, { attached = [], inline = {} } = {}) => ({ name, path: "/", created: CREATED, permissions: permissions(attached, inline) });

/** A role, which EC2 may assume. */
export const role = (name, { attached = [], inline = {}, boundary = null, tags = {} } = {}) => ({
  name,
  path: "/",
  created: CREATED,
  description: "",
  trust: policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
  maxSession: 3600,
  permissions: permissions(attached, inline),
  boundary: customer(boundary),
  tags,
});

/** A customer managed policy. */
export const managed = (name, text) => ({ name, path: "/", description: "", tags: {}, versions: [{ number: 1, text, created: CREATED }], default: 1 });

/** Something with an ARN, with its policy if it has one. */
export const thing = (arn, kind, text = null, tags = {}) => ({ arn, kind, tags, policy: text, role: null });
export const bucket = (name, text) => thing(`arn:aws:s3:::${name}`, "bucket", text);

export const account = (id, { users = [], groups = [], roles = [], policies = [], resources = [] } = {}) => ({
  id,
  name: `Account ${id}`,
  alias: null,
  root: { email: "owner@example.com", password: null, accessKeys: [], mfaDevices: [], lastUsed: null },
  billingAccess: true,
  passwordPolicy: null,
  users,
  groups,
  roles,
  instanceProfiles: [],
  policies,
  providers: [],
  resources,
});

/** An organization whose management account is none of the world's; `denied` are SCPs, by name, at the unit of ACCOUNT. */
export const organization = (denied) => ({
  id: "o-a1b2c3d4e5",
  root: "r-ab12",
  management: MANAGEMENT,
  units: { "ou-work": { name: "Workloads", parent: "r-ab12" } },
  places: { [ACCOUNT]: "ou-work" },
  policies: Object.entries(denied).map(([name, text]) => ({ name, kind: "service", text })),
  attached: { "r-ab12": ["FullAWSAccess"], "ou-work": ["FullAWSAccess", ...Object.keys(denied)], [ACCOUNT]: ["FullAWSAccess"] },
});

/** Who asks what: `who` is a pair such as `["user", "ann"]`. */
export const question = (who, action, on = "*", { account: of = ACCOUNT, session = {}, changes = {} } = {}) => ({
  account: of,
  principal: who,
  session: { proof: null, name: null, tags: {}, sourceIdentity: null, policy: null, managed: [], ...session },
  action,
  resource: on,
  changes,
});

/** The text of a save of these accounts, with unique ids for everything that has one. */
export function save(name, accounts, { organization: of = null, question: asked } = {}) {
  let serial = 0;
  const numbered = (prefix) => (thing) => ({ ...thing, id: `${prefix}${String(++serial).padStart(17, "A")}` });
  const world = {
    name,
    accounts: Object.fromEntries(
      accounts.map((one) => [
        one.id,
        {
          ...one,
          users: one.users.map(numbered("AIDA")),
          groups: one.groups.map(numbered("AGPA")),
          roles: one.roles.map(numbered("AROA")),
          policies: one.policies.map(numbered("ANPA")),
        },
      ]),
    ),
    organization: of,
    serial,
  };
  return JSON.stringify({ app: "iam-playground", format: 2, saved: 1_800_000_000, world, question: asked, drafts: [], pins: [] });
}

/** Opens the page on a world. */
export async function openWorld(page, name, accounts, more) {
  await open(page);
  await page.getByRole("button", { name: /^World .*: save, open, rename$/ }).click();
  await page.getByLabel("Open a file").setInputFiles({ name: "world.json", mimeType: "application/json", buffer: Buffer.from(save(name, accounts, more)) });
  await expect(page.getByRole("button", { name: `World ${name}: save, open, rename` })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
}
