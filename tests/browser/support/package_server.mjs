// SPDX-License-Identifier: GPL-3.0-or-later
// A plain web server for packages made by the command line: ranges, the right types, an empty page to play in, and a bad
// network for those who ask for one.
import { open, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const types = {
  ".m3u8": "application/vnd.apple.mpegurl",
  ".mpd": "application/dash+xml",
  ".mp4": "video/mp4",
  ".m4s": "video/iso.segment",
  ".m4a": "audio/mp4",
  ".vtt": "text/vtt; charset=utf-8",
  ".json": "application/json",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
};
const kPiece = 2048; // bytes that a bad network carries at once

function rangeOf(header, size) {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? "");
  if (!found) return null;
  return { start: Number(found[1]), end: Math.min(found[2] ? Number(found[2]) : size - 1, size - 1) };
}

/** One wire for all that is sent over it: `turn` waits until so many bytes more have gone through. */
class Wire {
  #free = 0;

  constructor(bitsPerSecond) {
    this.msPerByte = 8000 / bitsPerSecond;
  }

  async turn(bytes) {
    const begin = Math.max(this.#free, Date.now());
    this.#free = begin + bytes * this.msPerByte;
    await sleep(this.#free - Date.now());
  }
}

async function send(response, body, wire) {
  if (!wire) return response.end(body);
  for (let at = 0; at < body.length && !response.destroyed; at += kPiece) {
    const piece = body.subarray(at, at + kPiece);
    await wire.turn(piece.length);
    response.write(piece);
  }
  response.end();
}

async function answer(request, response, { file, wire }) {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) return response.writeHead(404).end();
  const range = rangeOf(request.headers.range, info.size);
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  response.writeHead(range ? 206 : 200, {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Length": end - start + 1,
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-store",
    ...(range && { "Content-Range": `bytes ${start}-${end}/${info.size}` }),
  });
  const body = Buffer.alloc(end - start + 1);
  const handle = await open(file);
  try {
    await handle.read(body, 0, body.length, start);
  } finally {
    await handle.close();
  }
  return send(response, body, wire);
}

/**
 * Serves `folder`. `blank` is the address of an empty page. Every player asks by an address of its own, `as(name)`:
 * `asked(name)` is what it asked for, `as(name, bits)` gives it a wire that carries no more a second.
 */
export async function servePackages(folder) {
  const visitors = new Map();
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (!path.startsWith("/as/")) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end("<!doctype html><title>-</title>");
      return;
    }
    const [, , name, ...rest] = path.split("/");
    const visitor = visitors.get(name);
    visitor.asked.push(rest.join("/"));
    answer(request, response, { file: join(folder, ...rest), wire: visitor.wire }).catch(() => response.destroy());
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    blank: `${url}/`,
    as(name, bits) {
      visitors.set(name, { asked: [], wire: bits ? new Wire(bits) : undefined });
      return `${url}/as/${name}`;
    },
    asked: (name) => visitors.get(name).asked,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
