import { type ChildProcess, spawn } from "node:child_process";

export type Started = { process: ChildProcess; ended: Promise<number | null> };

/** Everything this run has started and not yet seen end. */
const running = new Set<Started>();

const STOP_MS_MAX = 20_000;

export type RunOptions = { cwd?: string; env?: NodeJS.ProcessEnv; secondsMax: number };

/** Runs a program to its end; answers what it printed. One that fails or takes too long is an error with its words. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const started = startProgram(file, args, options);
  const giveUp = setTimeout(() => started.process.kill("SIGKILL"), options.secondsMax * 1_000);
  let stdout = "";
  let stderr = "";
  started.process.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  started.process.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await started.ended.finally(() => clearTimeout(giveUp));
  if (code !== 0) throw new Error(`${file} ended with ${code}:\n${stdout}${stderr}`.trim());
  return stdout;
}

/** Starts a program that stays; `stopPrograms` ends it if nobody else does. */
export function startProgram(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Started {
  const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const started = { process: child, ended };
  running.add(started);
  // Whoever waits for the end is told; where nobody does, it is no surprise.
  ended.catch(() => {}).finally(() => running.delete(started));
  return started;
}

/** Asks first, and insists when that does not help. */
export async function stopProgram(started: Started): Promise<void> {
  if (!running.has(started)) return;
  started.process.kill("SIGTERM");
  const insist = setTimeout(() => started.process.kill("SIGKILL"), STOP_MS_MAX);
  await started.ended.catch(() => {});
  clearTimeout(insist);
}

export async function stopPrograms(): Promise<void> {
  await Promise.all([...running].map(stopProgram));
}
