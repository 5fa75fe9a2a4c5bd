import type pg from "pg";
import { Column } from "./columns.ts";
import type { Statement } from "./statement.ts";
import { types } from "./types.ts";
import type { WireWriter } from "./wire-writer.ts";

/** How the columns of a statement's rows are called and read. */
export type RowShape = { names: readonly string[]; parsers: readonly ((text: string) => unknown)[] };

/** What one connection has prepared: by name, with the shape of its rows where that was asked for. */
export type Prepared = Map<string, RowShape | null>;

export type Question = Statement & {
  isPrepared: boolean;
  wantsRows: boolean;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

export type Answer = { rows: unknown[]; tag: string };

const NOTHING: readonly unknown[] = [];

type Row = Record<string, unknown>;
type Field = { name: string; dataTypeID: number };

const CODE = {
  parse: 80,
  bind: 66,
  describe: 68,
  execute: 69,
  close: 67,
  sync: 83,
  statement: 83,
  portal: 80,
};

/**
 * Some statements that leave in one write and are answered in one piece: PostgreSQL carries them out in their
 * order and, after the first that fails, none of the others (manual, section 54.2.3, without a Sync between
 * them). So a commit that travels with the statements before it never commits without them.
 */
export class Exchange {
  /** Read by `pg`, which ends an exchange that takes longer. */
  readonly query_timeout: number | undefined;
  /** Called once, by what `pg` wraps around it. */
  callback: (error?: unknown) => void;
  readonly #questions: readonly Question[];
  readonly #prepared: Prepared;
  readonly #writer: WireWriter;
  #at = 0;
  #shape: RowShape | null = null;
  #rows: Row[] = [];

  constructor(
    questions: readonly Question[],
    { prepared, writer }: { prepared: Prepared; writer: WireWriter },
    done: (error?: unknown) => void,
    timeoutMs: number | undefined,
  ) {
    this.#questions = questions;
    this.#prepared = prepared;
    this.#writer = writer;
    this.query_timeout = timeoutMs;
    this.callback = (error) => {
      if (error !== undefined && error !== null)
        for (const left of questions.slice(this.#at)) left.reject(error);
      done(error);
    };
    this.#shape = this.#knownShape();
  }

  submit(connection: pg.Connection): void {
    this.#writer.clear();
    for (const question of this.#questions) {
      ask(this.#writer, question, this.#prepared);
      // Written down, so that the rows of a batch need not outlive it while the disk is waited for.
      question.values = NOTHING;
    }
    message(this.#writer, CODE.sync);
    connection.stream.write(this.#writer.bytes);
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.#shape = shapeOf(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#shape) this.#rows.push(rowOf(this.#shape, fields));
  }

  handleCommandComplete({ text }: { text: string }): void {
    const question = this.#questions[this.#at++];
    if (!question) return;
    // From now on it is known there, and needs no description.
    if (question.isPrepared && (question.wantsRows || !this.#prepared.has(question.name)))
      this.#prepared.set(question.name, this.#shape);
    const rows = this.#rows;
    this.#rows = [];
    this.#shape = this.#knownShape();
    question.resolve({ rows, tag: text });
  }

  handleError(error: unknown): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback();
  }

  #knownShape(): RowShape | null {
    const next = this.#questions[this.#at];
    return (next?.wantsRows && next.isPrepared && this.#prepared.get(next.name)) || null;
  }
}

function ask(writer: WireWriter, question: Question, prepared: Prepared): void {
  const name = question.isPrepared ? question.name : "";
  const known = question.isPrepared ? prepared.get(name) : undefined;
  if (known === undefined) {
    // One of that name may stand from an exchange that failed.
    if (name !== "") closing(writer, name);
    const start = begin(writer, CODE.parse);
    writer.name(name);
    writer.name(question.text);
    writer.int16(0);
    writer.endMessage(start);
  }
  bind(writer, name, question.values);
  if (question.wantsRows && !known) {
    const start = begin(writer, CODE.describe);
    writer.byte(CODE.portal);
    writer.name("");
    writer.endMessage(start);
  }
  const start = begin(writer, CODE.execute);
  writer.name("");
  writer.int32(0);
  writer.endMessage(start);
}

function closing(writer: WireWriter, name: string): void {
  const start = begin(writer, CODE.close);
  writer.byte(CODE.statement);
  writer.name(name);
  writer.endMessage(start);
}

function bind(writer: WireWriter, name: string, values: readonly unknown[]): void {
  const start = begin(writer, CODE.bind);
  writer.name("");
  writer.name(name);
  writer.int16(values.length);
  for (const value of values) writer.int16(isBinary(value) ? 1 : 0);
  writer.int16(values.length);
  for (const value of values) writeValue(writer, value);
  // All columns come back as text.
  writer.int16(0);
  writer.endMessage(start);
}

function isBinary(value: unknown): value is Column | Uint8Array {
  return value instanceof Column || value instanceof Uint8Array;
}

function writeValue(writer: WireWriter, value: unknown): void {
  if (value === null || value === undefined) {
    writer.int32(-1);
    return;
  }
  const start = writer.begin();
  if (value instanceof Column) value.write(writer);
  else if (value instanceof Uint8Array) writer.raw(value);
  else writer.text(textOf(value));
  writer.end(start);
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return arrayText(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** An array as PostgreSQL writes it (manual, section 8.15.2). */
function arrayText(elements: readonly unknown[]): string {
  let text = "";
  for (const element of elements)
    text +=
      element === null || element === undefined ? ",NULL" : `,"${textOf(element).replace(/["\\]/g, "\\$&")}"`;
  return `{${text.slice(1)}}`;
}

function begin(writer: WireWriter, code: number): number {
  writer.byte(code);
  return writer.begin();
}

function message(writer: WireWriter, code: number): void {
  writer.endMessage(begin(writer, code));
}

function shapeOf(fields: readonly Field[]): RowShape {
  return {
    names: fields.map(({ name }) => camelCase(name)),
    parsers: fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID)),
  };
}

function rowOf({ names, parsers }: RowShape, fields: readonly (string | null)[]): Row {
  const row: Row = {};
  for (let i = 0; i < names.length; i++) {
    const field = fields[i];
    row[names[i] as string] = field === null || field === undefined ? null : parsers[i]?.(field);
  }
  return row;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
