import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Cluster, findPostmaster, type Start, startCluster } from "./postgres-cluster.ts";
import { SUPERUSER } from "./postgres-creation.ts";
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
const SAY_WAITING_MS = 10_000;
const SILENT_MS_MAX = 2_000;
const ORPHAN_GRACE_MS = 1_000;
/** Addresses of sockets are cut at 108 bytes on Linux and 104 on macOS. */
const SOCKET_BYTES_MAX = process.platform === "linux" ? 107 : 103;

/** Connects to the cluster's server, starting it when nobody has. Waits as long as it is making progress. */
export async function joinCluster(cluster: Cluster, address: Address, signal: AbortSignal): Promise<Session> {
  const attempt: Attempt = {
    begin: Date.now(),
    said: Date.now(),
    start: null,
    failures: 0,
    silentSince: null,
  };
  for (;;) {
    signal.throwIfAborted();
    const postmaster = findPostmaster(cluster);
    const mayAnswer = postmaster.kind === "unsure" || (postmaster.kind === "alive" && postmaster.isReady);
    const answer = mayAnswer ? await knock(address) : "absent";
    if (typeof answer === "object") {
      const isOurs = postmaster.kind === "alive" && postmaster.pid === attempt.start?.child.pid;
      return { client: answer, adopted: !isOurs };
    }
    if (postmaster.kind === "alive") endWhenSilent(cluster, attempt, postmaster, answer);
    else if (answer === "absent") await startOnce(cluster, attempt);
    sayWaiting(cluster, attempt);
    await sleep(POLL_MS);
  }
}

type Attempt = {
  begin: number;
  said: number;
  start: Start | null;
  failures: number;
  /** Since when a server that calls itself ready has not been reachable. */
  silentSince: number | null;
};

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

/** One start at a time; one that ended is tried again unless it keeps failing for a reason of its own. */
async function startOnce(cluster: Cluster, attempt: Attempt): Promise<void> {
  attempt.start ??= startCluster(cluster);
  if (!attempt.start.isOver()) return;
  const text = attempt.start.text();
  attempt.start = null;
  if (/lock file ".*" already exists|shared memory block .* is still in use/.test(text)) {
    if (Date.now() - attempt.begin > ORPHAN_GRACE_MS) endOrphans(cluster);
    await sleep(CONTESTED_WAIT_MS);
  } else if (++attempt.failures >= STARTS_MAX) {
    throw new Error(`PostgreSQL did not start in ${cluster.folder}:\n${text}`);
  }
}

/** A server whose socket somebody removed serves nobody any more, and keeps another from starting. */
function endWhenSilent(
  cluster: Cluster,
  attempt: Attempt,
  { pid, isReady }: { pid: number; isReady: boolean },
  answer: "busy" | "absent",
): void {
  attempt.silentSince = isReady && answer === "absent" ? (attempt.silentSince ?? Date.now()) : null;
  if (attempt.silentSince === null || Date.now() - attempt.silentSince < SILENT_MS_MAX) return;
  cluster.log.warn({ pid }, "PostgreSQL has lost its socket and is started again");
  process.kill(pid, "SIGINT");
  attempt.silentSince = null;
}

function sayWaiting({ log }: Cluster, attempt: Attempt): void {
  if (Date.now() - attempt.said < SAY_WAITING_MS) return;
  attempt.said = Date.now();
  log.info({ waited_ms: attempt.said - attempt.begin }, "waiting for PostgreSQL, which may be recovering");
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
