// SPDX-License-Identifier: GPL-3.0-or-later
// The real server on a data folder of its own.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./browser.mjs";

const START_MS = 20_000;
const STOP_MS = 20_000;

/** The program to test: TONGXING_BIN, else the release build, else the dev build. */
export function program() {
  const candidates = [process.env.TONGXING_BIN, "build/release/tongxing", "build/dev/tongxing"];
  const found = candidates.filter(Boolean).map((path) => join(path.startsWith("/") ? "" : root, path)).find(existsSync);
  if (!found) throw new Error("no tongxing program: build one first, or set TONGXING_BIN");
  return found;
}

class Server {
  #child;
  #arguments;
  #lines = [];

  constructor(data, extra) {
    this.data = data;
    this.port = 0;
    this.url = "";
    /** The one-time link of a first start; empty afterwards. */
    this.setup = "";
    this.#arguments = extra;
  }

  /** Everything the program wrote, for a failing test's message. */
  get log() {
    return this.#lines.join("\n");
  }

  get pid() {
    return this.#child?.pid;
  }

  async start() {
    const args = ["serve", "--data", this.data, "--port", String(this.port), ...this.#arguments];
    this.#child = spawn(program(), args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child.on("error", (error) => this.#lines.push(`cannot start: ${error.message}`));
    this.url = "";
    for (const stream of [this.#child.stdout, this.#child.stderr]) this.#read(stream);
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (this.#child.exitCode !== null || this.#child.signalCode) break;
      if (this.url && (await this.#healthy())) return this;
      await sleep(25);
    }
    const why = this.#child.exitCode !== null ? `ended with ${this.#child.exitCode}` : "did not answer in time";
    await this.kill();
    throw new Error(`the server ${why}:\n${this.log}`);
  }

  #read(stream) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        this.#lines.push(line);
        const address = /listening on (http:\/\/\S+?:(\d+))/.exec(line);
        if (address) {
          this.url = address[1];
          this.port = Number(address[2]); // a restart comes back to the same address
        }
        const setup = /setup (http:\S+)/.exec(line);
        if (setup) this.setup = setup[1];
      }
    });
  }

  async #healthy() {
    try {
      return (await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(1000) })).ok;
    } catch {
      return false;
    }
  }

  #ended() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode) return Promise.resolve();
    return new Promise((resolve) => this.#child.once("exit", resolve));
  }

  /** As an operator stops it. Resolves to the exit code; kills it when it hangs, and then throws. */
  async stop() {
    const ended = this.#ended();
    this.#child?.kill("SIGTERM");
    const timeout = new AbortController();
    const late = sleep(STOP_MS, "late", { signal: timeout.signal }).catch(() => undefined);
    if ((await Promise.race([ended, late])) === "late") {
      await this.kill();
      throw new Error(`the server did not stop within ${STOP_MS} ms:\n${this.log}`);
    }
    timeout.abort();
    return this.#child?.exitCode;
  }

  /** As a power cut ends it. */
  async kill() {
    const ended = this.#ended();
    this.#child?.kill("SIGKILL");
    await ended;
  }

  /** The same data, the same port. */
  async restart({ hard = false } = {}) {
    await (hard ? this.kill() : this.stop());
    return this.start();
  }

  /** Stops it and removes the data folder. */
  async remove() {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** @param {{data?: string, args?: string[], port?: number}} options */
export async function startServer({ data, args = [], port = 0 } = {}) {
  const server = new Server(data ?? mkdtempSync(join(tmpdir(), "tongxing-test-")), args);
  server.port = port;
  return server.start();
}
