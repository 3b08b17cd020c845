//! Whole cases from seeds: every layer, operator, principal kind, variable and Not- form, from small vocabularies, so
//! that things match or miss by little.

mod condition;
mod policy;
mod random;
mod scene;
mod vocabulary;

use serde_json::{Value, json};

use condition::Keys;
use policy::{Place, document, full_access};
use random::Random;
use scene::Scene;

/// In how many of 100 statements of endpoint policies the principal is everyone.
const ENDPOINT_EVERYONE: usize = 75;

/// The case of a seed.
pub fn case(seed: u64) -> Value {
    let random = &mut Random::new(seed);
    let scene = scene::scene(random);
    let keys = condition::keys(random, &scene);
    let policies = policies(random, &scene, &keys);
    let resource = if scene.resourceless { "*" } else { scene.resource.as_str() };
    json!({
        "id": format!("seed-{seed}"),
        "request": {
            "principal": scene.principal,
            "action": scene.action,
            "resource": resource,
            "resourceAccount": scene.resource_account,
            "resourceless": scene.resourceless,
            "context": keys.context,
        },
        "policies": policies,
    })
}

fn policies(random: &mut Random, scene: &Scene, keys: &Keys) -> Value {
    let mut policies = json!({});
    let one = |random: &mut Random, place, name: &str| {
        let document = document(random, scene, keys, place);
        json!({ "name": format!("{name}-{}", random.below(10)), "document": document })
    };
    let has_identity = scene.has_account && scene.kind != "root";
    if has_identity && random.chance(88) {
        let count = 1 + random.below(2);
        policies["identity"] = (0..count).map(|_| one(random, Place::Identity, "identity")).collect();
    }
    if has_identity && random.chance(30) {
        policies["boundary"] = one(random, Place::Boundary, "boundary");
    }
    let session = match scene.kind {
        "federatedUser" => 72,
        "roleSession" => 35,
        _ => 0,
    };
    if random.chance(session) {
        let count = 1 + random.below(2);
        policies["session"] = (0..count).map(|_| one(random, Place::Boundary, "session")).collect();
    }
    let key = scene.resource.contains(":key/");
    let needed = scene.trust || key || !scene.has_account || scene.resource_account != scene.principal["account"];
    if !scene.resourceless && random.chance(if needed { 94 } else { 50 }) {
        let place = if scene.trust { Place::Trust } else { Place::Resource };
        policies["resource"] = one(random, place, "resource");
    }
    if random.chance(30) {
        policies["scp"] = levels(random, |random| {
            let mut list = Vec::new();
            if random.chance(72) {
                list.push(json!({ "name": "FullAWSAccess", "document": full_access() }));
            }
            if random.chance(55) {
                list.push(one(random, Place::ServiceControl, "scp"));
            }
            list
        });
    }
    if random.chance(30) {
        policies["rcp"] = levels(random, |random| match random.chance(60) {
            true => vec![one(random, Place::ResourceControl, "rcp")],
            false => Vec::new(),
        });
    }
    // Not across partitions: EVAL-83 is about delegation, and the crate lets no endpoint policy allow there either. The
    // decision is the same, its layer is not.
    if random.chance(20) && !scene.far {
        policies["endpoint"] = json!([one(random, Place::Endpoint, "endpoint")]);
    }
    policies
}

/// The levels of an organization, root first.
fn levels(random: &mut Random, mut policies: impl FnMut(&mut Random) -> Vec<Value>) -> Value {
    let names: &[(&str, &str)] = match random.below(3) {
        0 => &[("root", "r-ab12")],
        1 => &[("root", "r-ab12"), ("account", "111122223333")],
        _ => &[("root", "r-ab12"), ("ou", "ou-ab12-1"), ("account", "111122223333")],
    };
    names.iter().map(|(level, id)| json!({ "level": level, "id": id, "policies": policies(random) })).collect()
}
