// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the whole server share: a seeded data folder, requests with a session, the database from outside.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { program } from "../../browser/support/server.mjs";

const run = promisify(execFile);

export const password = "一句自己记得住的话 2026";

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "tongxing-system-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One published course with a lesson of eight hours, and `count` learners who are enrolled and signed in. */
export function seed(data, count) {
  const [lesson, ...tokens] = execFileSync(join(dirname(program()), "seed_players"), [data, String(count)], { encoding: "utf8" }).trim().split("\n");
  return { lesson, course: "course", tokens };
}

/** An account made by the operator at the command line; its password is `password`. */
export function createAccount(data, login, ...roles) {
  const args = ["account", "create", "--data", data, "--login", login, ...roles.flatMap((role) => ["--role", role])];
  execFileSync(program(), args, { input: `${password}\n${password}\n`, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
}

/** Rows of the database as objects. It is opened read-only, beside the running server. */
export function rows(data, sql) {
  const text = execFileSync("sqlite3", ["-readonly", "-json", "-cmd", ".timeout 5000", join(data, "tongxing.db"), sql], {
    encoding: "utf8",
    maxBuffer: 256 << 20,
  });
  return text.trim() === "" ? [] : JSON.parse(text);
}

/** What `tongxing doctor` says of the folder, as lines of {severity, text}. */
export async function doctor(data) {
  const ended = await run(program(), ["doctor", "--data", data, "--locale", "en"]).catch((error) => error);
  const findings = [...`${ended.stdout}`.matchAll(/^\[(\w+)\] (.*)$/gm)].map(([, severity, text]) => ({ severity, text }));
  return { code: ended.code ?? 0, findings, text: `${ended.stdout}${ended.stderr}` };
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function random(seed_) {
  let state = seed_ >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A person with a session, as a client of the API. `server` is asked for its address at each request. */
export class Client {
  constructor(server, token = "", language = "en") {
    this.server = server;
    this.token = token;
    this.language = language;
  }

  get headers() {
    const cookie = this.token ? { cookie: `tongxing_session=${this.token}` } : {};
    return { ...cookie, "x-csrf": "1", "accept-language": this.language };
  }

  /** `body`: an object goes as JSON, anything else as it is. */
  async send(method, path, { body, headers = {}, ...more } = {}) {
    const isJson = body !== undefined && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(body));
    return fetch(this.server.url + path, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
      headers: { ...this.headers, ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
      body: isJson ? JSON.stringify(body) : body,
      ...more,
    });
  }

  async json(method, path, options) {
    const response = await this.send(method, path, options);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === "" ? undefined : JSON.parse(text) };
  }

  async signIn(login, secret = password) {
    const response = await this.send("POST", "/api/v1/session", { body: { login, password: secret } });
    const cookie = /tongxing_session=([^;]+)/.exec(response.headers.getSetCookie().join("\n"));
    if (!cookie) throw new Error(`${login} could not sign in: ${response.status} ${await response.text()}`);
    this.token = cookie[1];
    return this;
  }
}

/** Sends bytes as they are and gives everything that comes back until the server closes or `ms` passed. */
export function raw(server, bytes, { ms = 5_000, end = false } = {}) {
  return new Promise((resolve) => {
    const parts = [];
    const socket = connect(server.port, "127.0.0.1", () => (end ? socket.end(bytes) : socket.write(bytes)));
    const timer = setTimeout(() => socket.destroy(), ms);
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      const text = Buffer.concat(parts).toString("utf8");
      resolve({ text, status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0) });
    });
  });
}
