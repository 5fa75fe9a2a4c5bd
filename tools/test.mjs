#!/usr/bin/env node
// Everything a change must pass: types, style, a build, then the tests; the rules of the house are among them.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildWhenStale, root } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";

const bin = (name) => path.join(root, "node_modules/.bin", name);

const checks = [
  ["types", "tsc", "--noEmit"],
  ["style", "biome", "check", "."],
];

const failed = (await Promise.all(checks.map(runCheck))).flat();
buildWhenStale();
const env = { ...process.env, CHROMIUM_PATH: await ensureChromium() };
const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-report-")), "tests.json");
const { status } = spawnSync(
  bin("vitest"),
  ["run", ...process.argv.slice(2), "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  { cwd: root, stdio: "inherit", env },
);

for (const name of failed) console.log(`check failed: ${name}`);
const counts = countTests(report);
fs.rmSync(path.dirname(report), { recursive: true, force: true });
// A failed check, a file that could not be loaded or a crashed run counts as a failure, so the line never flatters.
const failures = Math.max(counts.failed, status === 0 ? 0 : 1) + failed.length;
console.log(`${counts.passed} passed, ${failures} failed, ${counts.skipped} skipped`);
process.exitCode = failures === 0 ? 0 : status || 1;

/** Says nothing when all is well. Answers the name of a check that failed. */
function runCheck([name, command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(bin(command), args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.stderr.on("data", (chunk) => (text += chunk));
    child.on("error", (error) => (text += `${error}\n`));
    child.on("close", (code) => {
      if (code !== 0) process.stdout.write(`${text}\n`);
      resolve(code === 0 ? [] : [name]);
    });
  });
}

function countTests(file) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(fs.readFileSync(file, "utf8"));
  const broken = result.testResults.filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
