import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Finding, houseOf } from "./tidy/house.ts";
import { houseRules } from "./tidy/rules/index.ts";
import { readTree, treeOf } from "./tidy/source.ts";

/** The line: a room imports only rooms above it. A new room takes its place here. */
const ROOMS = [
  ...["primitives", "platform", "access", "events", "messages", "mail"],
  "ledger",
  ...["programs", "participants", "links", "invitations"],
  ...["clicks", "referrals", "welcome", "conversions"],
  ...["rewards", "fraud", "payouts"],
  ...["recognition", "notifications", "imports", "reports", "proof"],
  "docs",
];

const tree = readTree(path.dirname(import.meta.dirname));
const house = houseOf(ROOMS, tree.files.get("GLOSSARY.md") ?? "");

describe("the house", () => {
  test.each(houseRules)("$name", (rule) => {
    expect(rule.check(tree, house).map(sentence)).toEqual([]);
  });
});

/** For each rule, trees that break it and the one sentence each must bring. */
const broken: Record<string, { [because: string]: [Record<string, string>, string] }> = {
  "imports follow the line": {
    "a room imports one below it": [
      { "server/ledger/a.ts": `import "../rewards/b.ts";`, "server/rewards/b.ts": "" },
      "server/ledger/a.ts:1 rewards stands below ledger",
    ],
    "a type crosses upwards": [
      {
        "server/events/a.ts": `import type { B } from "../links/b.ts";`,
        "server/links/b.ts": "export type B = 1",
      },
      "server/events/a.ts:1 links stands below events",
    ],
    "a room is not in the line": [
      { "server/marketing/a.ts": "" },
      "server/marketing/a.ts:1 the room marketing has no place in the line",
    ],
    "a room imports the wiring": [
      { "server/rewards/routes.ts": `import "../api.ts";`, "server/api.ts": "" },
      "server/rewards/routes.ts:1 rooms do not import server/api.ts, it wires them together",
    ],
    "a store is opened from another room": [
      { "server/rewards/settle-all.ts": `import "../ledger/store.ts";`, "server/ledger/store.ts": "" },
      "server/rewards/settle-all.ts:1 server/ledger/store.ts belongs to its room: stores never cross",
    ],
    "a door is opened from another room": [
      { "server/rewards/routes.ts": `import "../links/routes.ts";`, "server/links/routes.ts": "" },
      "server/rewards/routes.ts:1 server/links/routes.ts is another room's door",
    ],
    "a contract brings more than wire shapes": [
      { "server/links/contract.ts": `import "./link.ts";\nimport "fastify";`, "server/links/link.ts": "" },
      "server/links/contract.ts:1 a contract does not import server/links/link.ts",
    ],
    "a contract imports a package": [
      { "server/links/contract.ts": `import "fastify";` },
      "server/links/contract.ts:1 a contract does not import fastify",
    ],
    "a report calls a room": [
      { "server/reports/funnel.ts": `import "../links/link.ts";`, "server/links/link.ts": "" },
      "server/reports/funnel.ts:1 reports read tables and import foundations only, not links",
    ],
    "a journey reaches into the server": [
      { "tests/journeys/a.test.ts": `import "../../server/api.ts";`, "server/api.ts": "" },
      "tests/journeys/a.test.ts:1 a journey speaks HTTP only and does not import server/api.ts",
    ],
    "the server imports the dashboard": [
      { "server/links/link.ts": `import "../../dashboard/api.ts";`, "dashboard/api.ts": "" },
      "server/links/link.ts:1 the server does not import dashboard/api.ts",
    ],
  },
  "no import cycles": {
    "two files need each other": [
      { "server/links/a.ts": `import "./b.ts";`, "server/links/b.ts": `import type { A } from "./a.ts";` },
      "server/links/a.ts:1 server/links/a.ts → server/links/b.ts → server/links/a.ts",
    ],
  },
  "nouns import no clock, random, SQL, network, log or config": {
    "a noun asks the clock": [
      { "server/rewards/reward.ts": "export const age = () => Date.now();" },
      "server/rewards/reward.ts:1 a noun does not ask the clock: Date.now",
    ],
    "a noun makes the present": [
      { "server/rewards/reward.ts": "export const now = new Date();" },
      "server/rewards/reward.ts:1 a noun does not ask the clock: new Date()",
    ],
    "a noun throws dice": [
      { "server/links/code.ts": "export const pick = () => Math.random();" },
      "server/links/code.ts:1 a noun does not ask chance: Math.random",
    ],
    "a noun draws random bytes": [
      { "server/links/code.ts": `import { randomBytes } from "node:crypto";` },
      "server/links/code.ts:1 a noun does not import randomBytes from node:crypto",
    ],
    "a noun asks the network": [
      { "server/links/code.ts": `export const look = () => fetch("http://127.0.0.1");` },
      "server/links/code.ts:1 a noun does not ask the network: fetch()",
    ],
    "a noun reads the configuration": [
      { "server/links/code.ts": "export const port = process.env.PORT;" },
      "server/links/code.ts:1 a noun does not ask the process: process.env",
    ],
    "a noun names a transaction": [
      {
        "server/ledger/balance.ts": `import type { Tx } from "../platform/database.ts";`,
        "server/platform/database.ts": "export type Tx = 1;",
      },
      "server/ledger/balance.ts:1 a noun does not import server/platform/database.ts (plumbing)",
    ],
    "a noun calls its store": [
      {
        "server/ledger/balance.ts": `import { list } from "./store.ts";`,
        "server/ledger/store.ts": "export const list = 1;",
      },
      "server/ledger/balance.ts:1 a noun does not import server/ledger/store.ts (store)",
    ],
    "a noun calls a verb": [
      {
        "server/ledger/balance.ts": `import { findOne } from "./find-one.ts";`,
        "server/ledger/find-one.ts": "export const findOne = () => 1;",
      },
      "server/ledger/balance.ts:1 a noun does not import server/ledger/find-one.ts (verb)",
    ],
    "a noun imports a package that does things": [
      { "server/ledger/balance.ts": `import fs from "node:fs";` },
      "server/ledger/balance.ts:1 a noun does not import node:fs",
    ],
    "a file whose name starts with no verb is a noun": [
      { "server/rewards/calculate-all.ts": `import "kysely";` },
      "server/rewards/calculate-all.ts:1 a noun does not import kysely",
    ],
  },
  "SQL text only in store.ts, store/, signals/, reports/, lints/, platform/ and database/": {
    "a verb writes SQL": [
      { "server/rewards/find-rewards.ts": "\nconst text = `select id from rewards`;" },
      "server/rewards/find-rewards.ts:2 holds SQL text",
    ],
    "a report writes": [
      { "server/reports/funnel.ts": "const text = `delete from links where id = 1`;" },
      "server/reports/funnel.ts:1 a member of this shelf only reads",
    ],
    "a door takes the tag": [
      { "server/rewards/routes.ts": `import { sql } from "kysely";` },
      "server/rewards/routes.ts:1 kysely is for stores",
    ],
  },
  "the dashboard and the sdk import only contracts": {
    "a page imports a verb": [
      { "dashboard/a.tsx": `import "../server/links/link.ts";`, "server/links/link.ts": "" },
      "dashboard/a.tsx:1 server/links/link.ts is not a contract",
    ],
    "a page takes a contract as a value": [
      {
        "dashboard/a.tsx": `import { Link } from "../server/links/contract.ts";`,
        "server/links/contract.ts": "export const Link = 1;",
      },
      "dashboard/a.tsx:1 server/links/contract.ts is imported as a value, not as types",
    ],
    "a page opens a file": [
      { "sdk/client/a.ts": `import "node:fs";` },
      "sdk/client/a.ts:1 there is no node:fs in a browser",
    ],
  },
  "a verb file has one exported function, called like the file": {
    "a second function moved in": [
      { "server/links/find-link.ts": "export const findLink = () => 1;\nexport function findLinks() {}" },
      "server/links/find-link.ts:2 findLinks wants a file of its own",
    ],
    "the function is called otherwise": [
      { "server/links/find-link.ts": "export const link = 1;" },
      "server/links/find-link.ts:1 does not export the function findLink",
    ],
  },
  "names avoid the words the glossary replaces": {
    "a file": [
      { "server/links/link-utils.ts": "" },
      `server/links/link-utils.ts:1 the file's name says "utils"`,
    ],
    "an export": [
      { "server/links/link.ts": "export class LinkManager {}" },
      `server/links/link.ts:1 LinkManager says "manager"`,
    ],
    "a column": [
      { "database/migrations/0001_a.sql": "create table links (\n  parent_id text not null\n);" },
      `database/migrations/0001_a.sql:2 parent_id says "parent"`,
    ],
  },
  "no file that nothing imports": {
    "an orphan": [{ "server/links/link.ts": "" }, "server/links/link.ts:1 nothing imports it"],
    "kept alive by its test": [
      { "server/links/link.ts": "", "server/links/link.test.ts": `import "./link.ts";` },
      "server/links/link.ts:1 only tests import it",
    ],
  },
  "no export that nothing uses": {
    "a function": [
      { "server/links/link.ts": "export function one() {}\none();" },
      "server/links/link.ts:1 nothing imports one",
    ],
    "a type that is named nowhere else": [
      { "server/links/link.ts": "export type One = 1;" },
      "server/links/link.ts:1 nothing imports One",
    ],
    "a member of a module imported as a whole": [
      {
        "server/links/link.ts": "export const one = 1;\nexport const two = 2;",
        "server/links/routes.ts": `import * as link from "./link.ts";\nlink.one;`,
      },
      "server/links/link.ts:2 nothing imports two",
    ],
  },
  "every dependency is used, pinned, and has its line in the decision record": {
    "it has no line": [
      { "package.json": `{"devDependencies": {"vite": "8.0.0"}}` },
      "package.json:1 vite has no line in docs/decisions/0016-dependencies.md",
    ],
    "it floats": [
      { "package.json": `{"devDependencies": {"vite": "^8.0.0"}}` },
      "package.json:1 vite is not pinned: ^8.0.0",
    ],
    "nothing imports it": [
      { "package.json": `{"dependencies": {"pg": "8.0.0"}}`, "server/main.ts": `import "pgx";` },
      "package.json:1 nothing imports pg",
    ],
  },
  "every Markdown link resolves": {
    "a file": [{ "README.md": "see [this](docs/none.md)" }, "README.md:1 docs/none.md is not there"],
    "a heading": [
      { "README.md": "[up](#no-such-part)\n\n# Some part" },
      "README.md:1 #no-such-part has no such heading",
    ],
  },
};

describe("a broken house", () => {
  for (const rule of houseRules) {
    test.each(Object.entries(broken[rule.name] ?? { "no example": [{}, "?"] as const }))(
      `${rule.name}: %s`,
      (_because, [files, said]) => {
        expect(rule.check(treeOf(files), house).map(sentence)).toContain(said);
      },
    );
  }
});

describe("a sound house", () => {
  test("has room for everything the rules allow", () => {
    const sound = treeOf({
      "package.json": `{"scripts": {"start": "node server/main.ts"}}`,
      "README.md": "# A\n[a](#a) [code](server/main.ts) [web](https://example.com) `[x](none.md)`",
      "server/main.ts": `import { linkRoutes } from "./links/routes.ts";\nlinkRoutes();`,
      "server/links/contract.ts": `import { Type } from "typebox";\nexport const Link = Type.String();`,
      "server/links/routes.ts": `import * as contract from "./contract.ts";
        import { findLink } from "./find-link.ts";
        export const linkRoutes = () => [contract.Link, findLink];`,
      "server/links/find-link.ts": `import { readLink } from "./store.ts";
        import { isOpen } from "./link.ts";
        export const findLink = () => isOpen(readLink());`,
      "server/links/link.ts": `import { createHash } from "node:crypto";
        import type { LinkRow } from "./store.ts";
        export const isOpen = (row: LinkRow, at = new Date(0)) => createHash("sha256").update(row) && at;`,
      "server/links/store.ts": `import { sql } from "kysely";
        export type LinkRow = string;
        export const readLink = (): LinkRow => String(sql\`select id from links where id = 1\`);`,
    });
    expect(houseRules.flatMap((rule) => rule.check(sound, house)).map(sentence)).toEqual([]);
  });
});

function sentence({ file, line, message }: Finding): string {
  return `${file}:${line} ${message}`;
}
