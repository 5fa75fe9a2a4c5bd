import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** The product as a process that is going to be killed, starved and started again. */
export type App = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it said it serves at; throws when it never did. */
  readonly url: string;
  output(): string;
  /** How it ended: exit code or signal, and how long that took. */
  gone(): Promise<{ code: number | null; signal: string | null; ms: number }>;
  kill(signal: NodeJS.Signals): void;
};

export type AppOptions = {
  dataFolder: string;
  env?: Record<string, string>;
  args?: string[];
  product: Product;
  /** What it prints when it has come as far as the test needs; null not to wait. */
  until?: RegExp | null;
};

const ROOT = path.resolve(import.meta.dirname, "../..");
const READY_MS_MAX = 60_000;
const LOOK_MS = 10;
const living = new Set<ChildProcess>();

/** What an operator has unpacked: built once, with migrations of its own, and nobody edits it meanwhile. */
export type Product = { folder: string; start: string; migrations: string };

export function copyProduct(): Product {
  execFileSync(process.execPath, [path.join(ROOT, "tools/build.mjs")], { stdio: ["ignore", 2, 2] });
  const folder = newFolder("product");
  for (const part of ["dist/server", "database/migrations", "tools", "package.json"])
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  // The package's programs are executed by another user, who may not enter a folder made for one.
  fs.chmodSync(folder, 0o755);
  return {
    folder,
    start: path.join(folder, "tools/start.mjs"),
    migrations: path.join(folder, "database/migrations"),
  };
}

/** Starts it and waits until it says so; `until: null` returns at once. */
export async function startApp(options: AppOptions): Promise<App> {
  const { dataFolder, product, env = {}, args = [], until = /^ready (\S+)$/m } = options;
  const child = spawn(process.execPath, [product.start, ...args], {
    env: { ...cleanEnv(), PORT: "0", LOG_LEVEL: "info", REFERRALHUB_DATA: dataFolder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const app = appOf(child);
  if (until === null) return app;
  const begin = Date.now();
  while (!until.test(app.output())) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() - begin > READY_MS_MAX)
      throw new Error(`The app did not come up (${child.exitCode}):\n${app.output()}`);
    await sleep(LOOK_MS);
  }
  return app;
}

export function appOf(child: ChildProcess): App {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  living.add(child);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    child,
    pid: child.pid ?? 0,
    get url() {
      const found = /^(?:ready|upgrade stopped) (http\S+)$/m.exec(text)?.[1];
      if (found === undefined) throw new Error(`It serves nothing:\n${text}`);
      return found;
    },
    output: () => text,
    gone: async () => {
      const begin = Date.now();
      return { ...(await ended), ms: Date.now() - begin };
    },
    kill: (signal) => void child.kill(signal),
  };
}

/** Ends what a failed test left running, by process number, in order where it still can. */
export async function endAll(): Promise<void> {
  for (const child of living) {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
    await new Promise((resolve) => child.once("exit", resolve));
    clearTimeout(late);
  }
}

/** Runs a one-shot command to its end. */
export async function cli(
  { product, dataFolder, env = {} }: Pick<AppOptions, "product" | "dataFolder" | "env">,
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [product.start, "cli", ...args], {
    env: { ...cleanEnv(), REFERRALHUB_DATA: dataFolder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

export type Provisioned = { program_id: string; api_key: string; owner: { email: string; password: string } };

export async function provision(options: Pick<AppOptions, "product" | "dataFolder" | "env">) {
  const wish = ["--owner", "owner@example.com", "--program", "Faults", "--template", "two-level", "--json"];
  const made = await cli(options, "provision", ...wish);
  if (made.code !== 0) throw new Error(made.stderr);
  return JSON.parse(made.stdout) as Provisioned;
}

export function newFolder(name: string): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), `referralhub-${name}-`));
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The superuser of the embedded PostgreSQL, for looking behind every policy. */
export function ownerOf(dataFolder: string, database = "referralhub"): pg.ClientConfig {
  const host = path.join(fs.realpathSync(dataFolder), "postgres");
  const password = fs.readFileSync(path.join(host, "referralhub.password"), "utf8");
  return { host, port: 5432, user: "referralhub", password, database };
}

export async function ask<Row extends pg.QueryResultRow>(
  connection: pg.ClientConfig,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** The server's process and all its helpers. */
export function postgresPids(dataFolder: string): number[] {
  const file = path.join(dataFolder, "postgres", "postmaster.pid");
  if (!fs.existsSync(file)) return [];
  const postmaster = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
  const helpers = fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
    .map(Number);
  return [postmaster, ...helpers].filter(isAlive);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function parentOf(pid: string): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]);
  } catch {
    return 0;
  }
}

/** What the test runner knows about itself is none of the product's business. */
export function cleanEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(VITEST|NODE_ENV|npm_|DATABASE_URL|REFERRALHUB_|SMTP_URL|LOG_LEVEL|HOST$|PORT$)/.test(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}
