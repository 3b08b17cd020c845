// Serves a folder of static files on this machine, as GitHub Pages would.
//   node .dev/serve.mjs [--dir dist] [--port 8080] [--prefix /iam-playground/] [--gzip]
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const COMPRESSED = /^(text|application)\/|svg/;

/**
 * Starts a server and resolves to its address and a function that stops it.
 * A taken port gives way to the next one; port 0 is any free one.
 */
export async function serve({ dir = "dist", port = 0, prefix = "/", gzip = false } = {}) {
  const root = resolve(dir);
  const base = `/${prefix}/`.replace(/\/+/g, "/");
  const zipped = new Map();

  const server = createServer(async (request, response) => {
    const answer = (status, headers, body) => {
      response.writeHead(status, { "Cache-Control": "no-cache", ...headers });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, { Allow: "GET, HEAD" });
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    } catch {
      return answer(400, {});
    }
    if (`${path}/` === base) return answer(301, { Location: base });
    const file = path.startsWith(base) ? join(root, path.slice(base.length)) : "";
    if (file !== root && !file.startsWith(root + sep)) return answer(404, {}, "Not found\n");
    const name = path.endsWith("/") ? join(file, "index.html") : file;
    try {
      let body = await readFile(name);
      const headers = { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" };
      if (gzip && COMPRESSED.test(headers["Content-Type"]) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
        if (!zipped.get(name)?.from.equals(body)) zipped.set(name, { from: body, to: gzipSync(body, { level: 9 }) });
        body = zipped.get(name).to;
        Object.assign(headers, { "Content-Encoding": "gzip", Vary: "Accept-Encoding" });
      }
      headers["Content-Length"] = body.length;
      answer(200, headers, body);
    } catch {
      answer(404, {}, "Not found\n");
    }
  });

  for (let wanted = port; ; wanted++) {
    try {
      await new Promise((done, fail) => {
        server.once("error", fail);
        server.listen(wanted, "127.0.0.1", () => {
          server.off("error", fail);
          done();
        });
      });
      break;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || wanted >= port + 100) throw error;
    }
  }
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { address: `http://127.0.0.1:${server.address().port}${base}`, stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: "dist" },
      port: { type: "string", default: "8080" },
      prefix: { type: "string", default: "/" },
      gzip: { type: "boolean", default: false },
    },
  });
  const { address } = await serve({ ...values, port: Number(values.port) });
  console.log(`IAM Playground is at ${address} (Ctrl-C stops it)`);
}
