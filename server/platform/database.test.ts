import { sql } from "kysely";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import type { ColumnType } from "./columns.ts";
import { Database, type Query, type Tx } from "./database.ts";
import { keepAnswer } from "./idempotency.ts";
import { tableOf } from "./rows.ts";
import { Session } from "./session.ts";

const database = useDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database.db);
});

const keep = (tx: Tx, key: string) =>
  keepAnswer(tx, { key, fingerprint: "of a test" }, { status: 200, body: "{}" });

const isKept = async (key: string): Promise<boolean> => {
  const kept = await world.read((reader) =>
    reader.many(sql`select from idempotency_keys where program_id = ${world.programId} and key = ${key}`),
  );
  return kept.length > 0;
};

const FAILING = sql`select 1 / 0`;

describe("a transaction", () => {
  it("that leaves its last statements to travel with the commit keeps what they wrote", async () => {
    await world.write((tx) => keep(tx, "kept"));
    expect(await isKept("kept")).toBe(true);
  });

  it("of which a statement on its way with the commit fails is an error, and leaves nothing", async () => {
    const written = world.write(async (tx) => {
      await keep(tx, "before");
      tx.send(FAILING);
      await keep(tx, "after");
    });
    await expect(written).rejects.toMatchObject({ code: "22012" });
    expect([await isKept("before"), await isKept("after")]).toEqual([false, false]);
  });

  it("whose failure nobody minded is an error all the same", async () => {
    const written = world.write(async (tx) => {
      await keep(tx, "unminded");
      await tx.run(FAILING).catch(() => {});
      return "done";
    });
    await expect(written).rejects.toThrow("answered ROLLBACK");
    expect(await isKept("unminded")).toBe(false);
  });

  it("is tried again when somebody wrote the same meanwhile, which shows with the commit", async () => {
    let attempts = 0;
    await world.write((tx) => keep(tx, "same"));
    await world.write(async (tx) => {
      await keep(tx, attempts++ === 0 ? "same" : "another");
    });
    expect([attempts, await isKept("another")]).toEqual([2, true]);
  });

  it("has looked in its own program when it begins", async () => {
    const look = (key: string) => sql`
      select current_setting('app.program_id') as scope, pg_current_xact_id_if_assigned() is not null as is_writing
       where ${key} = 'looked'`;
    const seen = await world.db.writeSeeing(
      world.programId,
      (reader) => reader.one(look("looked")),
      async (tx, found) => ({ found, own: await tx.one(look("looked")) }),
    );
    const expected = { scope: world.programId, isWriting: true };
    expect(seen).toEqual({ found: expected, own: expected });
  });

  it("sends nothing more once it has failed", async () => {
    const later: Promise<string>[] = [];
    const written = world.write(async (tx) => {
      const slow = tx.run(sql`select pg_sleep(0.05)`);
      const more = slow.then(() => tx.run(sql`insert into cursors (program_id, reader) values ('', '')`));
      later.push(more.then(String, (error: Error) => error.message));
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error("changed its mind");
    });
    await expect(written).rejects.toThrow("changed its mind");
    expect(await later[0]).toContain("is over");
  });
});

describe("a session", () => {
  let client: pg.PoolClient;
  let sent = 0;
  const sessionOf = () => {
    sent = 0;
    const counting = new Proxy(client, {
      get: (target, name) => {
        if (name === "query") sent++;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    return new Session(counting, { programId: null, usesNames: true });
  };

  beforeAll(async () => {
    client = await database.db.connect();
  });
  afterAll(() => client.release());

  const number = (value: number): Query => sql`select ${value}::int as a_number`;

  it("asks at once what does not wait, in the order it was asked", async () => {
    const session = sessionOf();
    session.send(number(0));
    const asked = [session.one(number(1)), session.many(number(2)), session.run(number(3))];
    expect(await Promise.all(asked)).toEqual([{ aNumber: 1 }, [{ aNumber: 2 }], 1]);
    expect(sent).toBe(1);
  });

  it("asks together also what is asked while an answer is awaited", async () => {
    const session = sessionOf();
    const first = session.one(number(1));
    await new Promise((resolve) => setImmediate(resolve));
    const others = [session.one(number(2)), session.one(number(3))];
    expect(await Promise.all([first, ...others])).toEqual([{ aNumber: 1 }, { aNumber: 2 }, { aNumber: 3 }]);
    expect(sent).toBe(2);
  });

  it("answers what came before a failure, and refuses what came after", async () => {
    const session = sessionOf();
    const asked = [session.one(number(1)), session.one(FAILING), session.one(number(3))];
    const [before, failed, after] = await Promise.allSettled(asked);
    expect(before).toMatchObject({ status: "fulfilled", value: { aNumber: 1 } });
    expect(failed).toMatchObject({ status: "rejected", reason: { code: "22012" } });
    expect(after).toMatchObject({ status: "rejected", reason: { code: "22012" } });
  });

  it("can ask again what failed the first time", async () => {
    const session = sessionOf();
    const divided = (by: number): Query => sql`select 6 / ${by}::int as quotient`;
    await expect(session.one(divided(0))).rejects.toMatchObject({ code: "22012" });
    expect(await session.one(divided(2))).toEqual({ quotient: 3 });
    expect(await session.one(divided(3))).toEqual({ quotient: 2 });
  });
});

describe("rows as a table of a statement", () => {
  const columns = {
    text: "text",
    id: "id",
    int: "int",
    smallint: "smallint",
    bigint: "bigint",
    boolean: "boolean",
    timestamptz: "timestamptz",
    json: "json",
    jsonb: "jsonb",
    texts: "text[]",
  } as const satisfies Record<string, ColumnType>;
  type Row = Record<keyof typeof columns, unknown>;
  const read = (rows: Row[]) =>
    world.read((reader) =>
      reader.many(sql`
        select text, id, int, smallint, bigint, boolean, timestamptz, json, jsonb, texts::text[] as texts
          from ${tableOf("sent", columns, rows)}`),
    );

  it("arrive as they were", async () => {
    const rows: Row[] = [
      {
        ...{ text: 'a "quoted", {braced} \\ नमस्ते 🙂', id: "par_abc", int: -2_147_483_648, smallint: 32_767 },
        ...{
          bigint: -9_223_372_036_854_775_808n,
          boolean: true,
          timestamptz: new Date("1970-01-01T00:00:00.001Z"),
        },
        ...{ json: { a: ['"', null] }, jsonb: { b: "\\" }, texts: ["par_a", "par_b"] },
      },
      {
        ...{ text: "", id: "naïve", int: 1, smallint: -1, bigint: 9_007_199_254_740_993n, boolean: false },
        ...{ timestamptz: new Date("9999-12-31T23:59:59.999Z"), json: [], jsonb: 0, texts: [] },
      },
      Object.fromEntries(Object.keys(columns).map((name) => [name, null])) as Row,
    ];
    expect(await read(rows)).toEqual(rows);
  });

  it("have arrays and times read as PostgreSQL writes them", async () => {
    const values = world.read((reader) =>
      reader.one(sql`
        select '{}'::text[] as nothing, '{a,b}'::text[] as words, '{"a,b",NULL,"NULL","\\\\"}'::text[] as odd,
               '{{a,b},{c,d}}'::text[] as deep, timestamptz '2026-03-01 09:30:00.123456+05:30' as micros,
               timestamptz '2026-03-01 09:30:00Z' as seconds, timestamptz '0044-03-15 BC' as old`),
    );
    expect(await values).toEqual({
      nothing: [],
      words: ["a", "b"],
      odd: ["a,b", null, "NULL", "\\"],
      deep: [
        ["a", "b"],
        ["c", "d"],
      ],
      micros: new Date("2026-03-01T04:00:00.123Z"),
      seconds: new Date("2026-03-01T09:30:00Z"),
      old: new Date("-000043-03-15T00:00:00Z"),
    });
  });

  it("may be none, or more than a buffer holds at first", async () => {
    expect(await read([])).toEqual([]);
    const [empty] = [Object.fromEntries(Object.keys(columns).map((name) => [name, null])) as Row];
    const many = Array.from({ length: 3_000 }, (_, n) => ({ ...empty, id: `par_${n}`, text: "é".repeat(9) }));
    expect(await read(many)).toEqual(many);
  });
});

it("works without names, as through a pooler that forgets prepared statements", async () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const db = new Database({ connection: database.app, poolSize: 1, preparedStatements: false, log });
  const asked = () =>
    db.read(world.programId, (reader) =>
      Promise.all([
        reader.one(sql`select program_id from programs where program_id = ${world.programId}`),
        reader.one(sql`select (select count(*) from pg_prepared_statements) as prepared`),
      ]),
    );
  await asked();
  expect(await asked()).toEqual([{ programId: world.programId }, { prepared: 0n }]);
  await db.close();
});
