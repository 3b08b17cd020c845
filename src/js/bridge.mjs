// What the page needs of the browser that is shorter here than in Rust: worlds in IndexedDB, one writer for each of them,
// files in and out. `src/app/platform/shelf.rs` and `file.rs` are its only callers. Imports nothing.

const NAME = "iam-playground";
/** Where the page notes which world was open last, and that it stopped. */
const LAST = "iam-playground.world";
const LOCK = "iam-playground.world.";

// ---- Storage: `worlds` has names and times, `texts` the saves themselves, both by id. ----

let database;

function connect() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("worlds", { keyPath: "id" });
      request.result.createObjectStore("texts");
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      database = request.result;
      database.onclose = () => (database = undefined);
      database.onversionchange = () => {
        database.close();
        database = undefined;
      };
      resolve(database);
    };
  });
}

/** One transaction; `work` makes requests and returns the one whose result is wanted. Begins at once where the database is open. */
function transact(mode, work) {
  const run = (db) =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(["worlds", "texts"], mode);
      let wanted;
      transaction.oncomplete = () => resolve(wanted?.result);
      transaction.onabort = () => reject(transaction.error);
      try {
        wanted = work(transaction.objectStore("worlds"), transaction.objectStore("texts"));
        transaction.commit?.();
      } catch (error) {
        reject(error);
        transaction.abort();
      }
    });
  return database ? run(database) : connect().then(run);
}

const list = () => transact("readonly", (worlds) => worlds.getAll());
const text = (id) => transact("readonly", (_, texts) => texts.get(id));

/** Id, text (undefined when it is gone), and whether this tab may write it. */
async function open(id, claimed) {
  const writable = await claimed;
  return [id, await text(id), writable];
}

/** The list as JSON, then what `open` gives for the world that was open last. Begun while the engine is on its way. */
async function begin() {
  const worlds = await list();
  worlds.sort((a, b) => b.saved - a.saved);
  let last, stopped;
  try {
    last = localStorage.getItem(LAST);
    stopped = localStorage.getItem(LAST + ".stopped");
    localStorage.removeItem(LAST + ".stopped");
  } catch {
    // Denied: the latest is right.
  }
  const found = worlds.find(({ id }) => id === last) ?? worlds[0];
  const listed = JSON.stringify(worlds);
  if (!found) return [listed];
  return stopped ? [listed, found.id] : [listed, ...(await open(found.id, claim(found.id)))];
}

const begun = begin();
begun.catch(() => {});

export function beginning(patience) {
  const late = new Promise((_, reject) => setTimeout(reject, patience, new DOMException("no answer", "TimeoutError")));
  return Promise.race([begun, late]);
}

export const listed = async () => [(await begun)[0]];
export const openWorld = (id) => open(id, claim(id));
export const putWorld = (id, name, saved, save) =>
  transact("readwrite", (worlds, texts) => {
    texts.put(save, id);
    worlds.put({ id, name, saved });
  });
export const deleteWorld = (id) =>
  transact("readwrite", (worlds, texts) => {
    texts.delete(id);
    worlds.delete(id);
  });

// ---- One writer: whoever holds the lock of a world. Where there are no locks, every tab writes. ----

/** What lets go of a lock, by id. */
const held = new Map();

function claim(id, options = { ifAvailable: true }) {
  if (held.has(id) || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const holding = (lock) => lock && new Promise((release) => resolve(held.set(id, release).has(id)));
    navigator.locks
      .request(LOCK + id, options, holding)
      .catch(() => {
        // Somebody took it, or it was waited for in vain.
        if (held.delete(id)) tell("lost", id);
      })
      .then(() => resolve(false));
  });
}

export function release(id) {
  held.get(id)?.();
  held.delete(id);
}

/** Holds the locks of these worlds, separated by spaces, and no others. */
export function hold(ids) {
  const wanted = ids.split(" ").filter(Boolean);
  for (const id of [...held.keys()]) if (!wanted.includes(id)) release(id);
  for (const id of wanted) claim(id);
}

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : undefined;

/** Asks the tab that writes a world to save it and let go; a tab that does not answer loses it. */
export async function takeOver(id) {
  channel?.postMessage(id);
  const asked = await claim(id, { signal: AbortSignal.timeout(1500) });
  return open(id, asked || claim(id, { steal: true }));
}

// ---- Files ----

export function download(name, contents) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([contents], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Reads the first of some files; the page hears of it. */
export function take(files) {
  const file = files?.[0];
  file?.text().then((contents) => tell("file", contents), () => tell("unreadable", file.name));
}

export function chosen(input) {
  take([...input.files]);
  // The same file can be chosen again.
  input.value = "";
}

// ---- What the page hears of ----

let heard;
const tell = (what, value) => heard?.(what, value);
/** Asks before the page is left while something could not be saved. */
let guarded = false;

export const guard = (on) => (guarded = on);
export const listen = (callback) => (heard = callback);

if (channel) channel.onmessage = ({ data }) => held.has(data) && tell("wanted", data);
addEventListener("visibilitychange", () => document.hidden && tell("hidden", ""));
addEventListener("pagehide", () => tell("hidden", ""));
addEventListener("beforeunload", (event) => {
  tell("hidden", "");
  if (guarded) event.preventDefault();
});
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
