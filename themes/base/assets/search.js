// The field of the search page. Nothing here is needed to read the site: without it the page is an index.
// What is found is put in as text, never as markup.
const place = document.querySelector(".search");
const field = place.querySelector("input");
const status = place.querySelector("[role=status]");
const list = place.querySelector(".found");
const more = place.querySelector(".more");
const AT_ONCE = 10;
let index, asked = 0, rest = [];

const load = () => (index ??= import(`${place.dataset.index}pagefind.js`).then(async (made) => {
  await made.options({ baseUrl: place.dataset.base, excerptLength: 28 });
  await made.init();
  return made;
}));

// An excerpt is escaped text in which the words that match are marked.
const text = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
function excerpt(html) {
  const shown = document.createElement("p");
  html.split(/<mark>(.*?)<\/mark>/).forEach((part, n) => {
    const words = text(part) || (part.trim() ? part : " ");
    if (n % 2) shown.appendChild(document.createElement("mark")).textContent = words;
    else shown.append(/^\s/.test(part) ? ` ${words}` : words, /\s$/.test(part) ? " " : "");
  });
  shown.prepend("… ");
  shown.append(" …");
  return shown;
}

function entry({ url, meta, excerpt: html }) {
  const made = document.createElement("li");
  const title = made.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
  title.href = url;
  title.textContent = meta.title;
  const credit = made.appendChild(document.createElement("p"));
  credit.className = "credit";
  if (meta.source) credit.appendChild(document.createElement("cite")).textContent = meta.source;
  if (meta.day) {
    const day = credit.appendChild(document.createElement("time"));
    day.dateTime = meta.day;
    day.textContent = new Date(`${meta.day}T12:00:00`).toLocaleDateString(document.documentElement.lang, {
      day: "numeric", month: "long", year: "numeric",
    });
    day.before(" ");
  }
  made.append(excerpt(html));
  return made;
}

async function show(turn) {
  const found = await Promise.all(rest.splice(0, AT_ONCE).map((one) => one.data()));
  if (turn !== asked) return;
  list.append(...found.map(entry));
  more.hidden = !rest.length;
}

async function search() {
  const query = field.value.trim();
  const turn = ++asked;
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  const answer = query ? await (await load()).search(query) : null;
  if (turn !== asked) return;
  list.replaceChildren();
  rest = answer ? answer.results : [];
  const words = rest.length ? place.dataset.found : place.dataset.none;
  status.textContent = answer ? words.replace("{n}", rest.length).replace("{query}", query) : "";
  await show(turn);
}

let waiting;
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
place.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
more.addEventListener("click", () => show(asked));
place.hidden = false;
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
