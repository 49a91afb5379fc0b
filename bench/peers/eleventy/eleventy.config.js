const ARTICLES = "content/articles/*.md";
const MONTHS = "January February March April May June July August September October November December".split(" ");

const newestFirst = (api) => api.getFilteredByGlob(ARTICLES).reverse();

function byTag(api) {
  const found = new Map();
  for (const article of newestFirst(api)) {
    for (const tag of article.data.tags ?? []) {
      if (!found.has(tag)) found.set(tag, []);
      found.get(tag).push(article);
    }
  }
  return [...found.keys()].sort().map((name) => ({ name, articles: found.get(name) }));
}

export default function (config) {
  config.addFilter("iso", (day) => new Date(day).toISOString());
  config.addFilter("rfc822", (day) => new Date(day).toUTCString());
  config.addFilter("long", (given) => {
    const day = new Date(given);
    return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  });
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addCollection("articles", newestFirst);
  config.addCollection("byTag", byTag);
  config.addPassthroughCopy({ assets: "static" });
  return {
    dir: { input: "content", output: "public", includes: "../_includes" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
