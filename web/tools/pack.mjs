// SPDX-License-Identifier: GPL-3.0-or-later
// Puts Vite's output into one file that is built into the program (read by server/render/assets.cpp).
// Usage: node tools/pack.mjs <dist folder> <pack file>
// Layout: "TXPACK01", the index's length (4 bytes, little-endian), the index as JSON, then the files' bytes.
// Index: files: { "/assets/<name>": { identity: [offset, length], br?: …, gzip?: … } }, names: { main_js: "/assets/…" }.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, target] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));

const blobs = [];
let end = 0;
function store(bytes) {
  const place = [end, bytes.length];
  blobs.push(bytes);
  end += bytes.length;
  return place;
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

const files = {};
for (const name of readdirSync(join(dist, "assets")).sort()) {
  const bytes = readFileSync(join(dist, "assets", name));
  const file = { identity: store(bytes) };
  const br = brotli(bytes);
  const gzip = gzipSync(bytes, { level: 9 });
  if (br.length < bytes.length) file.br = store(br);
  if (gzip.length < bytes.length) file.gzip = store(gzip);
  files[`/assets/${name}`] = file;
}

// "src/main.ts" is asset.main_js, "styles/main.css" asset.main_css, "assets/favicon.svg" asset.favicon_svg.
const names = {};
for (const [source, entry] of Object.entries(manifest)) {
  if (!entry.isEntry && !source.startsWith("assets/")) continue;
  const extension = entry.file.split(".").pop();
  const stem = source.split("/").pop().split(".")[0].replaceAll("-", "_");
  names[`${stem}_${extension}`] = `/${entry.file}`;
}
for (const needed of ["main_js", "main_css", "favicon_svg"]) {
  if (!names[needed]) throw new Error(`the build made no ${needed}`);
}

const index = Buffer.from(JSON.stringify({ files, names }));
const length = Buffer.alloc(4);
length.writeUInt32LE(index.length);
writeFileSync(target, Buffer.concat([Buffer.from("TXPACK01"), length, index, ...blobs]));
