import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Cluster, findPostmaster, type Start, SUPERUSER, startCluster } from "./postgres-cluster.ts";
import { orphansOf } from "./postgres-process.ts";

/** A connection that shows, by a shared lock, that this process uses the server. */
export type Session = { client: pg.Client; adopted: boolean };

/** Where clients find the server's socket. */
export type Address = { host: string; port: number; user: string; password: string };

/** Shared: "I use this server". Exclusive: "nobody else does, I may stop it". */
export const IN_USE_LOCK = 5_737_001;
const POLL_MS = 5;
const CONTESTED_WAIT_MS = 50;
const CONNECT_MS_MAX = 5_000;
const STARTS_MAX = 3;
/** After this long without a change we say what we are waiting for; PostgreSQL may be recovering a long log. */
const SAY_WAITING_MS = 10_000;
/** A server that calls itself ready and cannot be reached for this long has lost its socket. */
const UNREACHABLE_MS_MAX = 5_000;
const ORPHAN_GRACE_MS = 1_000;
/** Addresses of sockets are cut at 108 bytes on Linux and 104 on macOS. */
const SOCKET_BYTES_MAX = process.platform === "linux" ? 107 : 103;

/** Connects to the cluster's server, starting it when nobody has. Waits as long as it is making progress. */
export async function joinCluster(cluster: Cluster, address: Address, signal: AbortSignal): Promise<Session> {
  let start: Start | null = null;
  let starts = 0;
  const begin = Date.now();
  let said = begin;
  let unreachableSince: number | null = null;
  for (;;) {
    signal.throwIfAborted();
    const postmaster = findPostmaster(cluster);
    const isPlausible = postmaster.kind === "unsure" || (postmaster.kind === "alive" && postmaster.isReady);
    const answer = isPlausible ? await knock(address) : "absent";
    if (typeof answer === "object") {
      const adopted = !(postmaster.kind === "alive" && postmaster.pid === start?.child.pid);
      return { client: answer, adopted };
    }
    if (answer === "busy" || postmaster.kind === "alive") {
      const isSilent = postmaster.kind === "alive" && postmaster.isReady && answer === "absent";
      unreachableSince = isSilent ? (unreachableSince ?? Date.now()) : null;
      if (postmaster.kind === "alive" && Date.now() - (unreachableSince ?? Date.now()) > UNREACHABLE_MS_MAX) {
        cluster.log.warn({ pid: postmaster.pid }, "PostgreSQL has lost its socket and is started again");
        process.kill(postmaster.pid, "SIGINT");
        unreachableSince = null;
      }
    } else if (start === null) {
      start = startCluster(cluster);
    } else if (start.isOver()) {
      starts += await judgeFailedStart(cluster, start, begin, starts);
      start = null;
    }
    if (Date.now() - said > SAY_WAITING_MS) {
      said = Date.now();
      cluster.log.info({ waited_ms: said - begin, postmaster: postmaster.kind }, "waiting for PostgreSQL");
    }
    await sleep(POLL_MS);
  }
}

/** The socket lies in the database folder; a path too long for a socket is reached through an open handle. */
export function openAddress(cluster: Cluster): Address & { release(): void } {
  const rest = { port: 5432, user: SUPERUSER, password: cluster.password };
  const socket = path.join(cluster.folder, ".s.PGSQL.5432");
  if (Buffer.byteLength(socket) <= SOCKET_BYTES_MAX)
    return { host: cluster.folder, ...rest, release: () => {} };
  if (process.platform !== "linux") {
    throw new Error(`${socket} is too long for a socket: choose a shorter folder with REFERRALHUB_DATA`);
  }
  // Nothing on the disk that a cleaner of temporary folders could take away, and private to this process.
  const handle = fs.openSync(cluster.folder, "r");
  return { host: `/proc/self/fd/${handle}`, ...rest, release: () => fs.closeSync(handle) };
}

function createClient(address: Address, database: string): pg.Client {
  const { host, port, user, password } = address;
  return new pg.Client({
    host,
    port,
    user,
    password,
    database,
    application_name: `referralhub ${process.pid}`,
    connectionTimeoutMillis: CONNECT_MS_MAX,
  });
}

async function knock(address: Address): Promise<pg.Client | "busy" | "absent"> {
  const client = createClient(address, "postgres");
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query("select pg_try_advisory_lock_shared($1) as entered", [IN_USE_LOCK]);
    if (rows[0]?.entered === true) return client;
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (["ENOENT", "ECONNREFUSED", "ENOTSOCK"].includes(code)) return "absent";
    if (code.startsWith("28")) throw wrongPassword(address, error);
  }
  // Starting up, shutting down, or its last user is about to stop it: all pass.
  await client.end().catch(() => {});
  return "busy";
}

/** Answers 1 when the start counts as failed, 0 when only somebody else was in the way. */
async function judgeFailedStart(
  cluster: Cluster,
  start: Start,
  begin: number,
  starts: number,
): Promise<0 | 1> {
  const text = start.text();
  if (/lock file ".*" already exists|shared memory block .* is still in use/.test(text)) {
    if (Date.now() - begin > ORPHAN_GRACE_MS) endOrphans(cluster);
    await sleep(CONTESTED_WAIT_MS);
    return 0;
  }
  if (starts + 1 >= STARTS_MAX) throw new Error(`PostgreSQL did not start in ${cluster.folder}:\n${text}`);
  return 1;
}

/** Backends that outlived their postmaster cannot commit anything any more, but keep its memory occupied. */
function endOrphans(cluster: Cluster): void {
  if (findPostmaster(cluster).kind === "alive") return;
  for (const pid of orphansOf(cluster.name)) {
    cluster.log.warn({ pid }, "ending a PostgreSQL process whose server has died");
    process.kill(pid, "SIGKILL");
  }
}

function wrongPassword(address: Address, cause: unknown): Error {
  return new Error(`PostgreSQL in ${address.host} does not accept the password remembered beside it`, {
    cause,
  });
}
