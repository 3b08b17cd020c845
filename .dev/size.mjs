// What a browser loads before the first verdict and before the page is ready, in bytes; fails above the limits.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Gzipped, in all: what GitHub Pages sends. */
const FIRST_VERDICT = 400_000;
const PAGE = 1_000_000;
/** What the page loads after the first verdict. */
const LATER = [
  /^iam-playground-\w+\.js$/,
  /^iam-playground-\w+\.wasm$/,
  /^snippets\/.*\/bridge\.js$/,
  /^snippets\/.*\/download\.js$/,
  /^snippets\/.*\/flows\.js$/,
  /^data\/managed\/index\.txt$/,
];
/** What shows the federation flows; loaded when somebody opens them. */
const FLOWS = 700_000;
const PLAYER = [/^flows\/player_bg\.wasm$/, /^flows\/player\.js$/, /^flows\/player\.css$/, /^flows\/snippets\/.*\/seals\.js$/];
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
  const line = (name, numbers) => console.log(name.padEnd(56) + numbers.map((n) => String(n).padStart(12)).join(""));
  const table = (title, names) => {
    const rows = names.map(measured).sort((a, b) => b[2] - a[2]);
    line(title, ["bytes", "gzip -9", "brotli 11"]);
    for (const [name, ...numbers] of rows) line(name, numbers);
    return rows.reduce((sum, row) => sum.map((n, i) => n + row[i + 1]), [0, 0, 0]);
  };
  const within = ([, gzipped], limit) => {
    if (gzipped <= limit) return console.log(`${limit - gzipped} bytes gzipped below the limit of ${limit}.`);
    console.error(`Too big: ${gzipped} bytes gzipped, the limit is ${limit}.`);
    process.exitCode = 1;
  };

  const first = firstLoad("dist");
  if (!first.some((name) => name.endsWith(".wasm"))) throw new Error("The page preloads no wasm: its size cannot be told.");
  const before = table("before the first verdict", first);
  line("in all", before);
  within(before, FIRST_VERDICT);

  const files = readdirSync("dist", { recursive: true }).map(String);
  const named = (pattern) => {
    const name = files.find((file) => pattern.test(file));
    if (!name) throw new Error(`No file in dist/ is named like ${pattern}.`);
    return name;
  };
  const after = table("after it, before the page is ready", LATER.map(named));
  const all = before.map((n, i) => n + after[i]);
  line("in all", all);
  within(all, PAGE);

  const flows = table("loaded when the flows are opened", PLAYER.map(named));
  line("in all", flows);
  within(flows, FLOWS);

  table("not loaded by the page", DOOR);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
