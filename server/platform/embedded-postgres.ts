import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log.ts";
import { type Cluster, findPostmaster, openCluster } from "./postgres-cluster.ts";
import { commandLine } from "./postgres-process.ts";
import { type Address, IN_USE_LOCK, joinCluster, openAddress, type Session } from "./postgres-session.ts";

export type EmbeddedPostgres = {
  /** The superuser's connection: for migrations and for making the application's own role. */
  ownerConnection: Address & { database: string };
  version: string;
  /** True when the server was running already: another process's, or one whose owner was killed. */
  adopted: boolean;
  /** Refuses when another living process has claimed the same part of this data folder. */
  claimSingleInstance(part: string): Promise<void>;
  /** Leaves; the last one to leave shuts the server down and waits until it is gone. */
  close(): Promise<void>;
};

export type EmbeddedOptions = {
  folder: string;
  log: Log;
  /** For tests only: a throw-away database may trade durability for speed. */
  settings?: Record<string, string>;
  /** Told when the server has gone away and again when it is back. */
  onOutage?: (state: "down" | "up") => void;
};

/** Somebody else serves this data folder; the message says who. */
export class AlreadyRunning extends Error {}

const DATABASE = "referralhub";
const CLAIM_LOCK_CLASS = 5_737_002;
/** A killed predecessor's lock goes with its connection, a moment after it. */
const CLAIM_WAIT_MS_MAX = 1_000;
const CLAIM_POLL_MS = 25;
const RETRY_FIRST_MS = 50;
const RETRY_MS_MAX = 5_000;
const HEARTBEAT_MS = 1_000;
const STOP_POLL_MS = 5;
const STOP_MS_MAX = 120_000;

/**
 * Opens the PostgreSQL in a data folder, starting it unless it runs, and keeps it running until `close`.
 * The server outlives us when we are killed and is taken over by whoever opens the folder next.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { folder, log, settings = {}, onOutage = () => {} } = options;
  const cluster = await openCluster(folder, settings, log);
  const { release, ...address } = openAddress(cluster);
  const closing = new AbortController();
  const session = await joinCluster(cluster, address, closing.signal);
  const version = await prepareDatabase(session);
  return new Supervisor({ cluster, address, release, closing, session, version, onOutage });
}

type Parts = {
  cluster: Cluster;
  address: Address;
  release: () => void;
  closing: AbortController;
  session: Session;
  version: string;
  onOutage: (state: "down" | "up") => void;
};

class Supervisor implements EmbeddedPostgres {
  readonly ownerConnection: EmbeddedPostgres["ownerConnection"];
  readonly version: string;
  readonly adopted: boolean;
  readonly #parts: Parts;
  readonly #claimed: string[] = [];
  readonly #heartbeat: NodeJS.Timeout;
  #session: Session;
  #recovery: Promise<void> = Promise.resolve();
  #closed: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.ownerConnection = { ...parts.address, database: DATABASE };
    this.version = parts.version;
    this.adopted = parts.session.adopted;
    this.#parts = parts;
    this.#session = parts.session;
    this.#heartbeat = setInterval(() => this.#endHalfShutDown(), HEARTBEAT_MS).unref();
    this.#watch();
  }

  async claimSingleInstance(part: string): Promise<void> {
    await claim(this.#session, part, this.#parts.cluster.dataFolder);
    this.#claimed.push(part);
  }

  close(): Promise<void> {
    this.#closed ??= this.#leave();
    return this.#closed;
  }

  /** The lock's connection breaks whenever the server or one of its processes dies, ours or adopted. */
  #watch(): void {
    this.#session.client.once("end", () => {
      if (!this.#parts.closing.signal.aborted) this.#recovery = this.#recover();
    });
  }

  async #recover(): Promise<void> {
    const { cluster, address, closing, onOutage } = this.#parts;
    const begin = Date.now();
    cluster.log.warn({}, "PostgreSQL has gone away; bringing it back");
    onOutage("down");
    for (let wait = RETRY_FIRST_MS; !closing.signal.aborted; wait = Math.min(2 * wait, RETRY_MS_MAX)) {
      try {
        this.#session = await joinCluster(cluster, address, closing.signal);
        this.#watch();
        for (const part of this.#claimed) await claim(this.#session, part, cluster.dataFolder);
        cluster.log.info({ outage_ms: Date.now() - begin }, "PostgreSQL is back");
        return onOutage("up");
      } catch (error) {
        if (closing.signal.aborted) return;
        cluster.log.error({ error, retry_ms: wait }, "PostgreSQL could not be brought back yet");
        // One that was reached and then failed must not be watched beside the next.
        this.#session.client.removeAllListeners("end");
        await this.#session.client.end().catch(() => {});
        await sleep(wait);
      }
    }
  }

  /**
   * A plain `kill` makes PostgreSQL refuse everybody new and wait for those it has, us among them, for ever.
   * Nobody who holds the lock did that, so it is ended at once and brought back.
   */
  #endHalfShutDown(): void {
    const postmaster = findPostmaster(this.#parts.cluster);
    if (postmaster.kind !== "alive" || !postmaster.isStopping || this.#closed) return;
    process.kill(postmaster.pid, "SIGINT");
  }

  async #leave(): Promise<void> {
    const { cluster, closing, release } = this.#parts;
    closing.abort(new Error("closing"));
    clearInterval(this.#heartbeat);
    await this.#recovery;
    if (await isLast(this.#session)) await stopServer(cluster);
    await this.#session.client.end().catch(() => {});
    release();
  }
}

/** True when we hold the only lock: whoever comes now waits until the server is down, then starts it anew. */
async function isLast({ client }: Session): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [IN_USE_LOCK]);
    const { rows } = await client.query("select pg_try_advisory_lock($1) as alone", [IN_USE_LOCK]);
    return rows[0]?.alone === true;
  } catch {
    // No connection: the server is down already, or will be found by the next one to open the folder.
    return false;
  }
}

async function stopServer(cluster: Cluster): Promise<void> {
  const { log } = cluster;
  const postmaster = findPostmaster(cluster);
  if (postmaster.kind !== "alive")
    return log.warn({}, "PostgreSQL belongs to another machine's view and is left alone");
  process.kill(postmaster.pid, "SIGINT");
  const begin = Date.now();
  for (;;) {
    const now = findPostmaster(cluster);
    // Its lock file goes a moment before the process itself, which may still hold the folder.
    if ((now.kind !== "alive" || now.pid !== postmaster.pid) && commandLine(postmaster.pid) === null) return;
    if (Date.now() - begin > STOP_MS_MAX)
      return log.warn({ pid: postmaster.pid }, "PostgreSQL is still shutting down");
    await sleep(STOP_POLL_MS);
  }
}

async function prepareDatabase({ client }: Session): Promise<string> {
  const { rows } = await client.query(
    "select current_setting('server_version') as version, exists (select from pg_database where datname = $1) as made",
    [DATABASE],
  );
  if (rows[0]?.made !== true) {
    const duplicate = /already exists|duplicate key/;
    await client.query(`create database ${DATABASE}`).catch((error: Error) => {
      if (!duplicate.test(error.message)) throw error;
    });
  }
  return String(rows[0]?.version);
}

async function claim({ client }: Session, part: string, folder: string): Promise<void> {
  const begin = Date.now();
  for (;;) {
    const { rows } = await client.query("select pg_try_advisory_lock($1, hashtext($2)) as got", [
      CLAIM_LOCK_CLASS,
      part,
    ]);
    if (rows[0]?.got === true) return;
    if (Date.now() - begin > CLAIM_WAIT_MS_MAX) break;
    await sleep(CLAIM_POLL_MS);
  }
  const { rows } = await client.query(
    `select application_name
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and classid = $1 and objid::int8 = hashtext($2)::int8 & 4294967295
      limit 1`,
    [CLAIM_LOCK_CLASS, part],
  );
  const holder = String(rows[0]?.application_name ?? "").replace("referralhub ", "process ");
  throw new AlreadyRunning(
    `ReferralHub is already running on ${folder}${holder ? ` (${holder})` : ""}: ` +
      "stop that one first, or choose another folder with REFERRALHUB_DATA",
  );
}
