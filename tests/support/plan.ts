import { sql } from "kysely";
import type { Query, Reader } from "../../server/platform/database.ts";
import type { World } from "./world.ts";

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
};

export type Scan = { table: string; node: string; rows: number };

/** How the database carries out what `work` asks: each table it looked at, how, and how many rows it took up. */
export function scansOf(world: World, work: (reader: Reader) => Promise<unknown>): Promise<Scan[]> {
  return world.read(async (reader) => {
    const scans: Scan[] = [];
    const explained = async (query: Query): Promise<void> => {
      const [row] = await reader.many<Record<string, [{ Plan: Plan }]>>(
        sql`explain (analyze, format json) ${query}`,
      );
      collect(Object.values(row ?? {})[0]?.[0].Plan, scans);
    };
    await work({
      programId: reader.programId,
      async many<Row>(query: Query) {
        await explained(query);
        return reader.many<Row>(query);
      },
      async one<Row>(query: Query) {
        await explained(query);
        return reader.one<Row>(query);
      },
      async maybe<Row>(query: Query) {
        await explained(query);
        return reader.maybe<Row>(query);
      },
    });
    return scans;
  });
}

function collect(plan: Plan | undefined, scans: Scan[]): void {
  if (!plan) return;
  const table = plan["Relation Name"];
  const rows =
    (plan["Actual Rows"] ?? 0) +
    (plan["Rows Removed by Filter"] ?? 0) +
    (plan["Rows Removed by Index Recheck"] ?? 0);
  if (table !== undefined)
    scans.push({ table, node: plan["Node Type"], rows: rows * (plan["Actual Loops"] ?? 1) });
  for (const inner of plan.Plans ?? []) collect(inner, scans);
}
