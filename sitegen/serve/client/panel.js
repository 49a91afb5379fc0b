// The editor's panel: what conversion found in this article, and the small corrections to it. Each is
// one request; the answer is the article's sheet as it is then. The page itself follows by itself, when
// the file has changed.
(() => {
  "use strict";
  const tag = document.currentScript;
  const home = new URL("./", tag.src);
  const { article, token } = tag.dataset;
  const memory = "sitegen-panel";
  let sheet = null;
  let waiting = [];

  // ------------------------------------------------------------ making elements

  const make = (name, properties = {}, ...children) => {
    const { on = {}, data = {}, aria = {}, ...rest } = properties;
    const element = Object.assign(document.createElement(name), rest);
    Object.assign(element.dataset, data);
    for (const [key, value] of Object.entries(aria)) element.setAttribute(`aria-${key}`, value);
    for (const [event, listen] of Object.entries(on)) element.addEventListener(event, listen);
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  const host = make("div", { id: "sitegen-panel" });
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", { rel: "stylesheet", href: new URL("panel.css", home).href });
  const toggle = make("button", { id: "toggle", type: "button", on: { click: () => show(panel.hidden) } });
  const panel = make("aside", { id: "panel", hidden: true, aria: { label: "Editor’s panel" } });
  const said = make("p", { id: "said", role: "status" });
  root.append(style, toggle, panel);

  // ------------------------------------------------------------ talking to the preview

  const ask = async (name, options = {}) => {
    const answer = await fetch(new URL(name, home), { cache: "no-store", ...options });
    const text = await answer.text();
    try {
      return { ok: answer.ok, status: answer.status, ...wrap(JSON.parse(text)) };
    } catch {
      return { ok: false, status: answer.status, problems: [text.trim() || "The preview does not answer."] };
    }
  };

  const wrap = (made) => (made.problems ? made : { made });

  const send = (name, body) =>
    ask(name, {
      method: "POST",
      keepalive: true, // the page may be loaded anew just now: what was done is done all the same
      headers: { "Content-Type": "application/json", "X-Sitegen-Token": token },
      body: JSON.stringify(body),
    }).catch(() => ({ ok: false, problems: ["The preview does not answer."] }));

  const load = async () => {
    const [mine, queue] = await Promise.all([
      ask(`sheet?article=${encodeURIComponent(article)}`),
      ask("queue"),
    ]).catch(() => [{ problems: ["The preview does not answer."] }, { made: [] }]);
    waiting = queue.made ?? [];
    if (mine.made) sheet = mine.made;
    draw();
    say(mine.problems?.join("\n") ?? "");
  };

  const say = (text) => { said.textContent = text; };

  const settle = async (answer, done, focus) => {
    if (answer.status === 409) await load();
    if (answer.made) sheet = answer.made;
    const queue = await ask("queue").catch(() => ({}));
    waiting = queue.made ?? waiting;
    draw(focus);
    say(answer.problems?.join("\n") ?? done);
  };

  const act = async (name, of, item, more = {}, done = "", focus = item) => {
    const body = { article, sha256: sheet.sha256, act: { name, of, item, ...more } };
    await settle(await send("act", body), done, focus);
  };

  const undo = async () => settle(await send("undo", { article }), "Taken back.", null);

  // ------------------------------------------------------------ what one can do with an item

  const edit = (row, of, item, fields, name) => {
    const inputs = fields.map(([key, label, value]) => [
      key,
      make("input", { value: value ?? "", aria: { label } , placeholder: label }),
    ]);
    const close = () => { form.remove(); row.focus(); };
    const form = make(
      "form",
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            const more = Object.fromEntries(inputs.map(([key, input]) => [key, input.value.trim() || null]));
            act(name, of, item.id, more, "Saved.");
          },
          keydown: (event) => {
            event.stopPropagation();
            if (event.key === "Escape") close();
          },
        },
      },
      ...inputs.map(([, input]) => input),
      make("button", { type: "submit" }, "Save"),
      make("button", { type: "button", on: { click: close } }, "Leave"),
    );
    row.querySelector("form")?.remove();
    row.append(form);
    inputs[0][1].focus();
    inputs[0][1].select();
  };

  // key, the button's words (or null where the act makes no sense), what it does
  const acts = {
    quotes: [
      ["a", (quote) => (quote.attribution === "inferred" ? "Accept" : null),
        (quote) => act("accept", "quotes", quote.id, {}, "Accepted.")],
      ["s", () => "Speaker …", (quote, row) =>
        edit(row, "quotes", quote, [["value", "Full name", quote.speaker], ["role", "Role", quote.role]], "speaker")],
      ["f", (quote) => (quote.featured ? "Unfeature" : "Feature"),
        (quote) => act("feature", "quotes", quote.id, {}, "Saved.")],
      ["d", () => "Drop", (quote, row) => act("drop", "quotes", quote.id, {}, "Dropped.", neighbour(row))],
    ],
    figures: [
      ["s", () => "Label …", (figure, row) =>
        edit(row, "figures", figure, [["value", "What it measures", figure.label]], "label")],
      ["d", () => "Drop", (figure, row) => act("drop", "figures", figure.id, {}, "Dropped.", neighbour(row))],
    ],
  };

  const neighbour = (row) => (row.nextElementSibling ?? row.previousElementSibling)?.dataset.item ?? null;

  const move = (of, item, by) => {
    const to = sheet[of].findIndex((other) => other.id === item.id) + by;
    if (to < 0 || to >= sheet[of].length) return;
    act("move", of, item.id, { value: to }, `Now number ${to + 1}.`);
  };

  // ------------------------------------------------------------ drawing

  const words = {
    quotes: (quote) => [
      make("p", { className: "words" }, `“${quote.text}”`),
      make(
        "p",
        { className: "who" },
        quote.speaker ? `— ${[quote.speaker, quote.role].filter(Boolean).join(", ")}` : "— nobody named",
        quote.attribution === "inferred" ? make("span", { className: "mark" }, "inferred") : null,
        quote.featured ? make("span", { className: "mark quiet" }, "featured") : null,
      ),
    ],
    figures: (figure) => [
      make("p", { className: "words" }, make("b", {}, figure.as_written), ` ${figure.label ?? ""}`),
      make(
        "p",
        { className: "who" },
        [figure.period, figure.change?.as_written, ...(figure.equivalents ?? []).map((other) => other.as_written)]
          .filter(Boolean)
          .join(" · "),
      ),
    ],
  };

  const row = (of, item, count) => {
    const doubts = (sheet.doubts ?? []).filter((doubt) => doubt.item === item.id);
    const element = make("li", { tabIndex: -1, data: { item: item.id, of } }, ...words[of](item));
    for (const doubt of doubts) element.append(make("p", { className: "doubt" }, doubt.text));
    const buttons = make("div", { className: "acts" });
    for (const [key, label, run] of acts[of]) {
      const text = label(item);
      if (text === null) continue;
      const button = make("button", { type: "button", title: `${text} (${key})`, data: { key } }, text);
      button.addEventListener("click", () => run(item, element));
      buttons.append(button);
    }
    if (count > 1) {
      buttons.append(
        make("button", { type: "button", title: "Move up (Alt+↑)", aria: { label: "Move up" }, on: { click: () => move(of, item, -1) } }, "↑"),
        make("button", { type: "button", title: "Move down (Alt+↓)", aria: { label: "Move down" }, on: { click: () => move(of, item, 1) } }, "↓"),
      );
    }
    element.append(buttons);
    return element;
  };

  const list = (of, title) => {
    const items = sheet[of] ?? [];
    return items.length
      ? [make("h2", {}, `${title} `, make("span", {}, `${items.length}`)), make("ol", {}, ...items.map((item) => row(of, item, items.length)))]
      : [];
  };

  const dropped = () => {
    const parts = sheet.dropped ?? [];
    return parts.length
      ? [make(
          "details",
          {},
          make("summary", {}, `Left out of the seed (${parts.length})`),
          make("ul", {}, ...parts.map((part) => make("li", {}, make("p", { className: "words" }, part.text), make("p", { className: "who" }, part.reason)))),
        )]
      : [];
  };

  const queue = () => {
    const others = waiting.filter((other) => other.id !== article);
    return others.length
      ? [make(
          "details",
          { id: "queue" },
          make("summary", {}, `Other articles to look at (${others.length})`),
          make("ol", {}, ...others.slice(0, 50).map((other) =>
            make("li", {}, make("a", { href: addressOf(other) }, other.title), ` ${other.doubts}`))),
        )]
      : [];
  };

  const base = home.pathname.replace(/\/\.sitegen\/$/, "");
  const addressOf = (other) => `${location.pathname.split("/articles/")[0] || base}${other.url}`;

  const next = () => {
    const at = waiting.findIndex((other) => other.id === article);
    const other = waiting[at + 1] ?? waiting.find((one) => one.id !== article);
    if (other) location.assign(addressOf(other));
    else say("Nothing else is waiting.");
  };

  const draw = (focus) => {
    const doubts = sheet?.doubts?.length ?? 0;
    toggle.textContent = doubts ? `Edit · ${doubts} to confirm` : "Edit";
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
    if (!sheet) return;
    const open = [...panel.querySelectorAll("details")].map((element) => element.open);
    const top = panel.scrollTop;
    panel.replaceChildren(
      make(
        "header",
        {},
        make("h1", {}, "Editor’s panel"),
        make("p", { className: "path" }, sheet.path),
        make(
          "div",
          { className: "acts" },
          make("button", { type: "button", disabled: !sheet.undo, title: "Undo (u)", on: { click: undo } }, "Undo"),
          make("button", { type: "button", title: "Next to confirm (n)", on: { click: next } }, "Next"),
          make("button", { type: "button", title: "Close (Esc)", on: { click: () => show(false) } }, "Close"),
        ),
        said,
      ),
      ...(sheet.doubts ?? []).filter((doubt) => doubt.item === "").map((doubt) => make("p", { className: "doubt" }, doubt.text)),
      ...list("quotes", "Quotes"),
      ...list("figures", "Key figures"),
      ...dropped(),
      ...queue(),
      make("p", { className: "keys" }, "j k move · a accept · s speaker or label · f feature · d drop · Alt+↑↓ reorder · u undo · n next · Esc close"),
    );
    panel.querySelectorAll("details").forEach((element, at) => { element.open = open[at] ?? false; });
    panel.scrollTop = top;
    if (focus) panel.querySelector(`[data-item="${CSS.escape(focus)}"]`)?.focus();
  };

  // ------------------------------------------------------------ opening, keys

  // The article stands beside the panel where the window has room for both.
  const room = matchMedia("(min-width: 60rem)");
  const makeRoom = () => {
    document.documentElement.style.marginRight = room.matches && !panel.hidden ? "25rem" : "";
  };
  room.addEventListener("change", makeRoom);

  const show = (open) => {
    panel.hidden = !open;
    makeRoom();
    remember();
    draw();
    if (open) (panel.querySelector("li[data-item]") ?? panel.querySelector("button"))?.focus();
    else toggle.focus();
  };

  const remember = () => {
    try {
      const focus = root.activeElement?.closest("[data-item]")?.dataset.item ?? null;
      sessionStorage.setItem(memory, JSON.stringify({ open: !panel.hidden, article, focus, top: panel.scrollTop }));
    } catch { /* storage may be switched off: the panel then opens closed */ }
  };

  const recall = () => {
    try {
      return JSON.parse(sessionStorage.getItem(memory)) ?? {};
    } catch {
      return {};
    }
  };

  const step = (by) => {
    const rows = [...panel.querySelectorAll("li[data-item]")];
    const at = rows.indexOf(root.activeElement?.closest("li[data-item]"));
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  };

  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    u: undo, n: next, Escape: () => show(false),
  };

  panel.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || root.activeElement?.localName === "input") return;
    const here = root.activeElement?.closest("li[data-item]");
    if (event.altKey) {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!here || !by) return;
      event.preventDefault();
      move(here.dataset.of, sheet[here.dataset.of].find((item) => item.id === here.dataset.item), by);
      return;
    }
    const button = here?.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    const run = button ? () => button.click() : keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });

  addEventListener("pagehide", remember);
  document.addEventListener("sitegen-update", load);
  document.body.append(host);
  const before = recall();
  panel.hidden = !before.open;
  makeRoom();
  load().then(() => {
    if (panel.hidden || before.article !== article) return;
    draw(before.focus);
    panel.scrollTop = before.top ?? 0;
  });
})();
