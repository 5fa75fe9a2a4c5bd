import { writeFile } from "node:fs/promises";
import { openInstallation } from "../platform/installation.ts";
import { parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { LintAnswer } from "../rewards/contract/plans.ts";
import { inspectionWire, inspectPlan } from "../rewards/plan-inspection.ts";
import { type BareContext, type Command, type Options, UsageError } from "./command.ts";
import { type PlanDesk, type PlanText, readPlanFile } from "./plan-desk.ts";
import { openDatabaseDesk } from "./plan-in-database.ts";
import { openServerDesk } from "./plan-on-server.ts";

const EXIT_REFUSED = 1;

/** Plans as files: what is in force into a file, a file looked over, a file put in force. */
export const plan: Command = {
  name: "plan",
  usage:
    "plan pull FILE [--version N] | plan test FILE [--margin PERCENT] [--strict] | plan push FILE [--publish [--from TIME]] [--acknowledge REASON]   each with [--program ID | --server URL] [--json]",
  summary: "Keep plans as files: fetch one, look it over, put it in force",
  options: ["program", "server", "version", "margin", "publish", "from", "acknowledge", "strict", "json"],
  flags: ["publish", "strict", "json"],
  operandsMax: 2,
  isBare: true,
  async run(context) {
    const [action = "", file] = context.operands;
    if (file === undefined) throw new UsageError("Say what to do, and with which file.");
    switch (action) {
      case "pull":
        return withDesk(context, (desk) => pull(context, desk, file));
      case "test":
        return test(context, file);
      case "push":
        return withDesk(context, (desk) => push(context, desk, file));
      default:
        throw new UsageError(`"${action}" is not known here: pull, test or push.`);
    }
  },
};

async function withDesk(context: BareContext, work: (desk: PlanDesk) => Promise<number>): Promise<number> {
  const { config, log, migrations, options } = context;
  const server = textOf(options, "server");
  if (server !== null) return work(openServerDesk(server, process.env["REFERRALHUB_KEY"]));
  const installation = await openInstallation({ config, log, migrations });
  try {
    return await work(await openDatabaseDesk(installation.db, textOf(options, "program")));
  } finally {
    await installation.close();
  }
}

async function pull({ options, print }: BareContext, desk: PlanDesk, file: string): Promise<number> {
  const version = textOf(options, "version");
  if (version !== null && !/^[1-9]\d{0,8}$/.test(version))
    throw new UsageError("--version is a whole number.");
  const found = await desk.pull(version === null ? null : Number(version));
  if (!found) throw new Error(version === null ? "No plan is in force." : `There is no version ${version}.`);
  await writeFile(file, `${JSON.stringify(found.document, null, 2)}\n`);
  tell({ options, print }, found, `Version ${found.version} is in ${file}.`);
  return 0;
}

/** With a program it is looked at as that program's next plan; alone, in its own currency at a margin of 100 %. */
async function test(context: BareContext, file: string): Promise<number> {
  const { options } = context;
  const document = await readPlanFile(file);
  if (options.has("program") || options.has("server"))
    return withDesk(context, async (desk) => report(context, await desk.lint(document)));
  const currency = String((document as { currency?: unknown } | null)?.currency ?? "");
  const found = inspectPlan(document, [], {
    ...{ currency, timeZone: "UTC", hasDisclosure: null, now: new Date() },
    defaultMargin: marginOf(options),
  });
  return report(context, inspectionWire(found));
}

async function push(context: BareContext, desk: PlanDesk, file: string): Promise<number> {
  const { options, print } = context;
  const document = await readPlanFile(file);
  const lint = await desk.lint(document);
  if (lint.hash === null || lint.examples.some(({ holds }) => !holds)) return report(context, lint);
  const now = await desk.pull(null);
  if (now?.hash === lint.hash) {
    tell(context, now, `Version ${now.version} says this already; nothing was changed.`);
    return 0;
  }
  const known = await desk.find(lint.hash);
  const draft = known?.state === "draft" ? known : await desk.create(document, now?.version ?? null);
  if (!options.has("publish")) {
    tell(context, draft, `Kept as the draft ${draft.id}.`);
    return 0;
  }
  const open = lint.findings.filter((one) => one.severity === "blocking" || one.acknowledged === null);
  const reason = textOf(options, "acknowledge");
  if (open.some((one) => one.severity === "blocking" || reason === null)) {
    report({ options, print }, lint);
    return EXIT_REFUSED;
  }
  for (const code of new Set(open.map((one) => one.code)))
    await desk.acknowledge(draft.id, code, reason ?? "");
  const published = await desk.publish(draft.id, textOf(options, "from"));
  tell(context, published, `Published as version ${published.version}, in force from ${published.from}.`);
  return 0;
}

type Out = Pick<BareContext, "options" | "print">;

function tell({ options, print }: Out, { document: _, ...plan }: PlanText, sentence: string): void {
  print(options.has("json") ? JSON.stringify(plan) : sentence);
}

/** Answers the exit code: what blocks fails, and what is advised against too where somebody is strict. */
function report({ options, print }: Out, lint: LintAnswer): number {
  const broken = lint.examples.filter(({ holds }) => !holds);
  const isRefused =
    lint.hash === null || broken.length > 0 || lint.findings.some((one) => one.severity === "blocking");
  const isAdvised = lint.findings.some((one) => one.acknowledged === null);
  const ok = !isRefused && !(options.has("strict") && isAdvised);
  if (options.has("json")) print(JSON.stringify({ ok, ...lint }));
  else print(linesOf(lint).join("\n"));
  return ok ? 0 : EXIT_REFUSED;
}

function linesOf({ problems, examples, findings, worst_case: worst, hash }: LintAnswer): string[] {
  return [
    ...problems.map(({ pointer, message }) => `PROBLEM  ${pointer || "/"}: ${message}`),
    ...examples.flatMap(({ index, holds, message }) =>
      holds ? [] : [`EXAMPLE  /examples/${index}: ${message}`],
    ),
    ...findings.flatMap(({ severity, code, pointer, message, fix }) => [
      `${severity === "blocking" ? "BLOCKS " : "ADVISES"}  ${code} ${pointer}: ${message}`,
      `         ${fix}`,
    ]),
    ...(worst ? [worst.sentence] : []),
    ...(hash === null ? [] : [`${examples.length} examples. Hash ${hash}`]),
  ];
}

function textOf(options: Options, name: string): string | null {
  const value = options.get(name);
  if (value === true) throw new UsageError(`--${name} says nothing.`);
  return value ?? null;
}

function marginOf(options: Options): Rate {
  const text = textOf(options, "margin");
  if (text === null) return RATE_ONE;
  const margin = parsePercent(text);
  if (margin !== null) return margin;
  throw new UsageError(`--margin "${text}" is no percent from 0 to 100.`);
}
