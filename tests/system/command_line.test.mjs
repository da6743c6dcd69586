// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator types: the first administrator without a browser, a backup, the doctor.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { program, startServer } from "../browser/support/server.mjs";
import { Client, createAccount, doctor, password, rows, temporaryFolder } from "./support/system.mjs";

const folder = temporaryFolder();
const data = join(folder.path, "data");
let server;

/** Runs the program to its end and tells its exit code and words. */
function run(args, input = "") {
  const { status, stdout, stderr } = spawnSync(program(), args, { input, encoding: "utf8", timeout: 30_000 });
  return { status, stdout, stderr };
}

after(async () => {
  await server?.stop();
  folder.remove();
});

test("account create --role admin makes an administrator, in a folder that did not exist", async () => {
  createAccount(data, "chief", "admin");
  server = await startServer({ data });
  const chief = await new Client(server).signIn("chief");
  const made = await chief.json("POST", "/api/v1/accounts", {
    body: { login: "teacher", display_name: "陈老师", password, roles: ["instructor"] },
  });
  assert.equal(made.status, 201, made.text);
});

test("an account made beside the running server can sign in at once", async () => {
  createAccount(data, "reviewer", "reviewer");
  await new Client(server).signIn("reviewer");
});

test("what is wrong is said, with exit code 2 where the input is at fault, and nothing is made", () => {
  const before = rows(data, "SELECT count(*) AS n FROM accounts")[0].n;
  const taken = run(["account", "create", "--data", data, "--login", "chief", "--role", "admin", "--locale", "en"], `${password}\n`);
  assert.equal(taken.status, 2);
  assert.match(taken.stderr, /\S/);
  const weak = run(["account", "create", "--data", data, "--login", "other", "--role", "admin", "--locale", "en"], "123\n");
  assert.equal(weak.status, 2);
  const role = run(["account", "create", "--data", data, "--login", "other", "--role", "king"], `${password}\n`);
  assert.notEqual(role.status, 0);
  assert.equal(rows(data, "SELECT count(*) AS n FROM accounts")[0].n, before);
});

test("a backup beside the running server is a whole database, and is never written over another file", () => {
  const copy = join(folder.path, "copy.db");
  assert.equal(run(["backup", "--data", data, copy]).status, 0);
  assert.ok(existsSync(copy));
  const check = execFileSync("sqlite3", ["-readonly", copy, "PRAGMA integrity_check; SELECT count(*) FROM accounts;"], { encoding: "utf8" });
  assert.deepEqual(check.trim().split("\n"), ["ok", "3"]);
  assert.notEqual(run(["backup", "--data", data, copy]).status, 0);
});

test("the doctor finds nothing wrong with it", async () => {
  const report = await doctor(data);
  assert.deepEqual(report.findings.filter((finding) => finding.severity === "error"), [], report.text);
});
