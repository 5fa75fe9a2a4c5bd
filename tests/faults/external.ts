import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openEmbeddedPostgres } from "../../server/platform/embedded-postgres.ts";
import type { Log } from "../../server/platform/log.ts";
import { ask, freePort, newFolder } from "./process.ts";

/** A PostgreSQL that is somebody else's, as DATABASE_URL names it. */
export type External = {
  /** For a user who owns a fresh database of that name. */
  urlFor(database: string, owner: "superuser" | "creator"): Promise<string>;
  /** The superuser's connection to one of its databases. */
  owner(database: string): pg.ClientConfig;
  /** What stands between its users and it. */
  proxy: Proxy;
  stop(): Promise<void>;
};

const PASSWORD = "only for tests";
const OLD = "/usr/lib/postgresql/15/bin";
export const hasPostgres15 = fs.existsSync(path.join(OLD, "postgres"));

/** The PostgreSQL that comes with us, reached over TCP as if it were far away. */
export async function startExternal18(): Promise<External> {
  const folder = newFolder("external");
  const server = await openEmbeddedPostgres({ folder, log: quiet, settings: { max_connections: "200" } });
  const superuser = server.ownerConnection;
  const proxy = await startProxy(path.join(superuser.host, `.s.PGSQL.${superuser.port}`));
  return externalOf(superuser, proxy, async () => {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
}

/** The oldest that is supported, where the machine has one. */
export async function startExternal15(): Promise<External> {
  const folder = newFolder("external15");
  const port = await freePort();
  const account = accountFor(folder);
  const data = path.join(folder, "data");
  fs.writeFileSync(path.join(folder, "password"), PASSWORD, { mode: 0o644 });
  await run(
    "initdb",
    ["-D", data, "-U", "super", "-A", "scram-sha-256", "--no-sync", `--pwfile=${folder}/password`],
    account,
  );
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
  const server = spawn(path.join(OLD, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    ...account,
    stdio: "ignore",
  });
  const superuser = { host: "127.0.0.1", port, user: "super", password: PASSWORD, database: "postgres" };
  for (let i = 0; i < 200; i++) {
    if ((await ask(superuser, "select 1").catch(() => [])).length > 0) break;
    await sleep(50);
  }
  const proxy = await startProxy(path.join(folder, `.s.PGSQL.${port}`));
  return externalOf(superuser, proxy, async () => {
    server.kill("SIGINT");
    await new Promise((resolve) => server.once("exit", resolve));
    fs.rmSync(folder, { recursive: true, force: true });
  });
}

function externalOf(superuser: pg.ClientConfig, proxy: Proxy, stop: () => Promise<void>): External {
  return {
    proxy,
    owner: (database) => ({ ...superuser, database }),
    urlFor: async (database, owner) => {
      const user = `${owner}_${database}`;
      const rights = owner === "superuser" ? "superuser" : "nosuperuser createrole";
      await ask(superuser, `create role ${user} login ${rights} password ${pg.escapeLiteral(PASSWORD)}`);
      await ask(superuser, `create database ${database} owner ${user}`);
      return `postgres://${user}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}/${database}`;
    },
    stop: async () => {
      await proxy.stop();
      await stop();
    },
  };
}

/** Passes bytes on, until it is told to refuse everybody or to fall silent. */
export type Proxy = {
  readonly port: number;
  /** Ends what is open and refuses what comes, as a server that is down. */
  refuse(): void;
  /** Keeps what is open and says nothing any more, as a network that swallows packets. */
  silence(): void;
  pass(): void;
  stop(): Promise<void>;
};

async function startProxy(target: string): Promise<Proxy> {
  let mode: "pass" | "refuse" | "silence" = "pass";
  const open = new Set<net.Socket>();
  const port = await freePort();
  const server = net.createServer((client) => {
    if (mode === "refuse") return client.destroy();
    const upstream = net.connect(target);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.on("data", (chunk) => {
        if (mode === "pass") other.write(chunk);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port,
    refuse: () => {
      mode = "refuse";
      for (const socket of open) socket.destroy();
    },
    silence: () => {
      mode = "silence";
    },
    pass: () => {
      // What was swallowed cannot be delivered any more: a connection that lost bytes is lost.
      if (mode === "silence") for (const socket of open) socket.destroy();
      mode = "pass";
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** PostgreSQL refuses to run as root. */
function accountFor(folder: string): { uid?: number; gid?: number; cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const row = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => /^(postgres|nobody):/.test(line));
  const [, , uid, gid] = row?.split(":") ?? [];
  const account = { uid: Number(uid), gid: Number(gid) };
  fs.chownSync(folder, account.uid, account.gid);
  return { ...account, cwd: folder };
}

function run(program: string, args: string[], account: object): Promise<void> {
  const child = spawn(path.join(OLD, program), args, { ...account, stdio: "ignore" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    );
  });
}

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
