// The preview's reload client. It is told what changed since the generation of the page it stands in,
// and does the least that shows it: exchange a stylesheet, exchange the overlay, or load the page anew.
(() => {
  "use strict";
  const tag = document.currentScript;
  const home = new URL("./", tag.src);
  const { epoch, mark } = tag.dataset;
  let generation = tag.dataset.generation;
  let problems = tag.dataset.problems;
  let source = null;
  let retry = 0;

  // ------------------------------------------------------------ what an update does

  const details = () => [...document.querySelectorAll("details:not(#sitegen-problems *)")];

  // Where an element stands in the page: enough to find it again in the next version of the same page.
  const placeOf = (element) => {
    if (!element || element === document.body) return "";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const kin = [...(element.parentElement?.children ?? [])];
    return `${placeOf(element.parentElement) || "body"} > :nth-child(${kin.indexOf(element) + 1})`;
  };

  const reload = () => {
    disconnect();
    const place = {
      path: location.pathname,
      left: scrollX,
      top: scrollY,
      open: details().map((element) => element.open),
      focus: placeOf(document.activeElement),
    };
    try {
      sessionStorage.setItem("sitegen-place", JSON.stringify(place));
    } catch { /* storage may be switched off: the browser's own memory of the place has to do */ }
    location.reload();
  };

  const restorePlace = () => {
    try {
      const place = JSON.parse(sessionStorage.getItem("sitegen-place")) ?? {};
      sessionStorage.removeItem("sitegen-place");
      if (place.path !== location.pathname) return;
      const now = details();
      if (now.length === place.open.length) now.forEach((element, at) => { element.open = place.open[at]; });
      if (place.focus) document.querySelector(place.focus)?.focus({ preventScroll: true });
      scrollTo({ left: place.left, top: place.top, behavior: "instant" });
    } catch { /* as above */ }
  };

  const stem = (path) => path.replace(/[.-][0-9a-f]{6,64}(?=\.css$)/, "");

  const stylesheets = () =>
    [...document.querySelectorAll('link[rel~="stylesheet"]:not([data-leaving])')].filter(
      (link) => new URL(link.href).origin === location.origin,
    );

  // Exchanges what is linked to, and returns the addresses that no link has (imported by another sheet).
  const swapStyles = (addresses) =>
    addresses.filter((address) => {
      const links = stylesheets().filter((link) => stem(new URL(link.href).pathname) === stem(address));
      for (const link of links) {
        const fresh = link.cloneNode();
        fresh.removeAttribute("integrity");
        fresh.href = `${address}?generation=${generation}`;
        link.dataset.leaving = "";
        // The old one stays until the new one is there, so that the page is never without its style.
        fresh.addEventListener("load", () => link.remove());
        fresh.addEventListener("error", () => link.remove());
        link.after(fresh);
      }
      return links.length === 0;
    });

  const refreshOverlay = async (digest) => {
    let html = "";
    try {
      const answer = await fetch(new URL("overlay", home), { cache: "no-store" });
      html = answer.ok ? await answer.text() : "";
    } catch {
      return; // the server has gone: keep what is shown
    }
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("sitegen-problems");
    document.getElementById("sitegen-problems")?.remove();
    if (fresh) document.body.append(document.adoptNode(fresh));
    problems = digest;
  };

  const SHOWN = new Set(["audio", "css", "iframe", "image", "img", "link", "script", "video"]);

  const uses = (addresses) => {
    const changed = new Set(addresses.map((address) => stem(new URL(address, location).pathname)));
    return performance.getEntriesByType("resource").some((entry) => {
      const url = new URL(entry.name);
      return SHOWN.has(entry.initiatorType) && url.origin === location.origin && changed.has(stem(url.pathname));
    });
  };

  const apply = (update) => {
    if (update.edited && update.edited !== location.pathname && update.epoch === epoch) {
      disconnect();
      return location.assign(update.edited);
    }
    if (update.epoch !== epoch || update.page || uses(update.changed)) return reload();
    generation = update.generation;
    document.dispatchEvent(new Event("sitegen-update"));
    if (uses(swapStyles(update.styles))) return reload();
    if (update.problems !== problems) return refreshOverlay(update.problems);
    return undefined;
  };

  // ------------------------------------------------------------ the stream

  const connect = () => {
    clearTimeout(retry);
    if (source || document.hidden) return;
    const address = new URL("events", home);
    address.search = new URLSearchParams({ since: `${epoch}-${generation}`, page: location.pathname, mark });
    source = new EventSource(address);
    source.addEventListener("update", (event) => apply(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      // A browser gives up after a refusal, but not after a broken line.
      if (source?.readyState === EventSource.CLOSED) {
        disconnect();
        retry = setTimeout(connect, 2000);
      }
    });
  };

  const disconnect = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };

  // A hidden tab holds no stream (browsers allow six a host); it catches up when it is seen again.
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  restorePlace();
  connect();
})();
