import { expect, test } from "vitest";
import { storeFunctions, withCensus } from "./store-census.ts";

const STORE = `
export const one = (tx: Tx) => tx.run(sql\`select 1\`);
export const two = (tx: Tx): number => {
  return 2;
};
export async function three(tx: Tx) { return 3; }
export const LIMIT = 3;
const four = () => 4;
`;

test("finds the exported functions of stores alone", () => {
  const files = new Map([
    ["server/links/store.ts", STORE],
    ["server/links/store/codes.ts", "export const five = () => 5;"],
    ["server/links/link.ts", "export const six = () => 6;"],
  ]);
  expect(storeFunctions(files)).toEqual([
    "server/links/store.ts#one",
    "server/links/store.ts#three",
    "server/links/store.ts#two",
    "server/links/store/codes.ts#five",
  ]);
});

test("lets each say its name, on the line it stands on", () => {
  const text = withCensus("server/links/store.ts", STORE);
  expect(text.split("\n")).toEqual([
    "",
    'export const one = (tx: Tx) => (globalThis.storeCensus?.add("server/links/store.ts#one"), tx.run(sql`select 1`));',
    'export const two = (tx: Tx): number => { globalThis.storeCensus?.add("server/links/store.ts#two");',
    "  return 2;",
    "};",
    'export async function three(tx: Tx) { globalThis.storeCensus?.add("server/links/store.ts#three"); return 3; }',
    "export const LIMIT = 3;",
    "const four = () => 4;",
    "",
  ]);
});
