import type pg from "pg";
import { type Answer, Exchange, type Prepared, type Question } from "./exchange.ts";
import { type Query, statementOf } from "./statement.ts";
import { WireWriter } from "./wire-writer.ts";

export type QueryOptions = {
  /** Not prepared: for a statement whose plan, made while its table was empty, would be wrong when it has grown. */
  isPlannedEachTime?: true;
};

/**
 * Reads one program's rows (or, with no program, the directory tables). Statements that do not wait for each
 * other travel together.
 */
export type Reader = {
  readonly programId: string | null;
  many<Row>(query: Query, options?: QueryOptions): Promise<Row[]>;
  one<Row>(query: Query): Promise<Row>;
  maybe<Row>(query: Query): Promise<Row | null>;
};

/** What is kept of a connection from one session to the next. */
type Kept = { prepared: Prepared; writer: WireWriter };

const WRITER_BYTES = 16 * 1024;
/** A buffer that one large batch needed is not kept for the small ones after it. */
const WRITER_BYTES_KEPT_MAX = 2 * 1024 * 1024;

const kept = new WeakMap<pg.ClientBase, Kept>();

export type SessionOptions = {
  programId: string | null;
  usesNames: boolean;
  /** Milliseconds without an answer after which the connection counts as dead; absent: the usual ones. */
  silenceMs?: number | undefined;
};

/**
 * Statements over one connection. Whatever is asked before the event loop turns leaves in one exchange, and what
 * nobody waits for (`send`) leaves with what is asked next.
 */
export class Session implements Reader {
  readonly programId: string | null;
  readonly #client: pg.ClientBase;
  readonly #usesNames: boolean;
  readonly #silenceMs: number | undefined;
  #waiting: Question[] = [];
  #isAsking = false;
  #isDue = false;
  #isClosed = false;

  constructor(client: pg.ClientBase, { programId, usesNames, silenceMs }: SessionOptions) {
    this.#client = client;
    this.programId = programId;
    this.#usesNames = usesNames;
    this.#silenceMs = silenceMs;
  }

  many<Row>(query: Query, options: QueryOptions = {}): Promise<Row[]> {
    return this.#ask(query, true, options).then(({ rows }) => rows as Row[]);
  }

  async one<Row>(query: Query): Promise<Row> {
    const row = await this.maybe<Row>(query);
    if (row === null) throw new Error("A statement that must answer one row answered none.");
    return row;
  }

  async maybe<Row>(query: Query): Promise<Row | null> {
    const [row] = await this.many<Row>(query);
    return row ?? null;
  }

  run(query: Query, options: QueryOptions = {}): Promise<number> {
    return this.#ask(query, false, options).then(affected);
  }

  send(query: Query): void {
    this.#waiting.push(this.#questionOf(query, false, {}, ignore, ignore));
  }

  /** The tag of a command without rows, such as the word after a commit. */
  command(query: Query): Promise<string> {
    return this.#ask(query, false).then(({ tag }) => tag);
  }

  /** Sends nothing more: the connection is about to serve another. Who still waits has been told why already. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }

  #ask(query: Query, wantsRows: boolean, options: QueryOptions = {}): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(new Error("The transaction of this statement is over."));
    return new Promise((resolve, reject) => {
      this.#waiting.push(this.#questionOf(query, wantsRows, options, resolve, reject));
      if (this.#isDue || this.#isAsking) return;
      this.#isDue = true;
      process.nextTick(() => {
        this.#isDue = false;
        this.#exchange();
      });
    });
  }

  #questionOf(
    query: Query,
    wantsRows: boolean,
    { isPlannedEachTime }: QueryOptions,
    resolve: Question["resolve"],
    reject: Question["reject"],
  ): Question {
    const { name, text, values } = statementOf(query);
    return {
      name,
      text,
      values,
      wantsRows,
      isPrepared: this.#usesNames && !isPlannedEachTime,
      resolve,
      reject,
    };
  }

  #exchange(): void {
    const questions = this.#waiting;
    this.#waiting = [];
    if (questions.length === 0) return;
    this.#isAsking = true;
    const done = (): void => {
      this.#isAsking = false;
      if (this.#waiting.some(({ resolve }) => resolve !== ignore)) this.#exchange();
    };
    this.#client.query(new Exchange(questions, keptOf(this.#client), done, this.#silenceMs));
  }
}

const ignore = (): void => {};

function affected({ tag }: Answer): number {
  return Number(tag.slice(tag.lastIndexOf(" ") + 1)) || 0;
}

function keptOf(client: pg.ClientBase): Kept {
  let one = kept.get(client);
  if (one === undefined) {
    one = { prepared: new Map(), writer: new WireWriter(WRITER_BYTES) };
    kept.set(client, one);
  } else if (one.writer.capacity > WRITER_BYTES_KEPT_MAX) {
    one.writer = new WireWriter(WRITER_BYTES);
  }
  return one;
}
