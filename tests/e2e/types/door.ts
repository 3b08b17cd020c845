// The types of the engine for JavaScript, used rightly, and wrongly where the next line must not compile.
import init, { evaluate, evaluateWithTrace } from "../../../dist/engine/engine.js";
import type { Answer, Case, CaseError, Layer, PolicyDocument, Principal, Request } from "../../../dist/engine/engine.js";

await init();

const ann: Principal = { kind: "user", arn: "arn:aws:iam::111122223333:user/ann", account: "111122223333" };
const document: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["s3:Get*"], Resource: "*", Condition: { Bool: { "aws:SecureTransport": true } } },
    { Sid: "No", Effect: "Deny", Principal: { AWS: ["111122223333"] }, NotAction: "s3:*", NotResource: ["*"] },
  ],
};
const request: Request = {
  principal: ann,
  action: "s3:GetObject",
  resource: "arn:aws:s3:::photos/cat.jpg",
  resourceAccount: "111122223333",
  context: { "aws:SourceIp": "203.0.113.10", "aws:TagKeys": ["team"] },
};
const whole: Case = {
  id: "1",
  note: "all fields",
  tags: ["types"],
  request,
  policies: {
    identity: [{ name: "read", kind: "inline", document }],
    boundary: { name: "boundary", document },
    session: [],
    resource: null,
    scp: [{ level: "root", id: "r-ab12", policies: [{ name: "guard", document }] }],
    rcp: [],
    endpoint: [],
  },
  expect: { decision: "Allowed" },
};

const answer: Answer = evaluate(whole);
const decision: "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" = evaluate(JSON.stringify(whole)).decision;
const layer: Layer | undefined = answer.by.layer;
const message: string | null = answer.message;
const { trace, by } = evaluateWithTrace(whole);
const [start, end] = trace.layers[0].levels[0].policies[0].statements[0].span;
const length: number = end - start;
const deepest = trace.layers.flatMap(({ levels }) => levels).flatMap(({ policies }) => policies)[0].statements[0];
const outcome = deepest.action.entries[0].outcome;
if (outcome === "OtherArnPart(Region)" || deepest.conditions[0].reason === "KeyAbsent") console.log(outcome, by.rule === "RootUser");
export const used = [decision, layer, message, length];

export function why(error: unknown): string {
  const { id, message } = error as CaseError;
  return `${id ?? "no id"}: ${message}`;
}

// @ts-expect-error A case has an id.
evaluate({ request });
// @ts-expect-error A request names the account of the resource.
evaluate({ id: "1", request: { principal: ann, action: "s3:GetObject", resource: "*" } });
// @ts-expect-error There is no such field.
evaluate({ id: "1", request, polices: {} });
// @ts-expect-error A case is no number.
evaluate(1);
// @ts-expect-error There is no such kind of principal.
evaluate({ id: "1", request: { ...request, principal: { kind: "group", arn: "arn", account: "111122223333" } } });
// @ts-expect-error A service has no ARN.
evaluate({ id: "1", request: { ...request, principal: { kind: "service", arn: "lambda.amazonaws.com" } } });
// @ts-expect-error Values of the context are text.
evaluate({ id: "1", request: { ...request, context: { "aws:MultiFactorAuthAge": 60 } } });
// @ts-expect-error Levels of an organization hold policies, and are none.
evaluate({ id: "1", request, policies: { scp: [{ name: "guard", document }] } });
// @ts-expect-error An effect is Allow or Deny.
evaluate({ id: "1", request, policies: { resource: { name: "x", document: { Statement: { Effect: "allow" } } } } });
// @ts-expect-error Only an answer with its trace has one.
answer.trace;
// @ts-expect-error There is no such decision.
answer.decision === "Denied";
// @ts-expect-error No policy decides where a rule does.
by.policy.length;
// @ts-expect-error There is no such outcome.
outcome === "OtherRegion";
