import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import { LRUCache } from "lru-cache";
import pg from "pg";
import type { NewId } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import { asOutage, asRefusal, isBroken, mayHelpToRetry } from "./database-errors.ts";
import { createIdSource } from "./id-source.ts";
import type { Log } from "./log.ts";

/** A statement written with Kysely's `sql` tag. */
export type Query = RawBuilder<unknown>;

export type QueryOptions = {
  /** Not prepared: for a statement whose plan, made while its table was empty, would be wrong when it has grown. */
  isPlannedEachTime?: true;
};

/** Reads one program's rows (or, with no program, the directory tables). */
export type Reader = {
  readonly programId: string | null;
  many<Row>(query: Query, options?: QueryOptions): Promise<Row[]>;
  one<Row>(query: Query): Promise<Row>;
  maybe<Row>(query: Query): Promise<Row | null>;
  /** Statements that `send` issues without waiting for each other leave in one write to the server. */
  together<T>(send: () => Promise<T>): Promise<T>;
};

/** One transaction that may write, with the database's clock, its commit position and a maker of ids. */
export type Tx = Reader & {
  readonly now: Date;
  readonly position: bigint;
  readonly newId: NewId;
  /** Answers how many rows were affected. */
  run(query: Query): Promise<number>;
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
const INT8 = 20;
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 && format !== "binary" ? BigInt : pg.types.getTypeParser(oid, format as "text"),
};

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
      // Statements that do not wait for each other travel together.
      pipeline: true,
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
    return this.#write(scopeOf(programId), fn);
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
        return await new Session(client, programId, this.#usesNames).run(query);
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
    return this.#write(null, fn);
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

  async #write<T>(programId: string | null, fn: (tx: Tx) => Promise<T>): Promise<T> {
    const offset = await this.#offset();
    for (let attempt = 1; ; attempt++) {
      const client = await this.#checkOut();
      let broken = false;
      try {
        const opened = (await client.query(openingOf(programId))) as unknown as pg.QueryResult[];
        const start = opened.at(-1)?.rows[0] as { now: Date; position: bigint };
        const session = new Session(client, programId, this.#usesNames);
        const learnt: string[] = [];
        const tx: Tx = Object.assign(session, {
          now: start.now,
          position: start.position + offset,
          newId: this.newId,
          isKnown: (fact: string) => this.#facts.has(`${programId} ${fact}`),
          keepInMind: (fact: string) => void learnt.push(`${programId} ${fact}`),
        });
        const result = await fn(tx);
        await client.query("commit");
        for (const fact of learnt) this.#facts.set(fact, true);
        return result;
      } catch (error) {
        broken = !(await rollBack(client, error));
        if (attempt < RETRIES_MAX && mayHelpToRetry(error)) continue;
        throw asRefusal(error);
      } finally {
        client.release(broken);
      }
    }
  }

  async #read<T>(
    programId: string | null,
    fn: (reader: Reader) => Promise<T>,
    options: ReadOptions = {},
  ): Promise<T> {
    const client = await this.#checkOut();
    if (programId === null) {
      try {
        const answer = await fn(new Session(client, null, this.#usesNames));
        client.release();
        return answer;
      } catch (error) {
        client.release(isBroken(error));
        throw asRefusal(error);
      }
    }
    try {
      // Not awaited: the first statement of `fn` follows on the wire at once.
      const opening = client.query(readOpeningOf(programId, options));
      opening.catch(() => {});
      const result = await fn(new Session(client, programId, this.#usesNames, options.statementMsMax));
      await opening;
      // The answer need not wait for the end of a transaction that wrote nothing.
      void client.query("commit").then(
        () => client.release(),
        () => client.release(true),
      );
      return result;
    } catch (error) {
      client.release(!(await rollBack(client, error)));
      // Who asked for a limit of their own wants to know when it was reached.
      throw options.statementMsMax === undefined ? asRefusal(error) : asOutage(error);
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

class Session implements Reader {
  readonly programId: string | null;
  readonly #client: pg.PoolClient;
  readonly #usesNames: boolean;

  readonly #silence: { query_timeout?: number };

  constructor(client: pg.PoolClient, programId: string | null, usesNames: boolean, statementMsMax?: number) {
    this.#client = client;
    this.programId = programId;
    this.#usesNames = usesNames;
    // Who may work longer may be silent longer, too.
    this.#silence = statementMsMax === undefined ? {} : { query_timeout: statementMsMax + SILENCE_MS_MAX };
  }

  async many<Row>(query: Query, options: QueryOptions = {}): Promise<Row[]> {
    const result = await this.#query(query, options);
    const names = result.fields.map((field) => camelCase(field.name));
    return result.rows.map((values) => rowOf<Row>(names, values));
  }

  async one<Row>(query: Query): Promise<Row> {
    const row = await this.maybe<Row>(query);
    if (row === null) throw new Error("A statement that must answer one row answered none.");
    return row;
  }

  async maybe<Row>(query: Query): Promise<Row | null> {
    const rows = await this.many<Row>(query);
    return rows[0] ?? null;
  }

  async run(query: Query): Promise<number> {
    return (await this.#query(query)).rowCount ?? 0;
  }

  together<T>(send: () => Promise<T>): Promise<T> {
    const { stream } = (this.#client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    try {
      return send();
    } finally {
      process.nextTick(() => stream.uncork());
    }
  }

  #query(query: Query, { isPlannedEachTime }: QueryOptions = {}): Promise<pg.QueryArrayResult<unknown[]>> {
    const compiled = query.compile(compiler);
    return this.#client.query({
      ...(this.#usesNames && !isPlannedEachTime ? { name: nameOf(compiled.sql) } : {}),
      text: compiled.sql,
      values: [...compiled.parameters],
      rowMode: "array",
      ...this.#silence,
    } as pg.QueryArrayConfig);
  }
}

function scopeOf(programId: string): string {
  if (!PROGRAM_ID.test(programId)) throw new Refusal("not_found");
  return programId;
}

function openingOf(programId: string | null): string {
  const scope = programId === null ? "" : `set local app.program_id = '${programId}'; `;
  return `begin; ${scope}select now() as now, pg_current_xact_id()::text::bigint as position`;
}

function readOpeningOf(programId: string, { statementMsMax }: ReadOptions): string {
  const limit = statementMsMax === undefined ? "" : `; set local statement_timeout = ${statementMsMax}`;
  return `begin isolation level repeatable read read only; set local app.program_id = '${programId}'${limit}`;
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

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `s_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

const camelNames = new Map<string, string>();

function camelCase(name: string): string {
  let camel = camelNames.get(name);
  if (camel === undefined) {
    camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(name, camel);
  }
  return camel;
}

function rowOf<Row>(keys: string[], values: unknown[]): Row {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < keys.length; i++) row[keys[i] as string] = values[i];
  return row as Row;
}

const HORIZON = sql`
  select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
         pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next`;
const PING = sql`select 1 as pong`;
const OFFSET = sql`select position_offset as offset from installation`;
