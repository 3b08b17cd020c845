// Hands a text to the person as a file. `src/app/platform/file.rs` is the only caller. Imports nothing.

const KINDS = { csv: "text/csv", json: "application/json", svg: "image/svg+xml", md: "text/markdown" };

export function download(name, contents) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([contents], { type: KINDS[name.split(".").pop()] ?? "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
