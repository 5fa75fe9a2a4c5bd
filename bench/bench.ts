import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { describeMachine, isInMemory, type Machine } from "./machine.ts";
import type { Options } from "./options.ts";
import { type Address, createReferences, openProduct, ownerAddress, requireDurable } from "./owner.ts";
import { REFERENCES, runPgbench, type SqlLoad } from "./pgbench.ts";
import { type Started, startProgram } from "./processes.ts";
import { type Sample, sampled } from "./sample.ts";
import { postmasterPid, type Server, startServer } from "./server.ts";
import type { Tools } from "./tools.ts";
import { type HttpLoad, runWrk } from "./wrk.ts";

/** One run: the server, the references beside it, and what its programs have been given so far. */
export type Bench = {
  options: Options;
  server: Server;
  product: pg.Client;
  machine: Machine & { postgres: string };
  /** Runs `wrk` against any server and looks at what ours spends meanwhile. */
  http(load: HttpLoad): (seconds: number) => Promise<Sample>;
  /** As `http`, for purchases: what was answered with success is compared with the books at the end. */
  purchases(load: HttpLoad): (seconds: number) => Promise<Sample>;
  /** Runs `pgbench` on the references' database. Absent where the machine has none. */
  sql: ((load: SqlLoad) => (seconds: number) => Promise<Sample>) | null;
  /** The address of the least an HTTP server can do. */
  hello(): Promise<string>;
  books: { acknowledged: number };
  /** Every program made so far: their books are checked at the end. */
  programs: { name: string; key: string }[];
  say(text: string): void;
  /** Makes something the first time it is asked for. */
  once<Made>(name: string, make: () => Promise<Made>): Promise<Made>;
  close(): Promise<void>;
};

/** Above it others take so much that one process of ours loses more than the many of a reference. */
const LOAD_MAX = 0.7;

/** Everything of the run that is on the disk; the last step takes it away. */
export function createFolder(): string {
  const places = [os.tmpdir(), "/var/tmp", import.meta.dirname];
  const place = places.find((one) => fs.existsSync(one) && !isInMemory(one)) ?? os.tmpdir();
  return fs.mkdtempSync(path.join(place, "referralhub-bench-"));
}

export async function openBench(
  folder: string,
  options: Options,
  tools: Tools,
  say: Bench["say"],
): Promise<Bench> {
  const machine = describeMachine(folder);
  if (machine.loadBefore > LOAD_MAX)
    say(
      `The machine is busy (load ${machine.loadBefore}): wait until it is quiet, or do not believe the ratios.`,
    );
  const server = await startServer(path.join(folder, "data"));
  const address = ownerAddress(server.dataFolder);
  const product = await openProduct(address);
  const version = await requireDurable(product);
  await createReferences(product, address, REFERENCES);
  const { wrk, pgbench } = tools;
  const pids = { node: server.pid, postgres: postmasterPid(server.dataFolder) ?? 0 };
  const http = (load: HttpLoad) => (seconds: number) =>
    sampled(() => runWrk(wrk ?? "wrk", load, seconds), pids);
  const books = { acknowledged: 0 };
  const made = new Map<string, Promise<unknown>>();
  const once = <Made>(name: string, make: () => Promise<Made>): Promise<Made> => {
    const known = (made.get(name) as Promise<Made> | undefined) ?? make();
    made.set(name, known);
    return known;
  };
  return {
    options,
    server,
    product,
    machine: { ...machine, postgres: version },
    http,
    purchases: (load) => async (seconds) => {
      const sample = await http(load)(seconds);
      books.acknowledged += sample.done;
      return sample;
    },
    sql: pgbench === null ? null : (load) => sqlLoad(pgbench, address, load, pids),
    hello: () => once("hello", startHello),
    books,
    programs: [],
    say,
    once,
    close: () => product.end(),
  };
}

function sqlLoad(program: string, address: Address, load: SqlLoad, pids: { node: number; postgres: number }) {
  return (seconds: number) => sampled(() => runPgbench(program, address, load, seconds), pids);
}

async function startHello(): Promise<string> {
  const started: Started = startProgram(process.execPath, [path.join(REFERENCES, "hello.mjs")]);
  const text = await new Promise<string>((resolve, reject) => {
    started.process.stdout?.once("data", (chunk) => resolve(String(chunk)));
    started.ended.then(() => reject(new Error("The reference server ended.")), reject);
  });
  return text.trim().replace(/^ready /, "");
}
