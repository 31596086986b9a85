// Builds the pages' programs and style into a folder (built beside this file, or the one named), with the licences of what is in them.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "built");
const PAGES = ["session", "dashboard"];
const LICENCE = /^(licen[cs]e|copying)(\.\w+)?$/i;

function packageOf(input) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  return found && found[1];
}

function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => LICENCE.test(each));
  return { name, version, license, text: file ? readFileSync(join(folder, file), "utf8").trim() : "" };
}

async function program(page) {
  const made = await build({
    absWorkingDir: here,
    entryPoints: [`src/${page}.js`],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const text = made.outputFiles[0].text.trim();
  if (/<\/script|<!--/i.test(text)) throw new Error(`${page}: what is built would end its own script element`);
  const bundled = [...new Set(Object.keys(made.metafile.inputs).map(packageOf).filter(Boolean))].sort();
  return { text, bundled };
}

function digestOfSources() {
  const names = [...readdirSync(join(here, "src")).map((name) => `src/${name}`), "build.mjs", "package.json", "package-lock.json"].sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\0`).update(readFileSync(join(here, name))).update("\0");
  return hash.digest("hex");
}

const licences = new Map();
mkdirSync(out, { recursive: true });
const pages = {};
for (const page of PAGES) {
  const { text, bundled } = await program(page);
  const parts = bundled.map(licenceOf);
  parts.forEach((part) => licences.set(part.name, part));
  const notice = parts.map((part) => `${part.name} ${part.version} (${part.license})`).join(", ");
  const holders = parts.flatMap((part) => part.text.split("\n").filter((line) => /^\s*copyright\b.*\d{4}/i.test(line)).map((line) => `${part.name}: ${line.trim()}`));
  writeFileSync(join(out, `${page}.js`), `/* Contains ${notice}. ${holders.join("; ")}. Licence texts: LICENCES.txt of agent-strace. */\n${text}\n`);
  pages[page] = bundled;
}
const style = await build({ absWorkingDir: here, entryPoints: ["src/style.css"], bundle: true, minify: true, write: false, charset: "ascii" });
writeFileSync(join(out, "style.css"), style.outputFiles[0].text);
const listed = [...licences.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
const ruler = "-".repeat(79);
writeFileSync(join(out, "LICENCES.txt"), listed.map((one) => `${one.name} ${one.version} (${one.license})\n\n${one.text}\n`).join(`\n${ruler}\n\n`));
const packages = listed.map(({ name, version, license }) => ({ name, version, license }));
writeFileSync(join(out, "built.json"), JSON.stringify({ sources: digestOfSources(), pages, packages }, null, 1) + "\n");
