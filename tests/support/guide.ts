import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One block a reader is meant to run, and what the guide says it prints. */
type Step = { line: number; code: string; output: string | null };

const ROOT = path.resolve(import.meta.dirname, "../..");
const FENCE = /^```(\w+) ?(\w*)\n([\s\S]*?)^```$/gm;
const GUIDE_MS_MAX = 90_000;

/**
 * Runs the `sh run` or `ts run` blocks of a guide, in order and in one process, so that a later block sees
 * what an earlier one named. A block marked `output` after one says what it prints; `…` stands for anything.
 * Answers a sentence for each difference.
 */
export async function runGuide(
  file: string,
  language: "sh" | "ts",
  env: Record<string, string>,
): Promise<string[]> {
  const steps = stepsOf(fs.readFileSync(path.join(ROOT, file), "utf8"), language);
  if (steps.length === 0) throw new Error(`${file} has no block marked "${language} run".`);
  const { text, status } = await runSteps(steps, language, env);
  const printed = text.split(/\n?--- end of step \d+ ---\n/);
  if (status !== 0)
    return [`${file}:${steps[printed.length - 1]?.line} ended with ${status}:\n${printed.at(-1)}`];
  return steps.flatMap(({ line, output }, index) => {
    const found = printed[index] ?? "";
    return output === null || isLike(found, output)
      ? []
      : [`${file}:${line} printed\n${found}\ninstead of\n${output}`];
  });
}

export function stepsOf(text: string, language: string): Step[] {
  const steps: Step[] = [];
  let last: Step | null = null;
  for (const { 1: name, 2: mark, 3: code = "", index } of text.matchAll(FENCE)) {
    if (mark === "run") {
      last = { line: text.slice(0, index).split("\n").length, code, output: null };
      if (name === language) steps.push(last);
    } else if (mark === "output" && last) last.output = code;
  }
  return steps;
}

export function isLike(found: string, output: string): boolean {
  const pattern = output
    .trimEnd()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[\\s\\S]*?");
  return new RegExp(`^${pattern}$`).test(found.trimEnd());
}

async function runSteps(
  steps: readonly Step[],
  language: "sh" | "ts",
  env: Record<string, string>,
): Promise<{ text: string; status: number | null }> {
  const end = (index: number): string => `--- end of step ${index} ---`;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-guide-"));
  const script = path.join(folder, language === "sh" ? "guide.sh" : "guide.mts");
  const lines = steps.map(({ code }, index) =>
    language === "sh"
      ? `${code}\nprintf '\\n%s\\n' "${end(index)}"\n`
      : `${code}\nconsole.log("${end(index)}");\n`,
  );
  fs.writeFileSync(script, `${language === "sh" ? "set -euo pipefail\n" : ""}${lines.join("\n")}`);
  const command = language === "sh" ? ["bash", script] : [path.join(ROOT, "node_modules/.bin/tsx"), script];
  try {
    return await run(command, env);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  [command = "", ...args]: string[],
  env: Record<string, string>,
): Promise<{ text: string; status: number | null }> {
  return new Promise((resolve, reject) => {
    const { PATH = "", HOME = "" } = process.env;
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { PATH, HOME, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: GUIDE_MS_MAX,
    });
    let text = "";
    let complaints = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaints += chunk;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ text: status === 0 ? text : `${text}${complaints}`, status }));
  });
}
