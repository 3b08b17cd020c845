// Tokens and assertions that are copied out of the flows hold for programs that know nothing of this page.
import { createPublicKey } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { createLocalJWKSet, jwtVerify } from "jose";
import { SignedXml } from "xml-crypto";
import { expect, test } from "./fixtures.mjs";
import { copied, openFlow } from "./player.mjs";

const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

/** A token and the keys of its issuer, as the page has them. */
async function tokenAndKeys(page, query) {
  await openFlow(page, `web-identity?step=4&${query}`);
  const token = await copied(page, "ID token");
  await openFlow(page, `web-identity?step=6&${query}`);
  return [token, createLocalJWKSet(JSON.parse(await copied(page, "Keys of the issuer (JWKS)")))];
}

for (const { provider, alg, issuer, audience, sub } of [
  { provider: "google", alg: "RS256", issuer: "https://accounts.google.com", audience: "407408718192.apps.googleusercontent.com", sub: "107691503500061507151" },
  { provider: "oidc", alg: "ES256", issuer: "https://id.example.com", audience: "photo-app", sub: "ana" },
]) {
  test(`a token that was signed with ${alg} verifies against the published keys @any-screen`, async ({ page }) => {
    const [token, keys] = await tokenAndKeys(page, `provider=${provider}`);
    const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience });
    expect(protectedHeader.alg).toBe(alg);
    expect(payload.sub).toBe(sub);
    await expect(jwtVerify(token, keys, { issuer, audience: "another-app" })).rejects.toThrow(/"aud"/);
  });

  for (const fault of ["tampered", "forged"]) {
    test(`a token that was ${fault} does not verify: ${alg} @any-screen`, async ({ page }) => {
      const [token, keys] = await tokenAndKeys(page, `provider=${provider}&fault=${fault}`);
      await expect(jwtVerify(token, keys, { issuer, audience })).rejects.toThrow("signature verification failed");
    });
  }
}

/** The text of the only element of a name in `node`. */
const text = (node, name) => node.getElementsByTagNameNS(SIGNATURE, name)[0].textContent.trim();

/** The key of a `KeyValue` in `xml`, as PEM. */
function publicKey(xml) {
  const value = new DOMParser().parseFromString(xml, "text/xml").getElementsByTagNameNS(SIGNATURE, "RSAKeyValue")[0];
  const url = (name) => text(value, name).replace(/\s/g, "").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const key = { kty: "RSA", n: url("Modulus"), e: url("Exponent") };
  return createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" });
}

/** What a response proves with a key: the signed assertion, or nothing. */
function proven(xml, publicCert) {
  const response = new DOMParser().parseFromString(xml, "text/xml");
  const found = new SignedXml({ publicCert });
  found.loadSignature(response.getElementsByTagNameNS(SIGNATURE, "Signature")[0]);
  try {
    return found.checkSignature(xml) ? found.getSignedReferences() : [];
  } catch (error) {
    expect(error.message).toMatch(/invalid signature|digest/i);
    return [];
  }
}

async function responseAndKey(page, query) {
  await openFlow(page, `saml?step=3${query}`);
  const response = await copied(page, "SAML response");
  await openFlow(page, `saml?step=5${query}`);
  return [response, publicKey(await copied(page, "Metadata of the provider, as IAM has it"))];
}

test("a SAML response verifies with the key of the provider's metadata @any-screen", async ({ page }) => {
  const [response, key] = await responseAndKey(page, "");
  const [assertion, ...more] = proven(response, key);
  expect(more).toEqual([]);
  const { documentElement: root } = new DOMParser().parseFromString(assertion, "text/xml");
  expect([root.namespaceURI, root.localName]).toEqual([ASSERTION, "Assertion"]);
  expect(root.getElementsByTagNameNS(ASSERTION, "NameID")[0].textContent).toBe("ana");
  expect(proven(response.replace(">ana</", ">ben</"), key), "another name is not what was signed").toEqual([]);
});

for (const fault of ["tampered", "refitted", "forged", "certificate"]) {
  test(`a SAML response does not verify: ${fault} @any-screen`, async ({ page }) => {
    const [response, key] = await responseAndKey(page, `&fault=${fault}`);
    expect(proven(response, key)).toEqual([]);
  });
}
