import fs from "node:fs";
import path from "node:path";
import { runProgram, type Started, startProgram, stopProgram } from "./processes.ts";

/** The built product as a process: its own data folder, its own PostgreSQL, a free port. */
export type Server = {
  url: string;
  pid: number;
  dataFolder: string;
  /** From the start of the process to the line that says it serves. */
  readyMs: number;
  cli(...args: string[]): Promise<string>;
  stop(): Promise<void>;
};

const START = path.resolve(import.meta.dirname, "../tools/start.mjs");
const READY_SECONDS_MAX = 90;
const CLI_SECONDS_MAX = 120;
/** The client sends more in a minute than a customer does in a month. */
const RATE_LIMIT_SCALE = "1000";

export async function startServer(dataFolder: string, more: Record<string, string> = {}): Promise<Server> {
  const env = {
    ...ownEnvironment(),
    PORT: "0",
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
    REFERRALHUB_DATA: dataFolder,
    REFERRALHUB_RATE_LIMIT_SCALE: RATE_LIMIT_SCALE,
    // A server started on somebody's behalf ends with them, also when they were killed outright.
    npm_lifecycle_event: "bench",
    ...more,
  };
  const began = performance.now();
  const started = startProgram(process.execPath, [START], { env });
  const url = await readyUrl(started);
  return {
    url,
    pid: started.process.pid ?? 0,
    dataFolder,
    readyMs: performance.now() - began,
    cli: (...args) =>
      runProgram(process.execPath, [START, "cli", ...args], { env, secondsMax: CLI_SECONDS_MAX }),
    stop: () => stopProgram(started),
  };
}

/** The first line of PostgreSQL's lock file, while it runs. */
export function postmasterPid(dataFolder: string): number | null {
  const file = path.join(dataFolder, "postgres/postmaster.pid");
  if (!fs.existsSync(file)) return null;
  return Math.abs(Number(fs.readFileSync(file, "utf8").split("\n")[0]));
}

/** PostgreSQL outlives a server that was killed; this one has nobody left to serve. */
export function stopOrphan(dataFolder: string): void {
  const pid = postmasterPid(dataFolder);
  if (pid === null || !commandLine(pid).includes("cluster_name=referralhub-")) return;
  process.kill(pid, "SIGQUIT");
}

function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** What the surroundings say to a server of theirs is not meant for ours. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|DATABASE_URL|REFERRALHUB_|SMTP_URL$|HOST$|PORT$)/.test(name),
  );
  return Object.fromEntries(kept);
}

async function readyUrl({ process: child, ended }: Started): Promise<string> {
  let text = "";
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      const found = /^ready (http\S+)$/m.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.stderr?.on("data", (chunk) => {
      text += chunk;
    });
  });
  let giveUp: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = setTimeout(
      () => reject(new Error(`The server did not get ready:\n${text}`)),
      READY_SECONDS_MAX * 1_000,
    );
  });
  const over = ended.then((code): never => {
    throw new Error(`The server ended with ${code}:\n${text}`);
  });
  over.catch(() => {});
  return Promise.race([ready, late, over]).finally(() => clearTimeout(giveUp));
}
