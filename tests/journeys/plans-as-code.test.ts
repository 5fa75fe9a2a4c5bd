import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanAnswer } from "../../server/rewards/contract/plans.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

const START = path.resolve(import.meta.dirname, "../../tools/start.mjs");
const execute = promisify(execFile);

type Document = { hold_days: number; rules: { id: string }[]; examples?: object[] };

describe("a plan that is kept as a file", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-plan-"));
  const file = path.join(folder, "plan.json");
  let server: TestServer;
  let program: Provisioned;
  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
  });
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  const write = (change: (document: Document) => void): void => {
    const document = JSON.parse(fs.readFileSync(file, "utf8")) as Document;
    change(document);
    // Another order of keys and another layout are the same plan.
    fs.writeFileSync(file, JSON.stringify(Object.fromEntries(Object.entries(document).reverse()), null, 4));
  };
  const inForce = async () =>
    (await program.api.get<{ plan: { version: number } }>(`/v1/programs/${program.programId}`)).body.plan
      .version;
  const cli = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, REFERRALHUB_DATA: server.dataFolder, REFERRALHUB_KEY: program.key };
    return (await execute(process.execPath, [START, "cli", "plan", ...args], { env })).stdout;
  };
  const run = async (...args: string[]) => JSON.parse(await cli(...args, "--json"));
  const fails = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    cli(...args).then(
      () => expect.fail("It was expected to fail."),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  it("is fetched, and is already what is in force", async () => {
    const pulled = await run("pull", file);
    expect(pulled).toMatchObject({ version: 1, state: "published" });
    expect(await run("test", file)).toMatchObject({ ok: true, hash: pulled.hash, findings: [] });
    expect(await run("push", file, "--publish")).toMatchObject({ version: 1 });
  });

  it("is put in force, with the hash the screen shows", async () => {
    write((document) => {
      document.hold_days = 21;
    });
    const tested = await run("test", file);
    const draft = await run("push", file);
    expect(draft).toMatchObject({ state: "draft", hash: tested.hash });
    const document = JSON.parse(fs.readFileSync(file, "utf8"));
    const written = await program.api.post<PlanAnswer>("/v1/plans", { document });
    expect(written.body.hash).toBe(tested.hash);
    const published = await run("push", file, "--publish");
    expect(published).toMatchObject({ state: "published", version: 2, hash: tested.hash });
    expect(await inForce()).toBe(2);
  });

  it("is fetched from a running server, and put in force there", async () => {
    const at = ["--server", server.url];
    expect(await run("pull", file, ...at)).toMatchObject({ version: 2 });
    expect(await run("pull", file, "--version", "1", ...at)).toMatchObject({ version: 1 });
    write((document) => {
      document.hold_days = 0;
    });
    const refused = await fails("push", file, "--publish", ...at);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining("missing_hold") });
    expect(await inForce()).toBe(2);
    const reason = ["--acknowledge", "Nothing is given back here."];
    expect(await run("push", file, "--publish", ...reason, ...at)).toMatchObject({ version: 3 });
    const audit = await program.api.get<{ data: { operation: string }[] }>("/v1/audit_entries?limit=3");
    expect(audit.body.data.map(({ operation }) => operation)).toEqual([
      ...["plans.publish", "plans.acknowledge", "plans.create"],
    ]);
  });

  it("fails where it is no plan, loses money, or breaks its examples", async () => {
    await run("pull", file);
    expect(await run("test", file, "--program", program.programId)).toMatchObject({ ok: true });
    expect((await fails("test", file, "--strict")).code).toBe(1);
    write((document) => {
      document.examples = [{ given: { amount: { amount: 500_000, currency: "INR" } }, expect: [] }];
    });
    expect((await fails("test", file)).stdout).toMatch(/^EXAMPLE {2}\/examples\/0: Expected nothing; .*/m);
    expect((await fails("push", file, "--publish")).code).toBe(1);
    fs.writeFileSync(file, "{");
    expect((await fails("test", file)).stderr).toContain("plan.json is no JSON");
    expect(await fails("turn", file)).toMatchObject({ code: 2 });
    expect(await inForce()).toBe(3);
  });
});
