import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";

const GONE_MS_MAX = 15_000;
const root = path.dirname(import.meta.dirname);
const checkout = fs.mkdtempSync(path.join(os.tmpdir(), "rh-tools-"));
const main = path.join(checkout, "server/main.ts");

beforeAll(() => {
  fs.mkdirSync(path.join(checkout, "server"));
  fs.mkdirSync(path.join(checkout, "tools"));
  for (const name of ["build.mjs", "start.mjs"])
    fs.copyFileSync(path.join(root, "tools", name), path.join(checkout, "tools", name));
  fs.copyFileSync(path.join(root, "package.json"), path.join(checkout, "package.json"));
  fs.symlinkSync(path.join(root, "node_modules"), path.join(checkout, "node_modules"));
  fs.writeFileSync(main, "console.log(JSON.stringify(process.argv.slice(2)));\n");
});

afterAll(() => fs.rmSync(checkout, { recursive: true, force: true }));

test("builds before the first start and not again, with nothing but the result on standard output", async () => {
  const first = await runToEnd(["run", "--silent", "cli", "--", "provision", "--json"]);
  expect(first).toMatchObject({ stdout: '["cli","provision","--json"]\n', code: 0 });
  expect(first.stderr).toContain("building server");
  const second = await runToEnd(["run", "--silent", "cli", "--", "provision"]);
  expect(second.stderr).not.toContain("building");
});

test("builds again when a source has changed, also when several start at once", async () => {
  fs.writeFileSync(main, "console.log('changed');\n");
  const starts = await Promise.all([1, 2, 3].map(() => runToEnd(["start", "--silent"])));
  expect(starts.map((start) => start.stdout)).toEqual(["changed\n", "changed\n", "changed\n"]);
  expect(fs.readdirSync(path.join(checkout, "dist")).sort()).toEqual([".server-stamp", "server"]);
});

test("fails loudly when the source cannot be built, and leaves the last build alone", async () => {
  const built = fs.readFileSync(path.join(checkout, "dist/server/main.js"), "utf8");
  fs.writeFileSync(main, "const const;\n");
  const start = await runToEnd(["start", "--silent"]);
  expect(start.code).not.toBe(0);
  expect(start.stderr).toContain("main.ts");
  expect(fs.readFileSync(path.join(checkout, "dist/server/main.js"), "utf8")).toBe(built);
});

test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("stops the server when npm gets %s", async (signal) => {
  fs.writeFileSync(
    main,
    `const alive = setInterval(() => {}, 1000);
     for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => clearInterval(alive));
     process.once("exit", () => console.log("closed"));
     console.log("pid " + process.pid);\n`,
  );
  const npm = start(["start", "--silent"]);
  const pid = Number(await until(() => /pid (\d+)/.exec(npm.stdout())?.[1]));
  npm.child.kill(signal);
  await until(() => npm.stdout().includes("closed") && !isAlive(pid));
});

function start(args: string[]): { child: ChildProcess; stdout(): string; stderr(): string } {
  const child = spawn("npm", args, { cwd: checkout, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    text.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    text.stderr += chunk;
  });
  return { child, stdout: () => text.stdout, stderr: () => text.stderr };
}

async function runToEnd(args: string[]): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const npm = start(args);
  const code = await new Promise<number | null>((resolve) => npm.child.once("close", resolve));
  return { stdout: npm.stdout(), stderr: npm.stderr(), code };
}

async function until<T>(look: () => T | undefined | false): Promise<T> {
  const begin = Date.now();
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() - begin > GONE_MS_MAX) throw new Error(`not within ${GONE_MS_MAX} ms`);
    await sleep(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
