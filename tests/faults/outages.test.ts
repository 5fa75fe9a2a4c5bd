import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Api } from "../support/api.ts";
import { type External, startExternal18 } from "./external.ts";
import { enrollBuyers, expectNothingLost, startLoad } from "./load.ts";
import {
  type App,
  ask,
  copyProduct,
  endAll,
  newFolder,
  type Provisioned,
  provision,
  startApp,
} from "./process.ts";

const DATABASE = "outages";
const DOWN_MS = 4_000;
const RECOVERY_MS_MAX = 10_000;
/** Longer than any statement may take: every connection in the pool is given up. */
const SILENT_MS = 20_000;
const ANSWER_MS_MAX = 20_000;
const isLongRun = process.env["FAULTS_KILLS"] !== undefined;

const product = copyProduct();
const dataFolder = newFolder("outages");
let external: External;
let app: App;
let made: Provisioned;
let buyers: string[];
let api: Api;

beforeAll(async () => {
  external = await startExternal18();
  const env = { DATABASE_URL: await external.urlFor(DATABASE, "creator"), LOG_LEVEL: "warn" };
  made = await provision({ product, dataFolder, env });
  app = await startApp({ product, dataFolder, env });
  api = new Api(app.url, made.api_key);
  buyers = await enrollBuyers(app.url, made.api_key);
});
afterAll(async () => {
  await endAll();
  await external.stop();
  for (const folder of [product.folder, dataFolder]) fs.rmSync(folder, { recursive: true, force: true });
});

describe("while the database cannot be reached", () => {
  test("says 503 and when to come again, never 500, and is itself again by itself", async () => {
    const cookie = await signIn();
    const load = startLoad(() => [app.url], made.api_key, buyers);
    await load.successAfter(Date.now());
    external.proxy.refuse();
    await sleep(200);
    for (const ask of [
      () => api.post("/v1/participants", { email: "a@example.com", name: "A" }),
      () => api.get(`/v1/participants/${buyers[0]}`),
      () => api.post("/v1/session", { email: made.owner.email, password: made.owner.password }),
      () => new Api(app.url, null).send("GET", "/v1/session", undefined, { headers: { cookie } }),
      () => new Api(app.url, null).send("GET", "/abcdefghjk"),
      () => api.get("/readyz"),
    ]) {
      const answer = await ask();
      expect([answer.status, answer.headers.get("retry-after")], ask.toString()).toEqual([503, "1"]);
    }
    expect((await api.get("/healthz")).body).toEqual({ status: "degraded", database: "unreachable" });
    expect((await api.get("/metrics")).status).toBe(200);
    await sleep(DOWN_MS);
    const back = Date.now();
    external.proxy.pass();
    const recovery = (await load.successAfter(back)) - back;
    console.log(`reachable again: first success after ${recovery} ms`);
    expect(recovery).toBeLessThan(RECOVERY_MS_MAX);
    expect((await api.get("/readyz")).status).toBe(200);
    expect((await api.get("/healthz")).body).toEqual({ status: "ok", database: "reachable" });
    await expectNothingLost(external.owner(DATABASE), await load.stop());
    expect(app.child.exitCode).toBeNull();
  });

  test("what follows the log and the clock goes on afterwards", async () => {
    external.proxy.refuse();
    await sleep(DOWN_MS);
    external.proxy.pass();
    const owner = external.owner(DATABASE);
    const job = async () =>
      ask(owner, "select 1 from graphile_worker.jobs where task_identifier = 'purge-answers'");
    await ask(owner, "select graphile_worker.add_job('purge-answers')");
    await until(async () => (await job()).length === 0);
    const friend = await api.join(await person(buyers[0] ?? ""), { email: "later@example.com" });
    await until(async () => (await person(buyers[0] ?? "")).network_count === 1);
    expect(friend.id).toMatch(/^par_/);
  });

  test("an open stream carries what happened meanwhile", async () => {
    const seen: string[] = [];
    const stop = await follow(seen);
    const [before] = [await api.buy({ id: buyers[1] ?? "" }, 200_000, 60_000)];
    await until(async () => seen.some((text) => text.includes(before.id)));
    external.proxy.refuse();
    await sleep(1_000);
    external.proxy.pass();
    const after = await retried(() => api.buy({ id: buyers[1] ?? "" }, 200_000, 60_000));
    await until(async () => seen.some((text) => text.includes(after.id)));
    stop();
  });

  test.runIf(isLongRun)(
    "gives up connections on which nothing is heard any more",
    { timeout: 120_000 },
    async () => {
      const load = startLoad(() => [app.url], made.api_key, buyers);
      await load.successAfter(Date.now());
      external.proxy.silence();
      const begin = Date.now();
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => api.get(`/v1/participants/${buyers[0]}`)),
      );
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
      const slowest = Date.now() - begin;
      expect(slowest).toBeLessThan(ANSWER_MS_MAX);
      await sleep(Math.max(0, SILENT_MS - slowest));
      const back = Date.now();
      external.proxy.pass();
      const recovery = (await load.successAfter(back)) - back;
      console.log(
        `silent for ${SILENT_MS} ms: slowest 503 after ${slowest} ms, first success after ${recovery} ms`,
      );
      expect(recovery).toBeLessThan(RECOVERY_MS_MAX);
      await expectNothingLost(external.owner(DATABASE), await load.stop());
    },
  );
});

async function signIn(): Promise<string> {
  const { email, password } = made.owner;
  const answer = await new Api(app.url, null).post("/v1/session", { email, password });
  expect(answer.status).toBe(201);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function person(id: string): Promise<{ code: string; network_count: number }> {
  return (await api.get<{ code: string; network_count: number }>(`/v1/participants/${id}`)).body;
}

async function follow(seen: string[]): Promise<() => void> {
  const stop = new AbortController();
  const answer = await fetch(`${app.url}/v1/stream`, {
    headers: { authorization: `Bearer ${made.api_key}` },
    signal: stop.signal,
  });
  expect(answer.status).toBe(200);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  void (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      seen.push(part.value);
  })().catch(() => {});
  return () => stop.abort();
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await work();
    } catch (error) {
      if (i > 100) throw error;
      await sleep(100);
    }
  }
}

async function until(look: () => Promise<boolean>): Promise<void> {
  const begin = Date.now();
  while (!(await look())) {
    if (Date.now() - begin > 20_000) throw new Error("not within 20 s");
    await sleep(50);
  }
}
