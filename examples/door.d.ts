/** One question with everything that bears on it. Fields of other names are refused. */
export interface Case {
  /** Given back with the answer. */
  id: string;
  /** For people, like the tags. */
  note?: string | null;
  tags?: string[];
  request: Request;
  policies?: Policies;
  /** What the answer should be; not looked at. */
  expect?: unknown;
}

export interface Request {
  principal: Principal;
  /** `service:Action`, in any letter case (POL-55). */
  action: string;
  /** An ARN of at most 2,048 bytes (FED-29), or `*`. */
  resource: string;
  /** Twelve digits: the account that owns the resource, whether the ARN names it or not. */
  resourceAccount: string;
  /** The action has no resource types, so that only `*` matches it (EVAL-5). */
  resourceless?: boolean;
  /**
   * All context keys of the request: the engine adds none. A list is a multivalued key, even with one value. A value has
   * at most 16,384 bytes.
   */
  context?: { [key: string]: string | string[] };
}

/** Who asks. An `account` has twelve digits. */
export type Principal =
  | { kind: "user"; arn: string; account: string }
  /** `arn` is that of the session, `role` that of the role with its path. */
  | { kind: "roleSession"; arn: string; account: string; role?: string | null }
  | { kind: "role"; arn: string; account: string }
  /** `user` is the ARN of the user who called GetFederationToken. */
  | { kind: "federatedUser"; arn: string; account: string; user?: string | null }
  | { kind: "root"; arn?: string | null; account: string }
  /** `provider` is the ARN of an identity provider, or a name such as `accounts.google.com`. */
  | { kind: "federated"; provider: string; account?: string | null }
  /** `service` is a name such as `lambda.amazonaws.com`. */
  | { kind: "service"; service: string }
  | { kind: "anonymous" };

/** What is left out does not exist. */
export interface Policies {
  /** Of the principal and its groups. */
  identity?: Policy[];
  boundary?: Policy | null;
  /** Inline and managed; their statements add up. */
  session?: Policy[];
  /** Of the resource; asked about `sts`, the trust policy of the role. */
  resource?: Policy | null;
  /** Of the principal's account: the root first, the account last; empty outside an organization. */
  scp?: Level[];
  /** Of the resource's account, in the same order. RCPFullAWSAccess is implied. */
  rcp?: Level[];
  /** Of a VPC endpoint. */
  endpoint?: Policy[];
}

/** One level of an organization. */
export interface Level {
  level: "root" | "ou" | "account";
  id: string;
  policies: Policy[];
}

export interface Policy {
  name: string;
  kind?: "managed" | "inline" | null;
  document: PolicyDocument;
}

/** A policy as AWS writes it. */
export interface PolicyDocument {
  Version?: "2012-10-17" | "2008-10-17";
  Id?: string;
  Statement: Statement | Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | { [kind: string]: string | string[] };
  NotPrincipal?: "*" | { [kind: string]: string | string[] };
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Operator, key, values. */
  Condition?: { [operator: string]: { [key: string]: ConditionValue | ConditionValue[] } };
}

export type ConditionValue = string | number | boolean;

export interface Answer {
  id: string;
  decision: "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied";
  by: By;
  /** AWS's access-denied text; `null` where the request is allowed. */
  message: string | null;
}

/** What decided: a statement, a layer in which nothing allows, or a rule beside the policies. */
export interface By {
  layer?: Layer;
  policy?: string;
  /** Its position in the document, from 0. */
  statement?: number;
  rule?: Rule;
}

export type Layer = "scp" | "rcp" | "endpoint" | "resource" | "identity" | "boundary" | "session";

export type Rule =
  /** EVAL-16 */
  | "RootUser"
  /** EVAL-101 */
  | "CallerIdentity"
  /** EVAL-102 */
  | "SessionToken"
  /** EVAL-167, ERR-65 */
  | "NoTokenForSessions"
  /** EVAL-168 */
  | "NotForFederatedUsers"
  /** EVAL-100 */
  | "RootCannotAssumeRoles"
  /** EVAL-94, ERR-44 */
  | "MustBeSigned";

export interface AnswerWithTrace extends Answer {
  trace: Trace;
}

/** The record of the run that decided. */
export interface Trace {
  /** In the order that AWS documents (EVAL-10). */
  gates: { gate: "deny" | Layer; state: GateState }[];
  /** The layers that hold policies; those of an organization have several levels. */
  layers: { layer: Layer; levels: { policies: PolicyTrace[] }[] }[];
}

/** `stopped` by an explicit deny, `shut` for want of an allow, `none` without such a layer, `moot` once settled. */
export type GateState = "open" | "stopped" | "shut" | "none" | "moot";

/** Start and end in bytes of UTF-8: in the document's JSON text as given, or in that of `JSON.stringify`. */
export type Span = [start: number, end: number];

export interface PolicyTrace {
  name: string;
  statements: StatementTrace[];
}

export interface StatementTrace {
  index: number;
  sid: string | null;
  effect: "Allow" | "Deny";
  matched: boolean;
  span: Span;
  principal?: ElementTrace;
  action: ElementTrace;
  /** Trust policies have none. */
  resource?: ElementTrace;
  conditions: ConditionTrace[];
}

/** Principal, Action or Resource; `negated` is the Not form, which `matched` takes into account. */
export interface ElementTrace {
  negated: boolean;
  matched: boolean;
  span: Span;
  entries: EntryTrace[];
}

export interface EntryTrace {
  text: string;
  /** With its variables replaced, where it has any and all are known. */
  resolved?: string;
  span: Span;
  outcome: EntryOutcome;
}

export type EntryOutcome =
  | "Matches"
  | "OtherService"
  | "OtherAction"
  | `OtherArnPart(${"Partition" | "Region" | "Account" | "Resource"})`
  | "NotAnArn"
  /** EVAL-5 */
  | "ActionHasNoResource"
  /** POL-127 */
  | `Unresolved { key: ${string} }`
  | "OtherPrincipal"
  /** POL-57, POL-51 */
  | "Malformed";

export interface ConditionTrace {
  operator: string;
  key: string;
  expected: string[];
  /** `null` where the request lacks the key. */
  actual: string[] | null;
  matched: boolean;
  reason: ConditionReason;
  span: Span;
}

export type ConditionReason =
  | "Compared"
  /** POL-80 */
  | "KeyAbsent"
  /** POL-81 */
  | "NoValues"
  /** POL-83 */
  | "ListWithoutQualifier"
  /** POL-106 */
  | `IllTyped { value: ${string} }`
  /** POL-127 */
  | `Unresolved { key: ${string} }`
  | "UnknownOperator";

/** What is thrown: the message names the field or the policy that cannot be read. An object that JSON cannot hold is refused by `JSON.stringify`. */
export interface CaseError extends Error {
  /** That of the case; `null` where it has none. */
  id: string | null;
}
