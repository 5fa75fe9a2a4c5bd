import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Api } from "../support/api.ts";
import { type External, startExternal18 } from "./external.ts";
import {
  ask,
  cli,
  copyProduct,
  endAll,
  isAlive,
  newFolder,
  ownerOf,
  type Product,
  type Provisioned,
  postgresPids,
  provision,
  startApp,
} from "./process.ts";

const STOPPED = /^upgrade stopped (\S+)$/m;
let product: Product;
let dataFolder: string;
const folders: string[] = [];

beforeEach(() => {
  product = copyProduct();
  dataFolder = newFolder("upgrade");
  folders.push(product.folder, dataFolder);
});
afterEach(async () => {
  await endAll();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

describe("an upgrade", () => {
  test("copies the database first, and the copy can be put back with everything in it", async () => {
    const { made, asha } = await liveOneDay();
    addMigration("9001_more", "create table more_of_it as select 1 as one;");
    const upgraded = await startApp({ product, dataFolder });
    const [backup] = backups();
    expect(backup).toMatch(/^\d{8}T\d{6}Z-9001_more$/);
    expect(manifestOf(backup).last_migration).not.toBe("9001_more");
    const api = new Api(upgraded.url, made.api_key);
    await api.join({ code: asha.code }, { email: "late@example.com" });
    const from = path.join(dataFolder, "backups", backup ?? "");
    const refused = await cli({ product, dataFolder }, "restore", "--from", from);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^ReferralHub is running on .*: stop it, then restore\.\n$/);
    upgraded.kill("SIGTERM");
    await upgraded.gone();

    const restored = await cli({ product, dataFolder }, "restore", "--from", from, "--json");
    expect(restored.code, restored.stderr).toBe(0);
    const { set_aside } = JSON.parse(restored.stdout);
    expect(fs.existsSync(path.join(set_aside, "PG_VERSION"))).toBe(true);
    removeMigration("9001_more");
    const back = await startApp({ product, dataFolder });
    const people = await new Api(back.url, made.api_key).get<{ data: { email: string }[] }>(
      "/v1/participants",
    );
    expect(people.body.data.map((one) => one.email)).not.toContain("late@example.com");
    expect(people.body.data).toHaveLength(2);
    expect((await ask<{ there: boolean }>(ownerOf(dataFolder), THERE, ["more_of_it"]))[0]?.there).toBe(false);
    // The key still opens, the owner still signs in: the secrets came along.
    const { email, password } = made.owner;
    expect((await new Api(back.url, null).post("/v1/session", { email, password })).status).toBe(201);
  });

  test("that fails changes nothing, stays up to say so, and lets the old version go on", async () => {
    const { made } = await liveOneDay();
    addMigration("9001_fine", "create table made_before_the_failure (one int);");
    addMigration("9002_broken", "insert into made_before_the_failure values ('personal data');");
    const stopped = await startApp({ product, dataFolder, until: STOPPED });
    expect(postgresPids(dataFolder)).toEqual([]);
    for (const [url, status] of [
      ["/healthz", 503],
      ["/readyz", 503],
      ["/v1/participants", 503],
    ] as const) {
      const answer = await new Api(stopped.url, made.api_key).get(url);
      expect([url, answer.status, answer.headers.get("content-type")]).toEqual([
        url,
        status,
        "application/problem+json; charset=utf-8",
      ]);
      expect(answer.body).toMatchObject({ code: "upgrade_failed", status: 503 });
    }
    const page = await fetch(`${stopped.url}/app/`, { headers: { accept: "text/html" } });
    const text = await page.text();
    expect(page.status).toBe(503);
    const from = path.join(dataFolder, "backups", backups()[0] ?? "none");
    for (const said of [
      "Your data is unchanged.",
      "9002_broken",
      from,
      `npm run cli -- restore --from ${from}`,
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("personal data");
    expect(stopped.output()).toContain("invalid input syntax for type integer");
    stopped.kill("SIGTERM");
    expect(await stopped.gone()).toMatchObject({ code: 0 });

    const command = await cli({ product, dataFolder }, "migrate");
    expect(command.code).toBe(1);
    expect(command.stderr).toMatch(
      /^Upgrade stopped\. Your data is unchanged\.\n {2}Migration 9002_broken failed/,
    );
    removeMigration("9001_fine");
    removeMigration("9002_broken");
    const old = await startApp({ product, dataFolder });
    const people = await new Api(old.url, made.api_key).get<{ data: unknown[] }>("/v1/participants");
    expect(people.body.data).toHaveLength(2);
    const [table] = await ask<{ there: boolean }>(ownerOf(dataFolder), THERE, ["made_before_the_failure"]);
    expect(table?.there).toBe(false);
  });

  test("that is killed half way is done again from the beginning", async () => {
    await liveOneDay();
    addMigration("9001_slow", "create table slowly_made (one int); select pg_sleep(3);");
    const killed = await startApp({ product, dataFolder, until: null });
    while (backups().length === 0) await sleep(10);
    await sleep(500);
    killed.kill("SIGKILL");
    await killed.gone();
    const again = await startApp({ product, dataFolder });
    const [table] = await ask<{ there: boolean }>(ownerOf(dataFolder), THERE, ["slowly_made"]);
    expect(table?.there).toBe(true);
    expect((await new Api(again.url, null).get("/readyz")).status).toBe(200);
  });

  test("is not made when its backup cannot be", async () => {
    await liveOneDay();
    addMigration("9001_more", "create table more_of_it (one int);");
    fs.rmSync(path.join(dataFolder, "backups"), { recursive: true, force: true });
    fs.writeFileSync(path.join(dataFolder, "backups"), "in the way");
    const stopped = await startApp({ product, dataFolder, until: STOPPED });
    expect(stopped.output()).toContain("No backup was made, because making it is what failed.");
    stopped.kill("SIGTERM");
    await stopped.gone();
    fs.rmSync(path.join(dataFolder, "backups"));
    const upgraded = await startApp({ product, dataFolder });
    expect(upgraded.output()).toContain("the database was backed up");
  });

  test("to an older version is refused before anything is changed", async () => {
    await liveOneDay();
    addMigration("9001_newer", "create table newer (one int);");
    const newer = await startApp({ product, dataFolder });
    newer.kill("SIGTERM");
    await newer.gone();
    removeMigration("9001_newer");
    const older = await startApp({ product, dataFolder, until: null });
    expect(await older.gone()).toMatchObject({ code: 1 });
    expect(older.output()).toMatch(
      /^The database was upgraded by a newer ReferralHub: this version does not know 9001_newer\. /m,
    );
    expect(older.output()).not.toMatch(/^ {4}at /m);
    expect(postgresPids(dataFolder)).toEqual([]);
  });

  test("by a second instance is refused while the first runs", async () => {
    await liveOneDay();
    const running = await startApp({ product, dataFolder });
    addMigration("9001_more", "create table more_of_it (one int);");
    const second = await startApp({ product, dataFolder, until: null });
    expect(await second.gone()).toMatchObject({ code: 1 });
    expect(second.output()).toMatch(/^ReferralHub is already running on /m);
    expect((await ask<{ there: boolean }>(ownerOf(dataFolder), THERE, ["more_of_it"]))[0]?.there).toBe(false);
    expect(isAlive(running.pid)).toBe(true);
  });
});

describe("an upgrade of an external database", () => {
  test("is one transaction, and leaves the backup to its owner", async () => {
    const external: External = await startExternal18();
    try {
      const env = { DATABASE_URL: await external.urlFor("upgraded", "creator") };
      await provision({ product, dataFolder, env });
      addMigration("9001_fine", "create table made_before_the_failure (one int);");
      addMigration("9002_broken", "select 1 / 0;");
      const stopped = await startApp({ product, dataFolder, env, until: STOPPED });
      expect(stopped.output()).toContain("The backup of an external database is yours to make");
      const [table] = await ask<{ there: boolean }>(external.owner("upgraded"), THERE, [
        "made_before_the_failure",
      ]);
      expect(table?.there).toBe(false);
      await endAll();
    } finally {
      await external.stop();
    }
  });
});

describe("a backup", () => {
  test("is whole although the database is written to, and the newest five are kept", async () => {
    const { made, asha } = await liveOneDay();
    const app = await startApp({ product, dataFolder });
    const api = new Api(app.url, made.api_key);
    let isOver = false;
    const writing = (async () => {
      for (let i = 0; !isOver; i++) await api.buy({ id: asha.id }, 150_000 + i, 1_000);
    })();
    const last: string[] = [];
    for (const day of [1, 2, 3, 4, 5]) {
      const older = path.join(dataFolder, "backups", `2020010${day}T000000Z-manual`);
      fs.mkdirSync(older, { recursive: true });
      fs.writeFileSync(path.join(older, "backup.json"), "{}");
    }
    for (let i = 0; i < 2; i++) {
      const before = await settled(dataFolder);
      const backup = await cli({ product, dataFolder }, "backup", "--json");
      expect(backup.code, backup.stderr).toBe(0);
      last.push(JSON.parse(backup.stdout).folder, String(before));
      await sleep(1_000);
    }
    isOver = true;
    await writing;
    app.kill("SIGTERM");
    await app.gone();
    expect(backups().filter((name) => name.startsWith("2020"))).toEqual(
      [3, 4, 5].map((day) => `2020010${day}T000000Z-manual`),
    );
    expect(backups()).toHaveLength(5);
    const fresh = newFolder("fresh");
    folders.push(fresh);
    const restored = await cli({ product, dataFolder: fresh }, "restore", "--from", last.at(-2) ?? "");
    expect(restored.code, restored.stderr).toBe(0);
    await startApp({ product, dataFolder: fresh });
    expect(await settled(fresh)).toBeGreaterThanOrEqual(Number(last.at(-1)));
    const [sum] = await ask<{ sum: string }>(
      ownerOf(fresh),
      "select sum(amount_minor) as sum from ledger_entries",
    );
    expect(Number(sum?.sum)).toBe(0);
  });

  test("that is not whole is refused with nothing changed", async () => {
    const { made } = await liveOneDay();
    const backup = await cli({ product, dataFolder }, "backup", "--json");
    const { folder } = JSON.parse(backup.stdout);
    fs.truncateSync(path.join(folder, "postgres/global/pg_control"), 100);
    const short = await cli({ product, dataFolder }, "restore", "--from", folder);
    expect(short.code).toBe(1);
    expect(short.stderr).toContain("is not whole");
    // The right size, and nonsense.
    fs.writeFileSync(path.join(folder, "postgres/global/pg_control"), Buffer.alloc(8192, 7));
    const broken = await cli({ product, dataFolder }, "restore", "--from", folder);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("could not be started, so nothing was changed");
    const app = await startApp({ product, dataFolder });
    expect(
      (await new Api(app.url, made.api_key).get<{ data: unknown[] }>("/v1/participants")).body.data,
    ).toHaveLength(2);
    expect(fs.readdirSync(dataFolder).filter((name) => /restoring|before/.test(name))).toEqual([]);
  });
});

describe("secrets", () => {
  test("that were lost or mixed up come back from the database", async () => {
    const { made } = await liveOneDay();
    const file = path.join(dataFolder, "secrets.json");
    const kept = fs.readFileSync(file, "utf8");
    for (const damage of [
      () => fs.rmSync(file),
      () => fs.writeFileSync(file, kept.replace(/"(session|hashing|appPassword)": "./g, '"$1": "x')),
    ]) {
      damage();
      const app = await startApp({ product, dataFolder });
      expect((await new Api(app.url, made.api_key).get("/v1/participants")).status).toBe(200);
      expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(JSON.parse(kept));
      expect(fs.statSync(file).mode & 0o777).toBe(0o600);
      app.kill("SIGTERM");
      await app.gone();
    }
    fs.writeFileSync(file, "{");
    const app = await startApp({ product, dataFolder, until: null });
    expect(await app.gone()).toMatchObject({ code: 1 });
    expect(app.output()).toMatch(/^\S+secrets\.json cannot be read\. Move it away/m);
  });
});

const THERE = "select to_regclass($1) is not null as there";

/** Two people of a program in a database that was shut down in order. */
async function liveOneDay() {
  const made: Provisioned = await provision({ product, dataFolder });
  const app = await startApp({ product, dataFolder });
  const api = new Api(app.url, made.api_key);
  const asha = await api.join();
  await api.join(asha);
  app.kill("SIGTERM");
  expect(await app.gone()).toMatchObject({ code: 0 });
  return { made, asha };
}

async function settled(folder: string): Promise<number> {
  const [row] = await ask<{ count: string }>(ownerOf(folder), "select count(*) from conversions");
  return Number(row?.count);
}

function addMigration(name: string, text: string): void {
  fs.writeFileSync(path.join(product.migrations, `${name}.sql`), text);
}

function removeMigration(name: string): void {
  fs.rmSync(path.join(product.migrations, `${name}.sql`));
}

function backups(): string[] {
  const folder = path.join(dataFolder, "backups");
  return fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((name) => !name.startsWith("."))
        .sort()
    : [];
}

function manifestOf(backup: string | undefined): { last_migration: string } {
  return JSON.parse(fs.readFileSync(path.join(dataFolder, "backups", backup ?? "", "backup.json"), "utf8"));
}
