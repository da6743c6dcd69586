// SPDX-License-Identifier: GPL-3.0-or-later
// A person who works through the API: makes quickly what a test of the pages needs, and then opens a browser as the same
// person.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { newPerson } from "./browser.mjs";
import { password } from "./people.mjs";

export class ApiPerson {
  #cookies = new Map();

  constructor(server) {
    this.server = server;
  }

  /** One request; resolves to {status, headers, text, json}. `expect` is the status that the test counts on. */
  async send(method, path, { json, body, headers = {}, expect } = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, this.server.url), {
      method,
      redirect: "manual",
      headers: {
        "X-CSRF": "1",
        Accept: "application/json",
        ...(cookie && { Cookie: cookie }),
        ...(json && { "Content-Type": "application/json" }),
        ...headers,
      },
      body: json ? JSON.stringify(json) : body,
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(";");
      this.#cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text };
    if ((response.headers.get("content-type") ?? "").includes("json")) answer.json = JSON.parse(text);
    const good = expect === undefined ? response.status < 400 : response.status === expect;
    assert.ok(good, `${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
    return answer;
  }

  /** A page's form, sent as the page has it: its token and its key, and what is filled in. */
  async fill(path, fields, { action = path, expect = 303 } = {}) {
    const page = (await this.send("GET", path)).text;
    const hidden = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
    const kept = { csrf: hidden("csrf"), token: hidden("token"), idempotency_key: hidden("idempotency_key") };
    return this.send("POST", action, { body: new URLSearchParams({ ...kept, ...fields }), expect });
  }

  async signIn(login) {
    await this.send("POST", "/api/v1/session", { json: { login, password } });
    return this;
  }

  /** The same person in a browser of their own. */
  async browse(browser, options = {}) {
    const person = await newPerson(browser, options);
    const cookies = [...this.#cookies].map(([name, value]) => ({ name, value, url: this.server.url }));
    await person.context.addCookies(cookies);
    return person;
  }

  async createAccount(login, name, role) {
    await this.send("POST", "/api/v1/accounts", {
      json: { login, display_name: name, password, roles: [role] },
    });
    return new ApiPerson(this.server).signIn(login);
  }

  async createCourse(title, { summary = "给初学的人：看完就会做。", policy = "CREDIT" } = {}) {
    const { json } = await this.send("POST", "/api/v1/courses", { json: { title, summary, language: "cmn", policy } });
    return json;
  }

  async createLesson(course, title, summary = "先认识它的样子。") {
    const { json } = await this.send("POST", `/api/v1/courses/${course}/lessons`, { json: { title, summary } });
    return json.id;
  }

  /** The whole file in one request of the tus protocol. */
  async upload(lesson, bytes, name) {
    const base64 = (text) => Buffer.from(text).toString("base64");
    const metadata = `lesson ${base64(lesson)},filename ${base64(name)},filetype ${base64("video/mp4")}`;
    const tus = { "Tus-Resumable": "1.0.0" };
    const made = await this.send("POST", "/api/v1/uploads", {
      headers: { ...tus, "Upload-Length": String(bytes.length), "Upload-Metadata": metadata },
      expect: 201,
    });
    await this.send("PATCH", made.headers.get("location"), {
      headers: { ...tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
      body: bytes,
      expect: 204,
    });
  }

  async untilReady(lesson, limitMs = 180_000) {
    for (const until = Date.now() + limitMs; Date.now() < until; await sleep(200)) {
      const { json } = await this.send("GET", `/api/v1/lessons/${lesson}`);
      if (json.asset_state === "READY") return json;
      assert.ok(!["FAILED", "QUARANTINED"].includes(json.asset_state), `the video is ${json.asset_state}`);
    }
    throw new Error("the video was not ready in time");
  }

  async attachCaptions(lesson, vtt, language = "zh-Hans", origin = "human") {
    const body = new FormData();
    body.set("file", new Blob([vtt], { type: "text/vtt" }), "captions.vtt");
    await this.send("PUT", `/api/v1/lessons/${lesson}/captions/${language}?kind=CAPTION&origin=${origin}`, { body });
  }

  async submit(course) {
    return (await this.send("POST", `/api/v1/courses/${course}/submission`)).json.version;
  }

  async take(version) {
    await this.send("POST", `/api/v1/reviews/${version}/take`);
  }

  async returnCourse(version, reason) {
    await this.send("POST", `/api/v1/reviews/${version}/return`, { json: reason });
  }

  /** Confirms everything that only a person can say of the lessons' tracks. */
  async tickAll(version) {
    const { json } = await this.send("GET", `/api/v1/reviews/${version}`);
    for (const { lesson, point, ticked } of json.ticks) {
      if (ticked || point === "SIGN_CONSENT_STATED") continue;
      await this.send("PUT", `/api/v1/reviews/${version}/ticks`, { json: { lesson, point, ticked: true } });
    }
  }

  async publish(version) {
    await this.tickAll(version);
    for (const checklist of ["CONTENT", "ACCESSIBILITY", "RIGHTS"]) {
      await this.send("POST", `/api/v1/reviews/${version}/checklists`, { json: { checklist, passed: true } });
    }
    const statement = "画面里没有未用声音说明的信息。";
    await this.send("PUT", `/api/v1/reviews/${version}/visual-statement`, { json: { statement } });
    await this.send("POST", `/api/v1/reviews/${version}/publish`);
  }

  async enrol(course) {
    await this.send("POST", `/api/v1/courses/${course}/enrollment`);
  }
}

/** The first administrator, through the printed link and its form. */
export async function setUp(server, login = "admin") {
  const person = new ApiPerson(server);
  const name = "管理员小林";
  await person.fill(server.setup, { display_name: name, login, password }, { action: "/setup" });
  await person.fill("/account", { display_name: name, locale: "" }); // the language of the browser, as everybody else here
  return person;
}
