import fs from "node:fs";
import path from "node:path";

/** The programs that make load; null where the machine has none. */
export type Tools = { wrk: string | null; pgbench: string | null };

export type ToolName = keyof Tools;

/** Debian keeps pgbench beside the server's programs, outside the PATH. */
const POSTGRES_HOME = "/usr/lib/postgresql";

const ADVICE: Record<ToolName, string> = {
  wrk: "wrk is not on the PATH. Debian, Ubuntu: apt-get install wrk. macOS: brew install wrk.",
  pgbench:
    "pgbench is not on the PATH. Debian, Ubuntu: apt-get install postgresql-contrib " +
    "(it is in the package of the server, postgresql-15 or later). macOS: brew install postgresql@18.",
};

export function findTools(): Tools {
  return { wrk: onPath("wrk"), pgbench: onPath("pgbench") ?? besideServer("pgbench") };
}

/** How to get what is missing. */
export function adviceFor(tools: Tools): string[] {
  const names: ToolName[] = ["wrk", "pgbench"];
  return names.filter((name) => tools[name] === null).map((name) => ADVICE[name]);
}

function onPath(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find(isProgram) ?? null;
}

function besideServer(name: string): string | null {
  if (!fs.existsSync(POSTGRES_HOME)) return null;
  const versions = fs.readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => path.join(POSTGRES_HOME, version, "bin", name)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
