import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

const START = path.resolve(import.meta.dirname, "../../tools/start.mjs");
const execute = promisify(execFile);

describe("the log of a program, carried to another machine", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-log-"));
  const fileOf = (name: string) => path.join(folder, name);
  let server: TestServer;
  let program: Provisioned;
  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    const { api } = program;
    const anna = await api.join();
    const ben = await api.join(anna);
    const cara = await api.join(ben);
    const sale = await api.buy(cara, 200_000);
    await api.buy(cara, 100_001);
    await api.refund(sale, "refund-1", 70_000);
  });
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  /** A cluster of its own, in a folder that nobody has used. */
  const elsewhere = async (name: string, ...args: string[]) => {
    const env = { ...process.env, REFERRALHUB_DATA: fileOf(name) };
    const run = execute(process.execPath, [START, "cli", "log", ...args, "--json"], { env });
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    return JSON.parse(stdout);
  };

  it("makes the same ledger there, byte for byte", async () => {
    await server.cli("log", "export", fileOf("log.jsonl"));
    const digest = JSON.parse(await server.cli("log", "digest", fileOf("ledger.txt"), "--json"));
    expect(digest.transfers).toBeGreaterThan(3);
    const replayed = await elsewhere("a", "replay", fileOf("log.jsonl"), "--compare", fileOf("ledger.txt"));
    expect(replayed).toMatchObject({ ok: true, surplus: null, difference: null, ...digest });
    expect((await elsewhere("a", "replay", fileOf("log.jsonl"))).problem).toContain("empty database");
  });

  it("shows the first line that differs, and refuses a log that was changed", async () => {
    const lines = fs.readFileSync(fileOf("ledger.txt"), "utf8").split("\n");
    const there = (lines[1] ?? "").replace(/ \d+ INR /, " 1 INR ");
    fs.writeFileSync(fileOf("other.txt"), lines.with(1, there).join("\n"));
    const compared = await elsewhere("b", "replay", fileOf("log.jsonl"), "--compare", fileOf("other.txt"));
    expect(compared).toMatchObject({ ok: false, difference: { line: 2, here: lines[1], there } });
    const log = fs.readFileSync(fileOf("log.jsonl"), "utf8");
    fs.writeFileSync(fileOf("changed.jsonl"), log.replace('"amount":200000', '"amount":200001'));
    expect((await elsewhere("c", "replay", fileOf("changed.jsonl"))).problem).toContain("SHA-256");
    fs.writeFileSync(fileOf("cut.jsonl"), log.split("\n").slice(0, -2).join("\n"));
    expect((await elsewhere("c", "replay", fileOf("cut.jsonl"))).problem).toContain("cut off");
  });
});
