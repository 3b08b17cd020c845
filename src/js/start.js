// Before the engine: keeps the chosen theme from flashing, and says what to do when the engine cannot start.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("iam-playground.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is denied: the system's theme is right.
  }

  let started = false;

  function fail(what, next, detail) {
    const show = () => {
      const failure = document.getElementById("start-failure");
      if (started || !failure || !failure.hidden) return;
      document.getElementById("start-failure-what").textContent = what;
      document.getElementById("start-failure-next").textContent = next;
      document.getElementById("start-failure-detail").textContent = String(detail);
      document.getElementById("start-loading").hidden = true;
      failure.hidden = false;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
  }

  const noWasm = () =>
    fail(
      "This browser does not run WebAssembly, and the engine is WebAssembly.",
      "Use a current Firefox, Chrome, Edge or Safari. If yours is current, WebAssembly may be switched off, for example by a lockdown mode or a policy of your organization: allow it for this site.",
      "The object WebAssembly is missing."
    );
  const notLoaded = (detail) =>
    fail(
      "The engine did not load.",
      "Check the connection, then load the page again. If it happens every time, a content blocker or a proxy may be holding back the .wasm file.",
      detail
    );

  const supported = typeof WebAssembly === "object" && typeof WebAssembly.instantiate === "function";
  if (!supported) noWasm();

  addEventListener("TrunkApplicationStarted", () => { started = true; });
  addEventListener("error", (event) => {
    if (started || !supported) return;
    const source = event.target instanceof Element ? event.target : null;
    if (source && source.tagName !== "SCRIPT") return;
    notLoaded(source ? source.src || "The script of the engine could not be read." : event.message);
  }, true);
  addEventListener("unhandledrejection", (event) => {
    if (!started && supported) notLoaded(event.reason);
  });
})();
