// The engine for JavaScript, as a page of the same site uses it. What is expected stands in the format of cases and in
// the corpus.
import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures.mjs";
import { corpus } from "./corpus.mjs";

/** Milliseconds that even hostile input may take. */
const PATIENCE = 5_000;

const user = { kind: "user", arn: "arn:aws:iam::111122223333:user/ann", account: "111122223333" };
const request = { principal: user, action: "s3:GetObject", resource: "arn:aws:s3:::photos/cat.jpg", resourceAccount: "111122223333" };
const named = (name, ...Statement) => ({ name, document: { Version: "2012-10-17", Statement } });
const allow = (Action) => ({ Effect: "Allow", Action, Resource: "*" });
const deny = (Action) => ({ Effect: "Deny", Action, Resource: "*" });
const reader = { id: "reader", request, policies: { identity: [named("read", allow("s3:Get*"))] } };
const READ = { answer: { id: "reader", decision: "Allowed", by: { layer: "identity", policy: "read", statement: 0 }, message: null } };

/** What each question gets: an answer, or the error with the id it carries. */
async function ask(page, questions, name = "evaluate") {
  return page.evaluate(
    async ([questions, name]) => {
      const door = await import(new URL("engine/engine.js", document.baseURI));
      await door.default();
      return questions.map((question) => {
        try {
          return { answer: door[name](question) };
        } catch (error) {
          return { error: error.message, id: error.id, kind: error.constructor.name };
        }
      });
    },
    [questions, name],
  );
}

/** What a text gets, in a word, as text or read as an object, and how long it takes; and what a sane case gets after it. */
async function endure(page, text, form = "text") {
  return page.evaluate(
    async ([text, form, reader]) => {
      const door = await import(new URL("engine/engine.js", document.baseURI));
      await door.default();
      const question = form === "text" ? text : JSON.parse(text);
      const word = (ask, question) => {
        try {
          return ask(question).decision;
        } catch (error) {
          return error.constructor.name;
        }
      };
      const from = performance.now();
      const words = [door.evaluate, door.evaluateWithTrace].map((ask) => word(ask, question));
      return { words, took: performance.now() - from, after: word(door.evaluate, reader) };
    },
    [text, form, reader],
  );
}

test.beforeEach(({ page }) => page.goto("./"));

test("an allow names the statement that gives it", async ({ page }) => {
  expect(await ask(page, [reader])).toEqual([READ]);
});

test("an explicit deny names its layer, policy and statement", async ({ page }) => {
  const scp = [{ level: "root", id: "r-ab12", policies: [named("guard", allow("*"), deny("s3:*"))] }];
  const [{ answer }] = await ask(page, [{ ...reader, id: "7", policies: { ...reader.policies, scp } }]);
  expect(answer).toEqual({
    id: "7",
    decision: "ExplicitlyDenied",
    by: { layer: "scp", policy: "guard", statement: 1 },
    message: expect.stringContaining("with an explicit deny in a service control policy"),
  });
});

test("a missing allow names the layer, a rule itself", async ({ page }) => {
  const alone = { id: "alone", request };
  const root = { id: "root", request: { ...request, principal: { kind: "root", account: "111122223333" } } };
  const [denied, allowed] = await ask(page, [alone, root]);
  expect(denied.answer).toMatchObject({ id: "alone", decision: "ImplicitlyDenied", by: { layer: "identity" } });
  expect(allowed.answer).toEqual({ id: "root", decision: "Allowed", by: { rule: "RootUser" }, message: null });
});

test("an object and its text get the same answer", async ({ page }) => {
  for (const name of ["evaluate", "evaluateWithTrace"]) {
    const [object, text] = await ask(page, [reader, JSON.stringify(reader)], name);
    expect(object).toEqual(text);
    expect(object.answer).toMatchObject(READ.answer);
  }
});

test("a trace names gates, statements and places in the document's text", async ({ page }) => {
  const [{ answer }] = await ask(page, [reader], "evaluateWithTrace");
  const { gates, layers } = answer.trace;
  expect(gates[0]).toEqual({ gate: "deny", state: "open" });
  expect(gates).toContainEqual({ gate: "scp", state: "none" });
  const [policy] = layers.find(({ layer }) => layer === "identity").levels[0].policies;
  const [statement] = policy.statements;
  expect([policy.name, statement.effect, statement.matched]).toEqual(["read", "Allow", true]);
  const text = JSON.stringify(reader.policies.identity[0].document);
  expect(text.slice(...statement.action.entries[0].span)).toBe('"s3:Get*"');
});

test("what is no case is refused by an Error that says why, with the case's id", async ({ page }) => {
  const told = await ask(page, [
    { ...reader, request: { ...request, action: "GetObject" } },
    { ...reader, request: { ...request, resourceAccount: "12" } },
    { ...reader, policies: { identity: [{ name: "broken", document: [] }] } },
    { ...reader, request: { ...request, resource: undefined } },
    { ...reader, polices: {} },
    "{",
    undefined,
    null,
    7,
  ]);
  expect(told.map(({ kind }) => kind)).toEqual(Array(told.length).fill("Error"));
  expect(told.map(({ id }) => id)).toEqual([...Array(5).fill("reader"), ...Array(4).fill(null)]);
  for (const [at, named] of ["`action`", "`resourceAccount`", "policy `broken`", "`resource`", "`polices`"].entries()) {
    expect(told[at].error).toContain(named);
  }
});

test("a value that JSON cannot hold is refused by JSON itself", async ({ page }) => {
  const kind = await page.evaluate(async () => {
    const door = await import(new URL("engine/engine.js", document.baseURI));
    await door.default();
    const circle = {};
    circle.circle = circle;
    try {
      return door.evaluate(circle);
    } catch (error) {
      return error.constructor.name;
    }
  });
  expect(kind).toBe("TypeError");
});

test.describe("hostile input is answered in seconds, and the engine goes on", () => {
  const text = (document) => `{"id":"x","request":${JSON.stringify(request)},"policies":{"identity":[{"name":"x","document":${document}}]}}`;
  const statement = (statement) => text(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
  const condition = (operator, values) => statement({ ...allow("*"), Condition: { [operator]: { "s3:prefix": values } } });
  const deep = (open, close, heart = "") => text(open.repeat(10_000) + heart + close.repeat(10_000));
  const stars = (pattern) => pattern.repeat(100_000);
  const values = Array.from({ length: 40_000 }, (_, at) => `*value-${at}*?*/*`.padEnd(25, "x"));
  /** Asked with texts as long as a case may have them (FED-29). */
  const long = (policy, arn = 2_000, value = 16_000) =>
    JSON.stringify({
      id: "long",
      request: { ...request, resource: `arn:aws:s3:::photos/${"a".repeat(arn)}`, context: { "s3:prefix": "a".repeat(value) } },
      policies: { identity: [named("x", { ...allow("*"), ...policy })] },
    });

  // A policy that nothing is wrong with but its size allows or not; the rest is refused.
  const INPUTS = {
    "10 MB that are no JSON": ["[".repeat(10_000_000), /^Error$/],
    "10 MB of note": [JSON.stringify({ ...reader, note: "x".repeat(10_000_000) }), /^Allowed$/],
    "more than is read": [JSON.stringify({ ...reader, note: "x".repeat(11_000_000) }), /^Error$/],
    "10 MB of actions": [statement(allow(Array.from({ length: 600_000 }, (_, at) => `s3:Get${at}*`))), /^ImplicitlyDenied$/],
    "10 MB of quotes": [text(`"${'\\"'.repeat(5_000_000)}"`), /^Error$/],
    "10,000 lists in each other": [deep("[", "]"), /^Error$/],
    "10,000 objects in each other": [deep('{"Statement":', "}", "0"), /^Error$/],
    "10,000 levels around the case": ["[".repeat(10_000) + "]".repeat(10_000), /^Error$/],
    "100,000 stars as an action": [statement(allow(`s3:${stars("*")}`)), /^Allowed$/],
    "100,000 stars as a resource": [statement({ ...allow("*"), Resource: `arn:aws:s3:::${stars("*")}x` }), /^ImplicitlyDenied$/],
    "100,000 stars with letters between": [long({ Resource: `arn:aws:s3:::photos/${stars("*a")}b` }), /^ImplicitlyDenied$/],
    "100,000 stars with letters between, in a condition": [long({ Condition: { StringLike: { "s3:prefix": `${stars("*a")}b` } } }), /^ImplicitlyDenied$/],
    "100,000 question marks and stars": [long({ Resource: `arn:aws:s3:::photos/${stars("?*")}b` }), /^ImplicitlyDenied$/],
    "a resource of 100,000 letters": [long({}, 100_000), /^Error$/],
    "a value of 100,000 letters": [long({}, 10, 100_000), /^Error$/],
    "1 MB of condition values": [condition("StringLike", values), /^ImplicitlyDenied$/],
    "1 MB of values of another type": [condition("NumericEquals", values), /^ImplicitlyDenied$/],
    "1 MB of addresses": [condition("IpAddress", Array.from({ length: 60_000 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24`)), /^ImplicitlyDenied$/],
    "a lone surrogate": ['{"id":"\\ud800"}', /^Error$/],
    "no character": ["\0", /^Error$/],
  };

  const survives = ({ words, took, after }, wanted) => {
    for (const word of words) expect(word).toMatch(wanted);
    expect(took).toBeLessThan(PATIENCE);
    expect(after).toBe("Allowed");
  };

  for (const [name, [input, wanted]] of Object.entries(INPUTS)) {
    test(name, async ({ page }) => survives(await endure(page, input), wanted));
  }

  test("10,000 levels as an object", async ({ page }) => {
    survives(await endure(page, INPUTS["10,000 objects in each other"][0], "object"), /^(Range)?Error$/);
  });
});

test("the cases of the corpus are answered as it says", async ({ page }) => {
  const sections = corpus(new URL("../corpus/", import.meta.url));
  expect(sections.length).toBeGreaterThan(800);
  const told = await ask(page, sections.map(({ text }) => text), "evaluateWithTrace");
  const wrong = sections.flatMap(({ heading, wanted }, at) => {
    const found = summary(told[at]);
    return Object.entries(wanted)
      .filter(([name, value]) => name in found && !found[name].includes(value))
      .map(([name, value]) => `${heading}: ${name}: expected ${value}, found ${found[name]}`);
  });
  expect(wrong).toEqual([]);

  const types = readFileSync("examples/door.d.ts", "utf8");
  const words = new Set(told.flatMap((one) => ["decision", "layer", "rule", "reason"].flatMap((name) => summary(one)[name] ?? [])));
  words.delete(undefined);
  const untold = [...words].map((word) => word.split(" ")[0]).filter((word) => !new RegExp(`["\`]${word}\\b`).test(types));
  expect(untold, "every word has its type").toEqual([]);
});

/** An answer in the words of the corpus: for each name the values that hold. */
function summary({ answer, error }) {
  if (error !== undefined) return { decision: [], error: [error] };
  const { decision, by, message, trace } = answer;
  const policies = trace.layers.flatMap(({ layer, levels }) => levels.flatMap(({ policies }) => policies.map((policy) => ({ layer, ...policy }))));
  const statements = policies.flatMap(({ layer, name, statements }) => statements.map((statement) => ({ layer, name, ...statement })));
  const deciding = statements.find(({ layer, name, index }) => layer === by.layer && name === by.policy && index === by.statement);
  const elements = statements.flatMap(({ principal, action, resource }) => [principal, action, resource]).filter(Boolean);
  const reasons = [
    ...elements.flatMap(({ entries }) => entries.map(({ outcome }) => outcome)),
    ...statements.flatMap(({ conditions }) => conditions.map(({ reason }) => reason)),
  ];
  const gates = trace.gates.map(({ gate, state }) => [`gate ${gate === "scp" ? "servicecontrol" : gate}`, [state]]);
  return {
    error: [],
    decision: [decision],
    layer: [by.layer],
    rule: [by.rule],
    policy: [by.policy],
    statement: [`${by.statement}`, deciding?.sid],
    message: [message ?? ""],
    reason: reasons.map((reason) => reason.replace(/ \{.*/s, "").replace(/\((.*)\)/, " $1")),
    ...Object.fromEntries(gates),
  };
}
