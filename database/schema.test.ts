import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { useDatabase } from "../tests/support/database.ts";
import { dumpSchema } from "./dump-schema.ts";

const FILE = path.join(import.meta.dirname, "schema.sql");
const database = useDatabase();

test("schema.sql says what the migrations make; `npm run schema` writes it anew", async () => {
  expect(await dumpAfter()).toBe(await readFile(FILE, "utf8"));
});

test.each([
  ["a column", "alter table links add column colour text default 'red'"],
  ["a check", "alter table links add constraint short check (length(code) < 9)"],
  ["an index", "create index links_state on links (state)"],
  ["a policy", "create policy everybody on links using (true)"],
  ["row-level security", "alter table links no force row level security"],
  ["a grant", "grant delete on links to public"],
  ["a grant on a column", "grant update (code) on links to public"],
  [
    "a trigger",
    "create trigger t before update on links execute function suppress_redundant_updates_trigger()",
  ],
  ["a function", "create function public.one() returns int language sql as 'select 1'"],
  ["a view", "create or replace view ledger_entries as select 1 as one"],
])("notices %s", async (_what, change) => {
  const before = await dumpAfter();
  const statement = change.replace(/create or replace view (\w+)/, "drop view $1; create view $1");
  expect(await dumpAfter(statement)).not.toBe(before);
});

/** What is dumped after a change that is then taken back. */
async function dumpAfter(change = "select 1"): Promise<string> {
  const client = new pg.Client(database.owner);
  await client.connect();
  try {
    await client.query("begin");
    await client.query(change);
    return await dumpSchema(client, String(database.app.user));
  } finally {
    await client.query("rollback");
    await client.end();
  }
}
