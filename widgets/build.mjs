/** Bundle the shell (one ES module, one style sheet), its loader, and what draws charts into the Python package. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../dynreports/workspace/static");
const LIMIT = 300_000;
/** The languages that we ship; react-aria brings 31, most of the bundle's weight otherwise. */
const LOCALES = /\/(en-US|fr-FR|nl-NL)\.(m?js|json)$/;

/** Replace the translations of every other language by nothing. */
const fewLocales = {
  name: "few-locales",
  setup(build) {
    build.onLoad({ filter: /[\\/]intl[\\/].*[a-z]{2}-[A-Z]{2}\.(mjs|js|json)$/ }, ({ path }) =>
      LOCALES.test(path.replaceAll("\\", "/")) ? undefined : { contents: "export default {};", loader: "js" },
    );
  },
};

/** tokens.css is written for a page of its own. In JupyterLab the root of the page is not ours: there the tokens,
 * and with them color-scheme, hold inside of our root only. */
const TOKEN_SCOPES = [
  [":root, [data-theme] {", ".dr-root.dr-root.dr-root {"],
  [
    '[data-theme="light"], body[data-jp-theme-light="true"] ',
    ':is([data-theme="light"], body[data-jp-theme-light="true"]) .dr-root ',
  ],
  [
    '[data-theme="dark"],  body[data-jp-theme-light="false"]',
    ':is([data-theme="dark"], body[data-jp-theme-light="false"]) .dr-root',
  ],
  [":root {", ".dr-root {"],
];
const scopedTokens = {
  name: "scoped-tokens",
  setup(build) {
    build.onLoad({ filter: /tokens\.css$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [page, root] of TOKEN_SCOPES) {
        if (!contents.includes(page)) throw new Error(`tokens.css has no rule ${page}`);
        contents = contents.replaceAll(page, root);
      }
      return { contents, loader: "css" };
    });
  },
};

/** Parts of vega that none of our charts is made with: maps, forces, trees, clouds of words, files. */
const UNUSED =
  /^(vega-(geo|force|hierarchy|voronoi|wordcloud|crossfilter|regression|label)|d3-dsv|topojson-client)$/;
const leanVega = {
  name: "lean-vega",
  setup(build) {
    build.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: "unused" }));
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {};" }));
    // Expressions are interpreted: the road by which vega would compile them to code is taken out.
    build.onLoad({ filter: /vega-runtime\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      const compiled = "expr || expressionCodegen";
      if (!contents.includes(compiled)) throw new Error(`vega-runtime does not say ${compiled} any more`);
      return { contents: contents.replaceAll(compiled, "expr"), loader: "js" };
    });
  },
};

const options = {
  entryPoints: {
    shell: join(here, "src/index.tsx"),
    loader: join(here, "src/loader.ts"),
    charts: join(here, "src/charts/plot.ts"),
    // The script and the sheet of reports that are one file.
    snapshot: join(here, "src/snapshot/index.ts"),
  },
  outdir: target,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  loader: { ".svg": "dataurl" },
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [fewLocales, scopedTokens, leanVega],
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  await (await esbuild.context({ ...options, logLevel: "info" })).watch();
} else {
  await esbuild.build(options);
  for (const name of ["loader.js", "shell.js", "shell.css", "charts.js", "snapshot.js", "snapshot.css"]) {
    const path = join(target, name);
    const packed = gzipSync(readFileSync(path)).length;
    console.log(`${relative(here, path)}: ${statSync(path).size} bytes, ${packed} gzipped`);
    if (packed > LIMIT) throw new Error(`${name} is over ${LIMIT} bytes gzipped`);
    const evaluated = /charts/.test(name) && /\bFunction\((?!\))|\beval\(/.exec(readFileSync(path, "utf8"));
    if (/snapshot/.test(name) && /<\/(script|style)/i.test(readFileSync(path, "utf8")))
      throw new Error(`${name} would end the element that it stands in`);
    if (evaluated) throw new Error(`${name} makes code of text: ${evaluated[0]}`);
  }
}
