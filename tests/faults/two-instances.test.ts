import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Api } from "../support/api.ts";
import { type External, hasPostgres15, startExternal15, startExternal18 } from "./external.ts";
import { enrollBuyers, expectNothingLost, startLoad } from "./load.ts";
import {
  type App,
  ask,
  copyProduct,
  endAll,
  freePort,
  newFolder,
  type Provisioned,
  provision,
  startApp,
} from "./process.ts";

const SEATS = 8;
const AT_ONCE = 32;
const SAME_PURCHASE = 100;
const REVOKED_MS_MAX = 1_000;
const LISTENING_AGAIN_MS = 2_000;
const SIGN_INS_MAX = 10;
const isLongRun = process.env["FAULTS_KILLS"] !== undefined;
const folders: string[] = [];
const product = copyProduct();
folders.push(product.folder);

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

describe.each([
  { name: "PostgreSQL 18, its user a superuser", start: startExternal18, user: "superuser", runs: true },
  {
    name: "PostgreSQL 18, its user one who may create roles",
    start: startExternal18,
    user: "creator",
    runs: isLongRun || !hasPostgres15,
  },
  {
    name: "PostgreSQL 15, its user one who may create roles",
    start: startExternal15,
    user: "creator",
    runs: hasPostgres15,
  },
] as const)("two instances on $name", ({ start, user, runs }) => {
  let external: External;
  let made: Provisioned;
  let apps: App[] = [];
  let ports: number[];
  let env: Record<string, string>;
  const api = (instance: number): Api => new Api(`http://127.0.0.1:${ports[instance]}`, made.api_key);

  beforeAll(async () => {
    if (!runs) return;
    external = await start();
    env = { DATABASE_URL: await external.urlFor("shared", user), LOG_LEVEL: "warn" };
    ports = [await freePort(), await freePort()];
    const data = [newFolder("instance"), newFolder("instance")];
    folders.push(...data);
    // Both at once on an empty database: one migrates, the other waits for it.
    apps = await Promise.all(data.map((_, instance) => startInstance(instance)));
    made = await provision({ product, dataFolder: data[0] ?? "", env });
  });
  afterAll(async () => {
    await endAll();
    await external?.stop();
  });

  const startInstance = (instance: number): Promise<App> =>
    startApp({
      product,
      dataFolder: folders.at(instance - 2) ?? "",
      env: { ...env, PORT: String(ports[instance]) },
    });

  test.runIf(runs)("know each other's sessions, and keep the same secrets", async () => {
    const cookie = await signIn(0);
    const elsewhere = await new Api(api(1).url, null).send("GET", "/v1/session", undefined, {
      headers: { cookie },
    });
    expect(elsewhere.status).toBe(200);
    const [a, b] = folders.slice(-2).map((folder) => fs.readFileSync(`${folder}/secrets.json`, "utf8"));
    expect(a).toBe(b);
    const out = { cookie, origin: api(1).url, "content-type": "application/json" };
    expect(
      (await new Api(api(1).url, null).send("DELETE", "/v1/session", undefined, { headers: out })).status,
    ).toBe(204);
    await within(REVOKED_MS_MAX, async () => {
      const again = await new Api(api(0).url, null).send("GET", "/v1/session", undefined, {
        headers: { cookie },
      });
      return again.status === 401;
    });
  });

  test.runIf(runs)("give the last seat to one of many", async () => {
    const asha = await api(0).join(undefined, { email: "asha@seats.example" });
    for (let i = 1; i < SEATS; i++) await api(i % 2).join(asha, { email: `friend${i}@seats.example` });
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        api(i % 2).post<{ referral: { status: string } | null }>("/v1/participants", {
          email: `late${i}@seats.example`,
          name: `Late ${i}`,
          referral: { code: asha.code },
        }),
      ),
    );
    const joined = answers.filter((one) => one.status === 201 && one.body.referral?.status === "joined");
    expect(joined, JSON.stringify(answers.map((one) => [one.status, one.body.referral]))).toHaveLength(1);
    const seen = await Promise.all(
      [0, 1].map((i) => api(i).get<{ direct_count: number }>(`/v1/participants/${asha.id}`)),
    );
    expect(seen.map((one) => one.body.direct_count)).toEqual([SEATS, SEATS]);
  });

  test.runIf(runs)("settle one purchase once, however often and wherever it is sent", async () => {
    const [asha] = [await api(0).join(undefined, { email: "asha@once.example" })];
    const ben = await api(0).join(asha, { email: "ben@once.example" });
    const purchase = {
      external_id: "once",
      participant: ben.id,
      amount: { amount: 200_000, currency: "INR" },
    };
    const answers = await Promise.all(
      Array.from({ length: SAME_PURCHASE }, (_, i) =>
        api(i % 2).post<{ id: string }>("/v1/conversions", purchase),
      ),
    );
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect(answers.map((one) => one.status).every((status) => status === 200 || status === 201)).toBe(true);
    const rewards = await ask(external.owner("shared"), "select 1 from rewards where conversion_id = $1", [
      answers[0]?.body.id,
    ]);
    expect(rewards).toHaveLength(1);
  });

  test.runIf(runs)("show on one's stream what happened at the other", async () => {
    const [buyer] = await buyersOf("stream");
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${made.api_key}` };
    const answer = await fetch(`${api(0).url}/v1/stream`, { headers, signal: stop.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const bought = await api(1).buy({ id: buyer ?? "" }, 200_000, 60_000, { external_id: "streamed" });
    const begin = Date.now();
    for (let text = ""; !text.includes(bought.id); ) {
      const part = await reader?.read();
      text += part?.value ?? "";
      expect(part?.done).toBe(false);
    }
    console.log(`a purchase at B was on A's stream ${Date.now() - begin} ms after its answer`);
    stop.abort();
  });

  test.runIf(runs)("refuse a key within a second of its deletion at the other", async () => {
    await expectKeyRevoked();
    // Also after every connection was lost, the one they listen on among them.
    external.proxy.refuse();
    await sleep(LISTENING_AGAIN_MS);
    external.proxy.pass();
    await sleep(LISTENING_AGAIN_MS);
    await expectKeyRevoked();
  });

  test.runIf(runs)("count guesses at a password together", async () => {
    const guess = (i: number) =>
      new Api(api(i % 2).url, null).post("/v1/session", {
        email: "nobody@example.com",
        password: `guess ${i}`,
      });
    const statuses: number[] = [];
    for (let i = 0; i < SIGN_INS_MAX + 4; i++) statuses.push((await guess(i)).status);
    expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(SIGN_INS_MAX);
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  test.runIf(runs)("do not disturb each other's restart", async () => {
    const buyers = await buyersOf("restart");
    const both = startLoad(() => [api(0).url, api(1).url], made.api_key, buyers);
    const alone = startLoad(() => [api(1).url], made.api_key, buyers);
    await sleep(500);
    apps[0]?.kill("SIGTERM");
    expect(await apps[0]?.gone()).toMatchObject({ code: 0 });
    const gone = Date.now();
    await alone.successAfter(gone);
    await sleep(300);
    // A second start, by a user who is not a superuser, finds its own role and lets it be.
    apps[0] = await startInstance(0);
    await both.successAfter(Date.now());
    const reports = await Promise.all([both.stop(), alone.stop()]);
    for (const report of reports) await expectNothingLost(external.owner("shared"), report);
  });

  async function expectKeyRevoked(): Promise<void> {
    const headers = { cookie: await signIn(0), origin: api(0).url, "program-id": made.program_id };
    const owner = new Api(api(0).url, null);
    const wish = { name: "short-lived", scopes: ["read"] };
    const created = await owner.post<{ id: string; secret: string }>("/v1/api_keys", wish, headers);
    expect(created.status).toBe(201);
    const withKey = new Api(api(1).url, created.body.secret);
    expect((await withKey.get("/v1/participants")).status).toBe(200);
    const deleted = await owner.send("DELETE", `/v1/api_keys/${created.body.id}`, undefined, {
      headers: { ...headers, "content-type": "application/json" },
    });
    expect(deleted.status).toBe(204);
    await within(REVOKED_MS_MAX, async () => (await withKey.get("/v1/participants")).status === 401);
  }

  async function signIn(instance: number): Promise<string> {
    const { email, password } = made.owner;
    const answer = await new Api(api(instance).url, null).post("/v1/session", { email, password });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }

  async function buyersOf(name: string): Promise<string[]> {
    return enrollBuyers(api(0).url, made.api_key, name);
  }
});

describe("an external database of a user who may not create roles", () => {
  afterEach(endAll);

  test("is refused with what to do about it", async () => {
    const external = await startExternal18();
    const dataFolder = newFolder("instance");
    folders.push(dataFolder);
    try {
      const url = await external.urlFor("humble", "creator");
      await ask(external.owner("humble"), "alter role creator_humble nocreaterole");
      const app = await startApp({ product, dataFolder, env: { DATABASE_URL: url }, until: null });
      expect(await app.gone()).toMatchObject({ code: 1 });
      expect(app.output()).toContain("give it the right with ALTER ROLE … CREATEROLE.");
    } finally {
      await external.stop();
    }
  });
});

async function within(ms: number, look: () => Promise<boolean>): Promise<void> {
  const begin = Date.now();
  while (!(await look())) {
    if (Date.now() - begin > ms) throw new Error(`not within ${ms} ms`);
    await sleep(20);
  }
}
