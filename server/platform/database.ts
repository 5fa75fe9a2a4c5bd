import { sql } from "kysely";
import { LRUCache } from "lru-cache";
import pg from "pg";
import type { NewId } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import { asOutage, asRefusal, isBroken, mayHelpToRetry } from "./database-errors.ts";
import { createIdSource } from "./id-source.ts";
import type { Log } from "./log.ts";
import { type QueryOptions, type Reader, Session } from "./session.ts";
import type { Query } from "./statement.ts";
import { types } from "./types.ts";

export type { Query, QueryOptions, Reader };

/** One transaction that may write, with the database's clock, its commit position and a maker of ids. */
export type Tx = Reader & {
  readonly now: Date;
  readonly position: bigint;
  readonly newId: NewId;
  /** Answers how many rows were affected. */
  run(query: Query, options?: QueryOptions): Promise<number>;
  /** Leaves with the statement after it, or with the commit: for what nobody waits for. */
  send(query: Query): void;
  /** Whether this was once told to `keepInMind` in a transaction that has committed: it may have been forgotten. */
  isKnown(fact: string): boolean;
  /** Remembers, after the commit, something that never becomes untrue again. */
  keepInMind(fact: string): void;
};

export type ReadOptions = {
  /** For the few statements that look at everything; the usual limit is that of a request. */
  statementMsMax?: number;
};

export type DatabaseOptions = {
  connection: pg.ClientConfig;
  poolSize: number;
  preparedStatements: boolean;
  log: Log;
};

const CONNECT_MS_MAX = 5_000;
const STATEMENT_MS_MAX = 15_000;
/** The server ends a statement at its limit; later than that, the connection itself is dead. */
const SILENCE_MS_MAX = 2_000;
const KEEP_ALIVE_MS = 10_000;
const RETRIES_MAX = 5;
const FACTS_MAX = 200_000;
const PROGRAM_ID = /^prg_[0-9a-z]{26}$/;
/** The application's connections: a role that owns nothing and cannot bypass row-level security. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #usesNames: boolean;
  readonly newId: NewId = createIdSource(Date.now);
  readonly #facts = new LRUCache<string, true>({ max: FACTS_MAX });
  #positionOffset: bigint | null = null;

  constructor(options: DatabaseOptions) {
    this.#usesNames = options.preparedStatements;
    this.#pool = new pg.Pool({
      ...options.connection,
      max: options.poolSize,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      statement_timeout: STATEMENT_MS_MAX,
      query_timeout: STATEMENT_MS_MAX + SILENCE_MS_MAX,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS_MAX,
      application_name: "referralhub",
      types: types as pg.CustomTypesConfig,
    });
    this.#pool.on("error", (error) =>
      options.log.warn({ reason: error.message }, "a database connection was lost"),
    );
    // One that is lost while in use says so to whoever waits for its answer, and must not end the process.
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  /** One transaction in one program. It is tried again when another one was in its way. */
  write<T>(programId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#write(scopeOf(programId), seeNothing, fn);
  }

  /** The same for one that knows beforehand what it will look at: that is asked together with the beginning. */
  writeSeeing<Seen, T>(
    programId: string,
    look: (reader: Reader) => Promise<Seen>,
    fn: (tx: Tx, seen: Seen) => Promise<T>,
  ): Promise<T> {
    return this.#write(scopeOf(programId), look, fn);
  }

  /**
   * One statement that is a transaction of its own, in one round trip. It takes its program, position and time
   * from `scope`, one row to select from, which also tells row-level security the program.
   */
  async writeAtOnce(programId: string, statement: (scope: Query) => Query): Promise<number> {
    const scope = sql`(
      select set_config('app.program_id', ${scopeOf(programId)}, true) as program_id,
             pg_current_xact_id()::text::bigint + ${await this.#offset()}::bigint as position, now() as now
      offset 0) as scope`;
    const query = statement(scope);
    for (let attempt = 1; ; attempt++) {
      const client = await this.#checkOut();
      let broken = false;
      try {
        return await new Session(client, { programId, usesNames: this.#usesNames }).run(query);
      } catch (error) {
        broken = isBroken(error);
        if (attempt < RETRIES_MAX && mayHelpToRetry(error)) continue;
        throw asRefusal(error);
      } finally {
        client.release(broken);
      }
    }
  }

  /** One transaction over the directory tables, which stand outside every program. */
  writeDirectory<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#write(null, seeNothing, fn);
  }

  /** One transaction that sees one moment of one program. */
  read<T>(programId: string, fn: (reader: Reader) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    return this.#read(scopeOf(programId), fn, options);
  }

  readDirectory<T>(fn: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#read(null, fn);
  }

  /** Positions below this one are final: no transaction still running can add to them. */
  async horizon(reader: Reader): Promise<bigint> {
    return (await this.horizonAndRest(reader)).horizon;
  }

  /** The horizon, and whether nothing at all was being written when it was read. */
  async horizonAndRest(reader: Reader): Promise<{ horizon: bigint; isQuiet: boolean }> {
    const row = await reader.one<{ oldest: bigint; next: bigint }>(HORIZON);
    return { horizon: row.oldest + (await this.#offset()), isQuiet: row.oldest === row.next };
  }

  /** A connection of its own, for LISTEN and locks that outlive a transaction. */
  connect(): Promise<pg.PoolClient> {
    return this.#checkOut();
  }

  /** How long the database takes to say anything, in milliseconds. */
  async ping(): Promise<number> {
    const began = performance.now();
    await this.readDirectory((reader) => reader.one(PING));
    return Math.round((performance.now() - began) * 100) / 100;
  }

  get waiting(): number {
    return this.#pool.waitingCount;
  }

  async close(): Promise<void> {
    // What is lost from now on is not missed: the server may be shut down while the last ones say goodbye.
    this.#pool.removeAllListeners("error").on("error", () => {});
    await this.#pool.end();
  }

  async #write<Seen, T>(
    programId: string | null,
    look: (reader: Reader) => Promise<Seen>,
    fn: (tx: Tx, seen: Seen) => Promise<T>,
  ): Promise<T> {
    const offset = await this.#offset();
    for (let attempt = 1; ; attempt++) {
      const client = await this.#checkOut();
      const session = new Session(client, { programId, usesNames: this.#usesNames });
      let broken = false;
      try {
        session.send(BEGIN);
        const starting = session.one<Start>(startOf(programId));
        const learnt: string[] = [];
        const begin = (start: Start) => this.#txOf(session, start, offset, learnt);
        const result = await workIn(starting, begin, look(session), fn);
        await commit(session);
        for (const fact of learnt) this.#facts.set(fact, true);
        return result;
      } catch (error) {
        session.close();
        broken = !(await rollBack(client, error));
        if (attempt < RETRIES_MAX && mayHelpToRetry(error)) continue;
        throw asRefusal(error);
      } finally {
        client.release(broken);
      }
    }
  }

  #txOf(session: Session, start: Start, offset: bigint, learnt: string[]): Tx {
    const { programId } = session;
    return Object.assign(session, {
      now: start.now,
      position: start.position + offset,
      newId: this.newId,
      isKnown: (fact: string) => this.#facts.has(`${programId} ${fact}`),
      keepInMind: (fact: string) => void learnt.push(`${programId} ${fact}`),
    });
  }

  async #read<T>(
    programId: string | null,
    fn: (reader: Reader) => Promise<T>,
    { statementMsMax }: ReadOptions = {},
  ): Promise<T> {
    const client = await this.#checkOut();
    // Who may work longer may be silent longer, too.
    const silenceMs = statementMsMax === undefined ? undefined : statementMsMax + SILENCE_MS_MAX;
    const session = new Session(client, { programId, usesNames: this.#usesNames, silenceMs });
    if (programId === null) {
      try {
        const answer = await fn(session);
        client.release();
        return answer;
      } catch (error) {
        session.close();
        client.release(isBroken(error));
        throw asRefusal(error);
      }
    }
    try {
      // The first statement of `fn` follows on the wire at once.
      session.send(BEGIN_READ);
      session.send(scopeTo(programId));
      if (statementMsMax !== undefined) session.send(limitTo(statementMsMax));
      const result = await fn(session);
      // The answer need not wait for the end of a transaction that wrote nothing.
      void session.command(COMMIT).then(
        () => client.release(),
        () => client.release(true),
      );
      return result;
    } catch (error) {
      session.close();
      client.release(!(await rollBack(client, error)));
      // Who asked for a limit of their own wants to know when it was reached.
      throw statementMsMax === undefined ? asRefusal(error) : asOutage(error);
    }
  }

  async #checkOut(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async #offset(): Promise<bigint> {
    if (this.#positionOffset === null) {
      const row = await this.#read(null, (reader) => reader.one<{ offset: bigint }>(OFFSET));
      this.#positionOffset = row.offset;
    }
    return this.#positionOffset;
  }
}

const seeNothing = async (): Promise<void> => {};

function scopeOf(programId: string): string {
  if (!PROGRAM_ID.test(programId)) throw new Refusal("not_found");
  return programId;
}

/** On its own, so that what was seen need not be kept while the commit is waited for. */
async function workIn<Seen, T>(
  starting: Promise<Start>,
  begin: (start: Start) => Tx,
  looking: Promise<Seen>,
  fn: (tx: Tx, seen: Seen) => Promise<T>,
): Promise<T> {
  const [start, seen] = await Promise.all([starting, looking]);
  return fn(begin(start), seen);
}

type Start = { now: Date; position: bigint };

/** The clock and the place in the log of a transaction, which is bound to its program at the same time. */
function startOf(programId: string | null): Query {
  const scope = programId === null ? sql`` : sql`, set_config('app.program_id', ${programId}, true)`;
  return sql`select now() as now, pg_current_xact_id()::text::bigint as position${scope}`;
}

function scopeTo(programId: string): Query {
  return sql`select set_config('app.program_id', ${programId}, true)`;
}

function limitTo(statementMsMax: number): Query {
  return sql`select set_config('statement_timeout', ${String(statementMsMax)}, true)`;
}

/** With everything that was left to travel along; what failed before it, or in it, is thrown. */
async function commit(session: Session): Promise<void> {
  const tag = await session.command(COMMIT);
  if (tag !== "COMMIT") throw new Error(`A transaction that was to be committed was answered ${tag}.`);
}

async function rollBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
  if (isBroken(error)) return false;
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}

const BEGIN = sql`begin`;
const BEGIN_READ = sql`begin isolation level repeatable read read only`;
const COMMIT = sql`commit`;
const HORIZON = sql`
  select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
         pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next`;
const PING = sql`select 1 as pong`;
const OFFSET = sql`select position_offset as offset from installation`;
