// The switch between light and dark. Nothing here is needed to read the site: without it pages follow the
// system, and there is no button. It is loaded in <head> and not deferred, so that what was chosen holds
// before anything is drawn.
(() => {
  const root = document.documentElement;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (night.matches ? "dark" : "light");
  let chosen = null;

  function show() {
    if (chosen) root.dataset.scheme = chosen;
    else delete root.dataset.scheme;
    document.querySelector(".scheme")?.setAttribute("aria-pressed", (chosen ?? system()) === "dark");
  }

  // A browser that lets no page remember anything throws: then a choice lasts as long as its page.
  function recall() {
    try {
      const kept = localStorage.getItem("scheme");
      chosen = kept === "dark" || kept === "light" ? kept : null;
    } catch {}
    show();
  }

  // Who turns back to what the system says follows the system from there on.
  function turn() {
    const other = (chosen ?? system()) === "dark" ? "light" : "dark";
    chosen = other === system() ? null : other;
    try {
      if (chosen) localStorage.setItem("scheme", chosen);
      else localStorage.removeItem("scheme");
    } catch {}
    show();
  }

  recall();
  night.addEventListener("change", show);
  addEventListener("storage", recall); // another window of the site
  addEventListener("pageshow", (event) => { if (event.persisted) recall(); }); // a page that was gone back to
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".scheme");
    if (!button) return;
    button.addEventListener("click", turn);
    button.hidden = false;
    show();
  });
})();
