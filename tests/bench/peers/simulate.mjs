// How fast iam-simulate decides the cases in a file, as JSON on standard output.
//   node simulate.mjs CASES.json
// Its policies are parsed and validated once, before the loop; what it makes of them for a request it
// makes anew in each call, since nothing in its interface keeps it. `runUnsafeSimulation` leaves out
// the checks of request and context keys, as our `decide` does; `runSimulation`, the way its
// documentation shows, has them. Both are timed.
// One thread of JavaScript; the helpers of the runtime (collector, compiler) are left to it.
import { readFileSync } from "node:fs";
// Comes along with iam-simulate.
import {
  createValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
} from "@cloud-copilot/iam-policy";
import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

const WARM_UP = 1_000;
const TIMED = 2_000;

function prepared({ identityPolicies, permissionBoundaryPolicies, serviceControlPolicies, resourcePolicy, ...rest }) {
  const all = (policies, validate) =>
    policies?.map(({ name, policy }) => ({ name, policy: createValidatedPolicy(policy, validate, { name }) }));
  return {
    ...rest,
    identityPolicies: all(identityPolicies, validateIdentityPolicy),
    permissionBoundaryPolicies: all(permissionBoundaryPolicies, validateIdentityPolicy),
    serviceControlPolicies: serviceControlPolicies.map(({ orgIdentifier, policies }) => ({
      orgIdentifier,
      policies: all(policies, validateServiceControlPolicy),
    })),
    resourcePolicy: resourcePolicy && createValidatedPolicy(resourcePolicy, validateResourcePolicy, { name: "resource" }),
  };
}

// Awaiting what is no promise would cost the synchronous function something: it has a loop of its own.
function perSecond(decide, least) {
  const started = performance.now();
  for (let count = 1; ; count++) {
    decide();
    const passed = performance.now() - started;
    if (passed >= least) return (count * 1_000) / passed;
  }
}

async function perSecondAwaited(decide, least) {
  const started = performance.now();
  for (let count = 1; ; count++) {
    await decide();
    const passed = performance.now() - started;
    if (passed >= least) return (count * 1_000) / passed;
  }
}

const results = [];
for (const { name, simulation } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const ready = prepared(simulation);
  const unchecked = () => runUnsafeSimulation(ready, {});
  perSecond(unchecked, WARM_UP);
  results.push({ case: name, peer: "iam-simulate", decision: unchecked(), perSecond: perSecond(unchecked, TIMED) });

  const checked = () => runSimulation(ready, {});
  await perSecondAwaited(checked, WARM_UP);
  const answer = await checked();
  const decision = answer.overallResult ?? answer.errors.message;
  results.push({ case: name, peer: "iam-simulate, checking", decision, perSecond: await perSecondAwaited(checked, TIMED) });
}
console.log(JSON.stringify(results));
