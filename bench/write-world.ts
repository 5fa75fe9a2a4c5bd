import fs from "node:fs";
import path from "node:path";
import type pg from "pg";

export type Shape = {
  people: number;
  /** How often each person buys. Three purchases come to ten transfers. */
  purchases: number;
  /** tree: five friends each. star: person 2 brought everybody but the hundred friends of person 3. */
  network: "tree" | "star";
};

/** Of a star: the root, the two advocates, and how many friends the second one has. */
export const STAR = { root: 1, wide: 2, narrow: 3, narrowFriends: 100 };

/** The first with two people above them, like all who follow. */
export const FIRST_BUYER = { tree: 7, star: 4 };

const SQL = path.join(import.meta.dirname, "worlds");
const FILES = ["people.sql", "purchases.sql", "ledger.sql", "log.sql", "counters.sql"];
/** Transactions the world is spread over, as a past of its own would be. */
const POSITIONS = 64;

/**
 * Writes a network with a past into an empty program, as the owner, past the API: as consistent as if people
 * had made it, so that `verify` finds nothing wrong. Person n is `par_` and n in 26 digits.
 */
export async function writeWorld(owner: pg.Client, programId: string, shape: Shape): Promise<void> {
  const run = (file: string) => owner.query(fs.readFileSync(path.join(SQL, file), "utf8"));
  await owner.query("select set_config('bench.program', $1, false)", [programId]);
  await run("cursors.sql");
  const { rows } = await owner.query("select max(version) as version from plans where program_id = $1", [
    programId,
  ]);
  const positions = await takePositions(owner, POSITIONS + 1);
  const terms = { ...termsOf(programId, shape, positions), plan_version: rows[0].version };
  await owner.query("begin");
  await owner.query("set local work_mem = '256MB'; set local maintenance_work_mem = '512MB'");
  await run("terms.sql");
  await owner.query("insert into terms select * from jsonb_populate_record(null::terms, $1)", [terms]);
  for (const file of FILES) await run(file);
  await owner.query("commit");
}

/** Two thirds of the purchases have waited out their hold. */
function termsOf(programId: string, { people, purchases, network }: Shape, positions: readonly string[]) {
  const all = people * purchases;
  return {
    program_id: programId,
    people,
    network,
    narrow_last: STAR.narrow + STAR.narrowFriends,
    first_buyer: FIRST_BUYER[network],
    purchases: all,
    released: Math.floor((all * 2) / 3),
    positions: positions.slice(0, POSITIONS),
    end_position: positions[POSITIONS],
  };
}

/** Positions are numbers of transactions; these belong to ones that did nothing else. */
async function takePositions(owner: pg.Client, count: number): Promise<string[]> {
  const positions: string[] = [];
  while (positions.length < count) {
    const { rows } = await owner.query(
      "select (pg_current_xact_id()::text::bigint + position_offset)::text as position from installation",
    );
    positions.push(rows[0].position);
  }
  return positions;
}
