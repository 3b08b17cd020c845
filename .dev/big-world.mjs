// A save of one account: unless told otherwise, 1,000 users, 20 groups, 300 roles and 1,500 customer managed policies.
const ACCOUNT = "123456789012";
const TIME = 1_800_000_000;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** A unique id: a prefix and 17 letters, the number with 32 as its base. */
const id = (prefix, at) => prefix + Array.from({ length: 17 }, (_, place) => LETTERS[Math.floor(at / 32 ** (16 - place)) % 32]).join("");
const numbered = (name, at) => `${name}${String(at).padStart(4, "0")}`;
const document = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
const list = (count, make) => Array.from({ length: count }, (_, at) => make(at));

/** The text of the file; each user has `attached` policies of `statements` statements. */
export function bigWorld({ users = 1_000, roles = 300, policies = 1_500, attached = 1, statements = 1 } = {}) {
  const arn = (at) => `arn:aws:iam::${ACCOUNT}:policy/${numbered("Policy", at % policies)}`;
  const common = (prefix, at) => ({ path: "/", id: id(prefix, at + 1), created: TIME });
  const account = {
    id: ACCOUNT,
    name: "Big account",
    alias: null,
    root: { email: "owner@example.com", password: null, accessKeys: [], mfaDevices: [], lastUsed: null },
    billingAccess: false,
    passwordPolicy: null,
    users: list(users, (at) => ({
      name: numbered("User", at),
      ...common("AIDA", at),
      groups: [numbered("Group", at % 20)],
      permissions: { attached: list(attached, (more) => arn(at + more)), inline: [] },
      boundary: null,
      tags: { team: `team-${at % 50}` },
      login: null,
      accessKeys: [],
      mfaDevices: [],
    })),
    groups: list(20, (at) => ({ name: numbered("Group", at), ...common("AGPA", at), permissions: { attached: [arn(at * 7)], inline: [] } })),
    roles: list(roles, (at) => ({
      name: numbered("Role", at),
      ...common("AROA", at),
      description: "",
      trust: document({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
      maxSession: 3600,
      permissions: { attached: [arn(at * 3)], inline: [] },
      boundary: null,
      tags: {},
    })),
    instanceProfiles: [],
    policies: list(policies, (at) => ({
      name: numbered("Policy", at),
      path: "/",
      id: id("ANPA", at + 1),
      description: "",
      tags: {},
      versions: [
        {
          number: 1,
          text: document(
            ...list(statements, (number) => ({
              Sid: numbered("Objects", number),
              Effect: "Allow",
              Action: ["s3:GetObject", "s3:ListBucket"],
              Resource: [`arn:aws:s3:::bucket-${at}-${number}`, `arn:aws:s3:::bucket-${at}-${number}/*`],
              Condition: { StringEquals: { "aws:PrincipalTag/team": `team-${at % 50}` } },
            })),
          ),
          created: TIME,
        },
      ],
      default: 1,
    })),
    providers: [],
    resources: [],
  };
  const world = { name: "Big world", accounts: { [ACCOUNT]: account }, organization: null, serial: 10_000 };
  return JSON.stringify({ app: "iam-playground", format: 1, saved: TIME, world });
}
