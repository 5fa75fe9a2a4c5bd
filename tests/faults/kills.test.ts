import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { enrollBuyers, expectNothingLost, type Load, type Report, startLoad } from "./load.ts";
import {
  type App,
  appOf,
  ask,
  cleanEnv,
  copyProduct,
  endAll,
  freePort,
  isAlive,
  newFolder,
  ownerOf,
  postgresPids,
  provision,
  startApp,
} from "./process.ts";

/** `npm run faults` kills more often. */
const KILLS = Number(process.env["FAULTS_KILLS"] ?? 3);
const KILLS_OF_NPM = Math.max(1, Math.floor(KILLS / 10));
/** With this the database forgets on purpose, and the tests must go red (see docs/guides/operate.md). */
const IS_CONTROL = process.env["FAULTS_CONTROL"] === "1";
const TEST_MS_MAX = 60_000 + 15_000 * KILLS;
const KILLS_FOR_A_MEDIAN = 10;
const RECOVERY_P50_MS_MAX = 5_000;
const RECOVERY_MS_MAX = 15_000;

const product = copyProduct();
let dataFolder: string;
let port: number;
afterAll(() => fs.rmSync(product.folder, { recursive: true, force: true }));
beforeEach(async () => {
  dataFolder = newFolder("kills");
  port = await freePort();
});
afterEach(async () => {
  await endAll();
  fs.rmSync(dataFolder, { recursive: true, force: true });
});

describe("killed outright under load of clients that never give up", () => {
  test("every process of PostgreSQL", { timeout: TEST_MS_MAX }, async () => {
    const app = await start();
    const load = await begin(app);
    const recoveries = await repeat(load, async () => {
      for (const pid of postgresPids(dataFolder)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
      return undefined;
    });
    await conclude("PostgreSQL", await load.stop(), recoveries);
    app.kill("SIGTERM");
    expect(await app.gone()).toMatchObject({ code: 0 });
    expect(postgresPids(dataFolder)).toEqual([]);
  });

  test("the server itself", { timeout: TEST_MS_MAX }, async () => {
    let app = await start();
    const load = await begin(app);
    const recoveries = await repeat(load, async () => {
      app.kill("SIGKILL");
      await app.gone();
      app = await start();
      return undefined;
    });
    await conclude("the server", await load.stop(), recoveries);
    app.kill("SIGTERM");
    expect(await app.gone()).toMatchObject({ code: 0 });
    expect(postgresPids(dataFolder)).toEqual([]);
  });

  test("npm, with the start repeated after two seconds", { timeout: TEST_MS_MAX }, async () => {
    let npm = await startNpm();
    const load = await begin(npm);
    const recoveries = await repeat(
      load,
      async () => {
        npm.kill("SIGKILL");
        await npm.gone();
        await sleep(2_000);
        const since = Date.now();
        npm = await startNpm();
        return since;
      },
      KILLS_OF_NPM,
    );
    await conclude("npm", await load.stop(), recoveries);
    npm.kill("SIGTERM");
    await npm.gone();
    expect(postgresPids(dataFolder)).toEqual([]);
  });
});

function start(): Promise<App> {
  return startApp({ product, dataFolder, env: { PORT: String(port), LOG_LEVEL: "warn" } });
}

/** As the README says it; npm in a group of its own, as a terminal would start it. */
async function startNpm(): Promise<App> {
  const child: ChildProcess = spawn("npm", ["start", "--silent"], {
    cwd: product.folder,
    env: { ...cleanEnv(), PORT: String(port), REFERRALHUB_DATA: dataFolder, LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const npm = appOf(child);
  for (let i = 0; !/^ready /m.test(npm.output()); i++) {
    if (i > 3_000 || child.exitCode !== null) throw new Error(npm.output());
    await sleep(10);
  }
  return npm;
}

async function begin(app: App): Promise<Load> {
  const { api_key } = await provision({ product, dataFolder });
  const buyers = await enrollBuyers(app.url, api_key);
  if (IS_CONTROL) await forget();
  const load = startLoad(() => [`http://127.0.0.1:${port}`], api_key, buyers);
  await load.successAfter(Date.now());
  return load;
}

/** For the positive control: commits are acknowledged before they are durable. */
async function forget(): Promise<void> {
  const owner = ownerOf(dataFolder);
  const [role] = await ask<{ name: string }>(owner, "select name from installation_role");
  await ask(owner, `alter role ${role?.name} set synchronous_commit = off`);
  await ask(owner, "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1", [role?.name]);
}

/** Lets the load run a random while, kills, and measures from then (or from when `kill` says) to the next success. */
async function repeat(load: Load, kill: () => Promise<number | undefined>, times = KILLS): Promise<number[]> {
  const recoveries: number[] = [];
  for (let i = 0; i < times; i++) {
    await sleep(200 + Math.random() * 800);
    const begin = Date.now();
    const since = (await kill()) ?? begin;
    recoveries.push((await load.successAfter(since)) - since);
  }
  await sleep(200);
  return recoveries.sort((a, b) => a - b);
}

async function conclude(what: string, report: Report, recoveries: number[]): Promise<void> {
  const p50 = recoveries[Math.floor(recoveries.length / 2)] ?? 0;
  const max = recoveries.at(-1) ?? 0;
  const { purchases, attempts, ambiguous, lostAnswers, cutOffAnswers } = report;
  console.log(
    `killed ${what} ${recoveries.length}×: ${purchases.size} acknowledged in ${attempts} attempts, ` +
      `${ambiguous} ambiguous, of these committed but unacknowledged ${lostAnswers} by a kill and ` +
      `${cutOffAnswers} by a client that hung up; ` +
      `first success again p50 ${p50} ms, max ${max} ms`,
  );
  await expectNothingLost(ownerOf(dataFolder), report);
  // A green run that never met the window between commit and answer would have tested nothing.
  expect(lostAnswers + cutOffAnswers).toBeGreaterThan(0);
  if (recoveries.length >= KILLS_FOR_A_MEDIAN) {
    expect(lostAnswers).toBeGreaterThan(0);
    expect(p50).toBeLessThan(RECOVERY_P50_MS_MAX);
  }
  expect(max).toBeLessThan(RECOVERY_MS_MAX);
}
