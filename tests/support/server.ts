import { type ChildProcess, execFile, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { Api } from "./api.ts";

/** The product as people run it: the built server as a process, its own data folder, its own PostgreSQL. */
export type TestServer = {
  readonly url: string;
  readonly dataFolder: string;
  /** Everything it printed. */
  output(): string;
  isRunning(): boolean;
  /** A program with an owner and a key, made by the command line beside the running server. */
  provision(options?: { template?: "two-level" | "points"; currency?: string }): Promise<Provisioned>;
  /** Runs a one-shot command on the same data; answers what it printed. */
  cli(...args: string[]): Promise<string>;
  api(key: string | null): Api;
  stop(): Promise<void>;
};

export type Provisioned = {
  programId: string;
  key: string;
  owner: { email: string; password: string };
  api: Api;
};

export type ServerOptions = { args?: string[]; env?: Record<string, string>; dataFolder?: string };

const READY_MS_MAX = 90_000;
const STOP_MS_MAX = 20_000;
const START = path.resolve(import.meta.dirname, "../../tools/start.mjs");
const run = promisify(execFile);

/** Builds what is stale, starts on a free port, and answers when it serves. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataFolder = options.dataFolder ?? fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-journey-"));
  const env = {
    ...cleanEnv(),
    PORT: "0",
    LOG_LEVEL: "warn",
    REFERRALHUB_DATA: dataFolder,
    ...options.env,
  };
  const child = spawn(process.execPath, [START, ...(options.args ?? [])], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = collect(child);
  const forget = (): void => {
    if (!options.dataFolder) fs.rmSync(dataFolder, { recursive: true, force: true });
  };
  const url = await readyUrl(child, text).catch((error) => {
    forget();
    throw error;
  });
  const cli = async (...args: string[]): Promise<string> =>
    (await run(process.execPath, [START, "cli", ...args], { env: { ...env, PORT: "3000" } })).stdout;
  const api = (key: string | null): Api => new Api(url, key);
  let programs = 0;
  return {
    url,
    dataFolder,
    output: text,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    cli,
    api,
    provision: async ({ template = "two-level", currency = "INR" } = {}) => {
      const name = `Program ${++programs}`;
      const wish = ["--owner", "owner@example.com", "--program", name, "--template", template];
      const made = JSON.parse(await cli("provision", ...wish, "--currency", currency, "--json"));
      return { programId: made.program_id, key: made.api_key, owner: made.owner, api: api(made.api_key) };
    },
    stop: async () => {
      await end(child);
      forget();
    },
  };
}

/** What the test runner knows about itself is none of the server's business. */
function cleanEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|npm_|DATABASE_URL|REFERRALHUB_|SMTP_URL|HOST$|PORT$)/.test(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  return () => text;
}

function readyUrl(child: ChildProcess, text: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => fail("did not become ready"), READY_MS_MAX);
    const look = (): void => {
      const found = /^ready (http\S+)$/m.exec(text())?.[1];
      if (!found) return;
      clearTimeout(giveUp);
      child.stdout?.off("data", look);
      resolve(found);
    };
    const fail = (what: string): void => {
      clearTimeout(giveUp);
      child.kill("SIGKILL");
      reject(new Error(`The server ${what}:\n${text()}`));
    };
    child.stdout?.on("data", look);
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await gone;
  clearTimeout(impatience);
}
