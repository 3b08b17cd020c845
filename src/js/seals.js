// Keys and signatures of the flows, through WebCrypto. Keys are made in the browser, once a visit, and never leave it.
// `src/app/platform/seals.rs` is the only caller. Imports nothing.

const HASH = "SHA-256";
const KINDS = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: HASH, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  ES256: { name: "ECDSA", hash: HASH, namedCurve: "P-256" },
};

/** Key pairs that are made or being made. */
const pairs = new Map();

function pair(key, algorithm) {
  const name = `${key} ${algorithm}`;
  if (!pairs.has(name)) pairs.set(name, crypto.subtle.generateKey(KINDS[algorithm], false, ["sign", "verify"]));
  return pairs.get(name);
}

const bytes = (text) => new TextEncoder().encode(text);
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** The public half: `n` and `e`, or `x` and `y`. */
export async function publicKey(key, algorithm) {
  const { publicKey } = await pair(key, algorithm);
  const { n, e, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return n ? [n, e] : [x, y];
}

/** A signature in base64url. */
export async function sign(key, algorithm, input) {
  const { privateKey } = await pair(key, algorithm);
  return toText(await crypto.subtle.sign(KINDS[algorithm], privateKey, bytes(input)));
}

/** Whether a signature in base64url is that of the key; one that is not even base64url is not. */
export async function verify(key, algorithm, input, signature) {
  const { publicKey } = await pair(key, algorithm);
  let presented;
  try {
    presented = toBytes(signature);
  } catch {
    return false;
  }
  return crypto.subtle.verify(KINDS[algorithm], publicKey, presented, bytes(input));
}
