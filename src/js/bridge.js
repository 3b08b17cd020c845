// What the page needs of the browser that is shorter here than in Rust: worlds in IndexedDB, one writer for each of them,
// files in and out. `shelf.rs`, `file.rs` and `worker.rs` in `src/app/platform` are its only callers. Imports nothing.

const NAME = "iam-playground";
/** Where the page notes which world was open last, and that it stopped. */
const LAST = "iam-playground.world";
const LOCK = "iam-playground.world.";

// ---- Storage: `worlds` and `snapshots` have names and times, `texts` the saves of both, all by id. ----

/** Seconds of work between automatic snapshots, and how many of them a world has. */
const PAUSE = 300;
const MOST = 50;

let database;

function connect() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        request.result.createObjectStore("worlds", { keyPath: "id" });
        request.result.createObjectStore("texts");
      }
      request.result.createObjectStore("snapshots", { keyPath: "id" }).createIndex("world", "world");
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
      const transaction = db.transaction(["worlds", "texts", "snapshots"], mode);
      let wanted;
      transaction.oncomplete = () => resolve(wanted?.result);
      transaction.onabort = () => reject(transaction.error);
      try {
        wanted = work(...["worlds", "texts", "snapshots"].map((name) => transaction.objectStore(name)));
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
  const save = await text(id);
  if (writable && save !== undefined) opened(id, save).catch(() => {});
  return [id, save, writable];
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
  visited(Boolean(found));
  if (!found) return [listed];
  return stopped ? [listed, found.id] : [listed, ...(await open(found.id, claim(found.id)))];
}

// Not before the rest of this module is there.
const begun = globalThis.document ? Promise.resolve().then(begin) : Promise.resolve(["[]"]);
begun.catch(() => {});

export function beginning(patience) {
  const late = new Promise((_, reject) => setTimeout(reject, patience, new DOMException("no answer", "TimeoutError")));
  return Promise.race([begun, late]);
}

export const listed = async () => [(await begun)[0]];
export const openWorld = (id) => open(id, claim(id));
/** Keeps a world, and now and then a snapshot of it; snapshots give way where there is no room. */
export async function putWorld(id, name, saved, save) {
  const put = (also) =>
    transact("readwrite", (worlds, texts, snapshots) => {
      texts.put(save, id);
      worlds.put({ id, name, saved });
      if (also) add(texts, snapshots, { id: `${id}.${saved}`, world: id, name: null, time: saved }, save);
    });
  const due = saved - (newest.get(id) ?? 0) >= PAUSE;
  try {
    await put(due);
    if (due) thin(id).catch(() => {});
  } catch (error) {
    await roomFor(error, () => put(false));
  }
  visited(true);
}

export async function deleteWorld(id) {
  const ids = (await of(id)).map((snapshot) => snapshot.id);
  await transact("readwrite", (worlds, texts, snapshots) => {
    texts.delete(id);
    worlds.delete(id);
    forget(texts, snapshots, ids);
  });
  if (!(await list()).length) visited(false);
}

/** Tells the first verdict whether there is work of an earlier visit. */
function visited(yes) {
  try {
    if (yes) localStorage.setItem(NAME + ".visited", "1");
    else localStorage.removeItem(NAME + ".visited");
  } catch {
    // Denied: then there is no earlier work either.
  }
}

// ---- Snapshots ----

/** When the newest snapshot of a world was taken, as far as this tab knows. */
const newest = new Map();

function add(texts, snapshots, snapshot, save) {
  texts.put(save, snapshot.id);
  snapshots.put(snapshot);
  newest.set(snapshot.world, snapshot.time);
}

function forget(texts, snapshots, ids) {
  for (const id of ids) {
    texts.delete(id);
    snapshots.delete(id);
  }
}

const byTime = (snapshots) => snapshots.sort((a, b) => b.time - a.time);
const of = async (world) => byTime(await transact("readonly", (_, __, snapshots) => snapshots.index("world").getAll(world)));

/** Runs `again` once the oldest automatic snapshots of all worlds are gone, as often as that helps. */
async function roomFor(error, again) {
  if (error?.name !== "QuotaExceededError") throw error;
  const all = byTime(await transact("readonly", (_, __, snapshots) => snapshots.getAll())).filter(({ name }) => name === null);
  while (all.length) {
    const oldest = all.splice(-Math.ceil(all.length / 2)).map(({ id }) => id);
    await transact("readwrite", (_, texts, snapshots) => forget(texts, snapshots, oldest));
    try {
      return await again();
    } catch (next) {
      if (next?.name !== "QuotaExceededError") throw next;
    }
  }
  throw error;
}

async function thin(world) {
  const old = (await of(world)).filter(({ name }) => name === null).slice(MOST);
  if (old.length) await transact("readwrite", (_, texts, snapshots) => forget(texts, snapshots, old.map(({ id }) => id)));
}

/** A world that changed since its newest snapshot gets one when it is opened. */
async function opened(id, save) {
  const [last, world] = [(await of(id))[0], await transact("readonly", (worlds) => worlds.get(id))];
  newest.set(id, last?.time ?? 0);
  if (!world || world.saved <= (last?.time ?? 0)) return;
  const snapshot = { id: `${id}.${world.saved}`, world: id, name: null, time: world.saved };
  await transact("readwrite", (_, texts, snapshots) => add(texts, snapshots, snapshot, save));
  await thin(id);
}

export const snapshots = async (world) => JSON.stringify(await of(world));
export const snapshot = text;
export async function putSnapshot(id, world, name, time, save) {
  const put = () => transact("readwrite", (_, texts, snapshots) => add(texts, snapshots, { id, world, name: name ?? null, time }, save));
  await put().catch((error) => roomFor(error, put));
  await thin(world);
}
export async function nameSnapshot(id, name) {
  const known = await transact("readonly", (_, __, snapshots) => snapshots.get(id));
  if (known) await transact("readwrite", (_, __, snapshots) => snapshots.put({ ...known, name }));
}
export const deleteSnapshot = (id) => transact("readwrite", (_, texts, snapshots) => forget(texts, snapshots, [id]));

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

const channel = globalThis.document && typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : undefined;

/** Asks the tab that writes a world to save it and let go; a tab that does not answer loses it. */
export async function takeOver(id) {
  channel?.postMessage(id);
  const asked = await claim(id, { signal: AbortSignal.timeout(1500) });
  return open(id, asked || claim(id, { steal: true }));
}

// ---- Files ----

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

// ---- Work beside the page: the page's own module, started once more where there is no document. ----

/** A worker, or undefined where there can be none; `says` hears what it tells, its readiness first. */
export function hire(says) {
  try {
    // `Trunk.toml` tells under what names the module is.
    const [glue, wasm] = window.playgroundModule.map((path) => JSON.stringify(new URL(path, document.baseURI)));
    const script = `import init from ${glue}; await init({ module_or_path: ${wasm} });`;
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }) => says(...data);
    worker.onerror = (event) => {
      event.preventDefault();
      says("broken", 0, event.message ?? "");
    };
    return worker;
  } catch {
    return undefined;
  }
}

export const give = (worker, texts) => worker.postMessage(texts);
export const dismiss = (worker) => worker.terminate();

/** In the worker: `work` gets what the page gives. */
export function serve(work) {
  globalThis.onmessage = ({ data }) => work(data);
  say("ready", 0, "");
}

export const say = (...what) => postMessage(what);

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
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open], #app[hidden]")) tell("save", "");
});
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
