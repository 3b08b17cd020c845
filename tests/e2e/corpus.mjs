// The cases of `tests/corpus`, whose form tests/corpus.rs tells.
import { readdirSync, readFileSync } from "node:fs";

const FENCE = /^```(\w+)\n(.*?)^```$/gms;

/** Every section that holds a case: its heading, the case as text and what is wanted of the answer, by name. */
export function corpus(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md")).sort();
  return files.flatMap((file) => readFileSync(new URL(file, folder), "utf8").split(/^## /m).slice(1)).flatMap((section) => {
    const blocks = Object.fromEntries([...section.matchAll(FENCE)].map(([, language, text]) => [language, text]));
    if (!blocks.json || !blocks.expect) return [];
    const wanted = Object.fromEntries(blocks.expect.trim().split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
    return [{ heading: section.split("\n", 1)[0], text: blocks.json.replace("{", '{"id": "corpus",'), wanted }];
  });
}
