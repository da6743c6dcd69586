// SPDX-License-Identifier: GPL-3.0-or-later
// The promise to every learner: what was acknowledged is kept, through fifty power cuts while people study.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../browser/support/server.mjs";
import { Client, doctor, random, rows, seed, temporaryFolder } from "./support/system.mjs";

const PLAYERS = 20;
const KILLS = 50;

const folder = temporaryFolder();
let server;
after(async () => {
  await server?.stop();
  folder.remove();
});

/** Plays on in small honest steps. What gets no answer is sent again with what followed, as the player in the page does. */
class Player {
  constructor(token, lesson) {
    this.client = new Client(server, token);
    this.lesson = lesson;
    this.waiting = []; // reports without an answer
    this.acknowledged = []; // {seq, from_ms, to_ms}
    this.unexpected = [];
    this.repeats = 0;
    this.seq = 0;
    this.at = 0;
  }

  async begin() {
    const started = await this.client.json("POST", `/api/v1/lessons/${this.lesson}/playback-sessions`);
    assert.equal(started.status, 201, started.text);
    this.session = started.body.id;
    this.last = performance.now();
  }

  #cut() {
    const wall = Math.floor(performance.now() - this.last);
    if (wall < 1) return;
    this.last += wall;
    this.waiting.push({ seq: (this.seq += 1), from_ms: this.at, to_ms: this.at + wall, wall_ms: wall });
    this.at += wall;
  }

  async #deliver() {
    const sent = this.waiting.slice(0, 64);
    try {
      const answer = await this.client.json("POST", `/api/v1/playback-sessions/${this.session}/heartbeats`, { body: sent });
      if (answer.status >= 500) return false;
      assert.equal(answer.status, 200, answer.text);
      for (const [i, result] of answer.body.results.entries()) {
        if (result.accepted) this.acknowledged.push(sent[i]);
        else this.unexpected.push(result);
      }
      this.waiting = this.waiting.slice(sent.length);
      return true;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return false; // the power is off
    }
  }

  async play() {
    for (let failures = 0; !this.ending || this.waiting.length > 0; ) {
      if (!this.ending) this.#cut();
      if (await this.#deliver()) {
        failures = 0;
        await sleep(30);
      } else {
        this.repeats += 1;
        failures += 1;
        assert.ok(failures < 400, "no answer for a long time");
        await sleep(50);
      }
    }
  }
}

function union(pieces) {
  const merged = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && piece.from <= last.to) last.to = Math.max(last.to, piece.to);
    else merged.push({ from: piece.from, to: piece.to });
  }
  return merged;
}

test("fifty times kill -9 while twenty people study: nothing acknowledged is lost, nothing counts twice", { timeout: 240_000 }, async (t) => {
  const number = Number(process.env.TONGXING_SEED ?? Date.now() % 1e9);
  const next = random(number);
  t.diagnostic(`random moments from TONGXING_SEED=${number}`);
  const { lesson, tokens } = seed(folder.path, PLAYERS);
  server = await startServer({ data: folder.path });
  const players = tokens.map((token) => new Player(token, lesson));
  for (const player of players) await player.begin();
  const began = performance.now();
  const playing = players.map((player) => player.play());
  let slowestStart = 0;
  for (let i = 0; i < KILLS; i += 1) {
    await sleep(20 + next() * 500);
    await server.kill();
    const dead = performance.now();
    await server.start();
    slowestStart = Math.max(slowestStart, performance.now() - dead);
  }
  for (const player of players) player.ending = true;
  await Promise.all(playing);
  // Once more, so that nothing is judged from what the process only had in memory.
  await server.restart({ hard: true });

  const stored = new Map(); // session → seq → event
  for (const event of rows(folder.path, "SELECT session_id, seq, from_ms, to_ms, accepted FROM learning_events")) {
    if (!stored.has(event.session_id)) stored.set(event.session_id, new Map());
    const events = stored.get(event.session_id);
    assert.ok(!events.has(event.seq), `heartbeat ${event.seq} of ${event.session_id} is there twice`);
    events.set(event.seq, event);
  }
  let acknowledged = 0;
  let repeats = 0;
  for (const player of players) {
    assert.deepEqual(player.unexpected, [], "an honest heartbeat was refused");
    assert.ok(player.acknowledged.length > KILLS, "hardly anything was played");
    acknowledged += player.acknowledged.length;
    repeats += player.repeats;
    const events = stored.get(player.session) ?? new Map();
    for (const beat of player.acknowledged) {
      const event = events.get(beat.seq);
      assert.ok(event, `heartbeat ${beat.seq} of ${player.session} was acknowledged and is gone`);
      assert.deepEqual([event.from_ms, event.to_ms, event.accepted], [beat.from_ms, beat.to_ms, 1]);
    }
    const pieces = union([...events.values()].filter((e) => e.accepted).map((e) => ({ from: e.from_ms, to: e.to_ms })));
    const progress = await player.client.json("GET", "/api/v1/me/progress");
    const [counted] = progress.body.courses[0].lessons;
    const sum = pieces.reduce((all, piece) => all + piece.to - piece.from, 0);
    assert.equal(counted.unique_ms, sum, "progress is exactly what the accepted heartbeats cover");
    assert.ok(counted.credited_ms <= sum && counted.credited_ms > 0);
    assert.equal(counted.resume_ms, player.at);
  }
  await server.stop();
  const report = await doctor(folder.path);
  assert.deepEqual(report.findings.filter((f) => f.severity === "error" && /^(The database|Row \S+ of table|The data folder has no)/.test(f.text)), [], report.text);
  const [integrity] = rows(folder.path, "PRAGMA integrity_check");
  assert.equal(integrity.integrity_check, "ok");
  const took = performance.now() - began;
  t.diagnostic(`${acknowledged} heartbeats acknowledged, ${repeats} sent again, ${KILLS + 1} kills in ${(took / 1000).toFixed(1)} s, slowest restart ${slowestStart.toFixed(0)} ms`);
});
