import fs from "node:fs";
import { type Bench, createFolder, openBench } from "./bench.ts";
import { checkBooks } from "./books.ts";
import type { Figure } from "./figure.ts";
import { measurements } from "./measurements/index.ts";
import type { Measurement } from "./measurements/measurement.ts";
import { type Options, parseOptions, USAGE, UsageError } from "./options.ts";
import { stopPrograms } from "./processes.ts";
import { type Report, readReport, writeReport } from "./report.ts";
import { stopOrphan } from "./server.ts";
import { settle } from "./settle.ts";
import { booksSentence, tableMarkdown, tableText } from "./table.ts";
import { adviceFor, findTools, type Tools } from "./tools.ts";

const INTERRUPTED = 130;
const USAGE_WRONG = 2;

const names = measurements.map(({ name }) => name);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  const options = parseOptions(process.argv.slice(2), names);
  if (options.render === null) process.exitCode = await run(options);
  else process.stdout.write(`${tableMarkdown(readReport(options.render))}\n`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(`${error.message}\n\n${USAGE(names)}`);
  process.exitCode = USAGE_WRONG;
}

/** Measures what is asked for and what the machine has the tools for; fails when the books are wrong. */
async function run(options: Options): Promise<number> {
  const tools = findTools();
  for (const advice of adviceFor(tools)) say(advice);
  const folder = createFolder();
  const cleanUp = once(() => removeEverything(folder));
  const stopping = new AbortController();
  // Ctrl-C reaches us twice, from the terminal and from npm: cleaning up goes on all the same.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stopping.abort();
      void cleanUp().finally(() => process.exit(INTERRUPTED));
    });
  try {
    const bench = await openBench(folder, options, tools, say);
    const report = await measure(bench, options, tools, stopping.signal);
    process.stdout.write(`\n${tableText(report.figures)}\n\n${booksSentence(report)}\n`);
    for (const sentence of report.skipped) process.stdout.write(`${sentence}\n`);
    for (const sentence of report.failed) process.stdout.write(`FAILED ${sentence}\n`);
    process.stdout.write(`${writeReport(report)}\n`);
    await bench.close();
    return isSound(report) ? 0 : 1;
  } catch (error) {
    // Whatever fails while everything is being taken away is no news.
    if (!stopping.signal.aborted) throw error;
    say("stopping …");
    return INTERRUPTED;
  } finally {
    await cleanUp();
  }
}

async function measure(bench: Bench, options: Options, tools: Tools, stopping: AbortSignal): Promise<Report> {
  const figures: Figure[] = [];
  const skipped: string[] = [];
  const failed: string[] = [];
  for (const measurement of measurements.filter((one) => isWanted(one, options))) {
    const missing = measurement.needs.filter((name) => tools[name] === null);
    if (missing.length > 0) {
      skipped.push(`Not measured without ${missing.join(" and ")}: ${measurement.name}.`);
      continue;
    }
    say(`${measurement.name} …`);
    try {
      await settle(bench);
      figures.push(...(await measurement.run(bench)));
    } catch (error) {
      stopping.throwIfAborted();
      // The others may still be worth having.
      failed.push(`${measurement.name}: ${(error as Error).message}`);
      say(`  failed: ${(error as Error).message}`);
    }
  }
  say("checking the books …");
  const books = await checkBooks(bench);
  const { rounds, seconds } = options;
  return {
    at: new Date().toISOString(),
    machine: bench.machine,
    rounds,
    seconds,
    figures,
    books,
    skipped,
    failed,
  };
}

/** A goal that was missed is for the reader to judge; a wrong balance or a lost purchase is not. */
function isSound({ books, failed }: Report): boolean {
  return failed.length === 0 && books.broken.length === 0 && books.stored >= books.acknowledged;
}

function isWanted({ name }: Measurement, { only, bigWorld }: Options): boolean {
  if (name === "million" && bigWorld === null) return false;
  return only === null || only.includes(name) || (name === "million" && bigWorld !== null);
}

function once<Made>(make: () => Made): () => Made {
  let made: { value: Made } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Everything this run started, then what it wrote. PostgreSQL ends with the server, unless that was killed. */
async function removeEverything(folder: string): Promise<void> {
  await stopPrograms();
  stopOrphan(`${folder}/data`);
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
