import type { WireWriter } from "./wire-writer.ts";

export type ColumnType =
  | "text"
  /** Short text of ours: ids, codes of states, hashes. */
  | "id"
  | "int"
  | "smallint"
  | "bigint"
  | "boolean"
  | "timestamptz"
  | "json"
  | "jsonb"
  /** Ids and codes only. Arrives as text, to be cast where it is selected: arrays of arrays cannot be unnested. */
  | "text[]";

/**
 * One column of many rows as an array in PostgreSQL's binary form: written without being quoted, and read
 * there without being parsed.
 */
export class Column {
  readonly type: ColumnType;
  readonly #key: string;
  readonly #rows: readonly object[];

  constructor(type: ColumnType, key: string, rows: readonly object[]) {
    this.type = type;
    this.#key = key;
    this.#rows = rows;
  }

  write(writer: WireWriter): void {
    const { oid, write } = FORMS[this.type];
    const rows = this.#rows as readonly Record<string, unknown>[];
    const key = this.#key;
    writer.int32(rows.length === 0 ? 0 : 1);
    // Whether there are nulls: PostgreSQL looks for itself.
    writer.int32(1);
    writer.int32(oid);
    if (rows.length === 0) return;
    writer.int32(rows.length);
    writer.int32(1);
    for (const row of rows) {
      const value = row[key];
      if (value === null || value === undefined) writer.int32(-1);
      else write(writer, value);
    }
  }
}

type Form = { oid: number; write(writer: WireWriter, value: unknown): void };

/** 2000-01-01, from which PostgreSQL counts microseconds. */
const EPOCH_MS = 946_684_800_000;
const MICROS_PER_MS = 1_000;
const JSONB_VERSION = 1;

const TEXT: Form = { oid: 25, write: (writer, value) => writeText(writer, value as string) };

const FORMS: Readonly<Record<ColumnType, Form>> = {
  text: TEXT,
  id: { oid: TEXT.oid, write: (writer, value) => writer.shortText(value as string) },
  "text[]": {
    oid: TEXT.oid,
    write: (writer, value) => writeText(writer, `{${(value as readonly string[]).join(",")}}`),
  },
  int: {
    oid: 23,
    write: (writer, value) => {
      writer.int32(4);
      writer.int32(Number(value));
    },
  },
  smallint: {
    oid: 21,
    write: (writer, value) => {
      writer.int32(2);
      writer.int16(Number(value));
    },
  },
  bigint: {
    oid: 20,
    write: (writer, value) => {
      writer.int32(8);
      writer.int64(typeof value === "bigint" ? value : BigInt(value as string | number));
    },
  },
  boolean: {
    oid: 16,
    write: (writer, value) => {
      writer.int32(1);
      writer.byte(value === true ? 1 : 0);
    },
  },
  timestamptz: {
    oid: 1184,
    write: (writer, value) => {
      writer.int32(8);
      writer.int64OfNumber(((value as Date).getTime() - EPOCH_MS) * MICROS_PER_MS);
    },
  },
  json: { oid: 114, write: (writer, value) => writeText(writer, JSON.stringify(value)) },
  jsonb: {
    oid: 3802,
    write: (writer, value) => {
      const start = writer.begin();
      writer.byte(JSONB_VERSION);
      writer.text(JSON.stringify(value));
      writer.end(start);
    },
  },
};

function writeText(writer: WireWriter, text: string): void {
  const start = writer.begin();
  writer.text(text);
  writer.end(start);
}
