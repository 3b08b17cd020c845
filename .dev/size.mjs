// What a browser loads before the first verdict, in bytes; fails above the limit.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Gzipped, in all: what GitHub Pages sends. */
const LIMIT = 400_000;
/** The engine for JavaScript, which only those load who ask for it. */
const DOOR = ["engine/engine_bg.wasm", "engine/engine.js"];

const ATTRIBUTE = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const attributes = (tag) =>
  Object.fromEntries([...tag.matchAll(ATTRIBUTE)].map(([, name, ...values]) => [name.toLowerCase(), values.find((v) => v !== undefined)]));

/**
 * The files in `dist` that its index.html loads at once: the page, its style sheets, its scripts
 * with all that they import, and whatever it preloads (the wasm and the data among it).
 */
export function firstLoad(dist) {
  const found = new Set();
  const add = (from, address) => {
    if (/^[a-z]+:|^\/\//i.test(address)) throw new Error(`${from} loads ${address} from elsewhere.`);
    const file = join(dist, dirname(from), address.replace(/[?#].*/, ""));
    const name = relative(dist, file);
    if (found.has(name)) return;
    if (!existsSync(file) || !statSync(file).isFile()) throw new Error(`${from} loads ${address}, which is not in ${dist}/.`);
    found.add(name);
    const text = () => readFileSync(file, "utf8");
    if (/\.m?js$/.test(name)) imports(name, text());
    if (/\.css$/.test(name)) for (const [, , url] of text().matchAll(/@import\s+(?:url\()?(["']?)([^"')\s;]+)/g)) add(name, url);
  };
  const imports = (from, script) => {
    for (const [, , path] of script.matchAll(/(?:\bfrom|\bimport)\s*(["'])(\.{1,2}\/[^"']+)\1/g)) add(from, path);
  };

  const page = "index.html";
  add(page, page);
  const html = readFileSync(join(dist, page), "utf8").replace(/<!--.*?-->/gs, "");
  for (const [tag] of html.matchAll(/<link\b[^>]*>/gi)) {
    const { rel = "", href } = attributes(tag);
    if (/\b(preload|modulepreload|stylesheet)\b/i.test(rel)) add(page, href);
  }
  for (const [, head, body] of html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gis)) {
    const { src } = attributes(head);
    if (src) add(page, src);
    imports(page, body);
  }
  return [...found];
}

function measured(name) {
  const raw = readFileSync(join("dist", name));
  const brotli = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return [name, raw.length, gzipSync(raw, { level: 9 }).length, brotli.length];
}

function main() {
  const rows = firstLoad("dist").map(measured);
  if (!rows.some(([name]) => name.endsWith(".wasm"))) throw new Error("The page preloads no wasm: its size cannot be told.");
  rows.sort((a, b) => b[2] - a[2]);
  const total = rows.reduce((sum, row) => sum.map((n, i) => n + row[i + 1]), [0, 0, 0]);
  const line = (name, numbers) => console.log(name.padEnd(56) + numbers.map((n) => String(n).padStart(12)).join(""));
  line("before the first verdict", ["bytes", "gzip -9", "brotli 11"]);
  for (const [name, ...numbers] of rows) line(name, numbers);
  line("in all", total);
  console.log("not loaded by the page");
  for (const [name, ...numbers] of DOOR.map(measured)) line(name, numbers);
  if (total[1] > LIMIT) {
    console.error(`Too big: ${total[1]} bytes gzipped, the limit is ${LIMIT}.`);
    process.exitCode = 1;
  } else {
    console.log(`${LIMIT - total[1]} bytes gzipped below the limit of ${LIMIT}.`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
