import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Database } from "../platform/database.ts";
import { findProgramIds } from "../programs/find-program-ids.ts";
import type { ProgramId } from "../programs/program.ts";
import { exportLog } from "../proof/export-log.ts";
import { findLedgerDigest, type LedgerDigest } from "../proof/find-ledger-digest.ts";
import { type LogEnd, LogProblem, parseEnd } from "../proof/logged-fact.ts";
import { replayLog } from "../proof/replay-log.ts";
import { chosenProgram } from "./chosen-program.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";

const EXIT_DIFFERENT = 1;

/** The proof that the ledger follows from what happened: the log of it, carried to another machine. */
export const log: Command = {
  name: "log",
  usage:
    "log export FILE | log digest [FILE] | log replay FILE [--compare FILE]   each with [--program ID] [--json]",
  summary:
    "Write what a program's ledger follows from into a file, make the ledger from it elsewhere, compare them",
  options: ["program", "compare", "json"],
  flags: ["json"],
  operandsMax: 2,
  async run(context) {
    const [action = "", file] = context.operands;
    if (action === "digest") return digest(context, file ?? null);
    if (action !== "export" && action !== "replay")
      throw new UsageError(`"${action}" is not known here: export, digest or replay.`);
    if (file === undefined) throw new UsageError("Say which file.");
    try {
      return await (action === "export" ? writeLog(context, file) : replay(context, file));
    } catch (error) {
      if (!(error instanceof LogProblem)) throw error;
      tell(context, { ok: false, problem: error.message }, error.message);
      return EXIT_DIFFERENT;
    }
  },
};

async function writeLog(context: CommandContext, file: string): Promise<number> {
  const { db } = context.installation;
  const programId = (await chosen(context)) as ProgramId;
  const end = await toFile(file, (write) => exportLog(db, programId, write));
  tell(
    context,
    { program_id: programId, ...end },
    `${end.facts} facts are in ${file}. SHA-256 ${end.sha256}`,
  );
  return 0;
}

async function digest(context: CommandContext, file: string | null): Promise<number> {
  const { db } = context.installation;
  const programId = await chosen(context);
  const found =
    file === null
      ? await findLedgerDigest(db, programId)
      : await toFile(file, (write) => findLedgerDigest(db, programId, write));
  tell(context, { program_id: programId, ...found }, sentenceOf(found));
  return 0;
}

async function replay(context: CommandContext, file: string): Promise<number> {
  const { db } = context.installation;
  if ((await db.readDirectory(findProgramIds)).length > 0)
    throw new LogProblem(
      "A log is replayed in an empty database, and this one has a program: name another folder in REFERRALHUB_DATA.",
    );
  await checkSum(file);
  const { programId, facts, surplus } = await replayLog(db, linesOf(file));
  const compared = context.options.get("compare");
  const { ledger, difference } = await compare(
    db,
    programId,
    typeof compared === "string" ? linesOf(compared) : null,
  );
  const ok = surplus === null && difference === null;
  const words = [
    `${facts} facts happened again.`,
    sentenceOf(ledger),
    ...(surplus === null ? [] : [surplus]),
    ...(difference === null
      ? []
      : [`The ledgers differ from line ${difference.line} on.`, ...sidesOf(difference)]),
    ...(compared !== undefined && difference === null ? ["Both ledgers are the same, byte for byte."] : []),
  ];
  tell(context, { ok, program_id: programId, facts, ...ledger, surplus, difference }, words.join("\n"));
  return ok ? 0 : EXIT_DIFFERENT;
}

/** Before anything is written: a log that was cut off or changed on its way is not replayed. */
async function checkSum(file: string): Promise<void> {
  const hash = createHash("sha256");
  let end: LogEnd | null = null;
  for await (const line of linesOf(file)) {
    if (end !== null) throw new LogProblem("There is more after the end of the log.");
    end = parseEnd(line);
    if (end === null) hash.update(`${line}\n`);
  }
  if (end === null) throw new LogProblem("The log is cut off: its last line is missing.");
  if (hash.digest("hex") !== end.sha256) throw new LogProblem("The log was changed: its SHA-256 is another.");
}

type Difference = { line: number; here: string | null; there: string | null };

async function compare(
  db: Database,
  programId: string,
  theirs: AsyncIterable<string> | null,
): Promise<{ ledger: LedgerDigest; difference: Difference | null }> {
  const other = theirs?.[Symbol.asyncIterator]();
  let difference: Difference | null = null;
  let line = 0;
  const look = async (here: string | null): Promise<void> => {
    line++;
    if (!other || difference !== null) return;
    const { value, done } = await other.next();
    const there = done ? null : value;
    if (here !== there) difference = { line, here, there };
  };
  const ledger = await findLedgerDigest(db, programId, look);
  await look(null);
  return { ledger, difference };
}

const sidesOf = ({ here, there }: Difference): string[] => [
  `  here:  ${here ?? "nothing more"}`,
  `  there: ${there ?? "nothing more"}`,
];

const sentenceOf = ({ transfers, sha256 }: LedgerDigest): string =>
  `${transfers} transfers. Ledger ${sha256}`;

function chosen({ installation: { db }, options }: CommandContext): Promise<string> {
  const wanted = options.get("program");
  return chosenProgram(db, typeof wanted === "string" ? wanted : null);
}

function tell({ options, print }: CommandContext, value: object, words: string): void {
  print(options.has("json") ? JSON.stringify(value) : words);
}

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

async function toFile<Result>(
  file: string,
  work: (write: (line: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const stream: WriteStream = createWriteStream(file, { mode: 0o600 });
  await once(stream, "open");
  const result = await work(async (line) => {
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  });
  stream.end();
  await once(stream, "finish");
  return result;
}
