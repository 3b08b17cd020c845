// Tests of the tools in this folder.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { serve } from "./serve.mjs";
import { firstLoad } from "./size.mjs";

/** A folder with these files, gone after the test. */
function folder(t, files) {
  const root = mkdtempSync(join(tmpdir(), "iam-playground-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

async function site(t, options, files = { "index.html": "home", "a.wasm": "wasm", "b/c.json": "{}" }) {
  const { address, stop } = await serve({ dir: folder(t, files), ...options });
  t.after(stop);
  return address;
}

test("files come with their type and the page for the folder", async (t) => {
  const address = await site(t, {});
  const home = await fetch(address);
  assert.equal(await home.text(), "home");
  assert.equal(home.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal((await fetch(`${address}a.wasm?v=1`)).headers.get("content-type"), "application/wasm");
  assert.equal(await (await fetch(`${address}b/c.json`)).text(), "{}");
});

test("what is not there is not found", async (t) => {
  const address = await site(t, {});
  assert.equal((await fetch(`${address}none.js`)).status, 404);
  assert.equal((await fetch(`${address}b`)).status, 404);
});

test("nothing is found outside the prefix", async (t) => {
  const address = await site(t, { prefix: "/iam-playground/" });
  assert.equal(new URL(address).pathname, "/iam-playground/");
  assert.equal((await fetch(address)).status, 200);
  assert.equal((await fetch(address.slice(0, -1))).url, address);
  assert.equal((await fetch(new URL("/", address))).status, 404);
  assert.equal((await fetch(new URL("/a.wasm", address))).status, 404);
});

test("nothing is found outside the folder", async (t) => {
  const address = new URL(await site(t, {}));
  // `fetch` would straighten these paths itself.
  for (const path of ["/../package.json", "/..%2f..%2fetc/passwd", "/b/../../x", "/%00", "/%"]) {
    const status = await new Promise((done, fail) =>
      request({ host: address.hostname, port: address.port, path }, (r) => (r.resume(), done(r.statusCode))).on("error", fail).end(),
    );
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test("a taken port gives way to the next one", async (t) => {
  const first = new URL(await site(t, {}));
  const second = new URL(await site(t, { port: Number(first.port) }));
  assert.ok(Number(second.port) > Number(first.port));
});

test("text is sent gzipped when asked for", async (t) => {
  const address = new URL(await site(t, { gzip: true }));
  const headers = { "Accept-Encoding": "gzip" };
  const [type, body] = await new Promise((done, fail) =>
    request({ host: address.hostname, port: address.port, path: "/a.wasm", headers }, (r) => {
      const parts = [];
      r.on("data", (part) => parts.push(part)).on("end", () => done([r.headers["content-encoding"], Buffer.concat(parts)]));
    })
      .on("error", fail)
      .end(),
  );
  assert.equal(type, "gzip");
  assert.equal(gunzipSync(body).toString(), "wasm");
});

test("the first load is the page with its styles, scripts, imports and preloads", (t) => {
  const root = folder(t, {
    "index.html": `<link rel=stylesheet href=./a.css><link rel="preload" href="./data/x.json" as="fetch">
      <link rel="icon" href="./icon.svg"><!-- <link rel="preload" href="./gone"> -->
      <script type="module">import init from './app.js'; init({ module_or_path: './app.wasm' });</script>
      <link rel=modulepreload href=./app.js><link rel=preload href=./app.wasm as=fetch>`,
    "a.css": `@import "./b.css";`,
    "b.css": "",
    "app.js": `import { f } from './snippets/f.js'; import("./later.js"); const x = 1;`,
    "snippets/f.js": "export const f = 1;",
    "app.wasm": "",
    "icon.svg": "",
    "later.js": "",
    "data/x.json": "{}",
  });
  assert.deepEqual(firstLoad(root).sort(), [
    "a.css",
    "app.js",
    "app.wasm",
    "b.css",
    "data/x.json",
    "index.html",
    "snippets/f.js",
  ]);
});

test("a page that loads what is not there is refused", (t) => {
  const missing = folder(t, { "index.html": "<link rel=preload href=./x.json as=fetch>" });
  assert.throws(() => firstLoad(missing), /x\.json, which is not in/);
  const elsewhere = folder(t, { "index.html": "<script src='https://example.com/x.js'></script>" });
  assert.throws(() => firstLoad(elsewhere), /from elsewhere/);
});
