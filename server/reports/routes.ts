import { Type } from "typebox";
import { type AnyDoor, door } from "../access/door.ts";
import type { Database } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { ReportParams } from "./contract.ts";
import { findFigures } from "./find-figures.ts";
import { findReport, reports } from "./index.ts";

export type ReportsDeps = { db: Database };

export const reportRoutes = ({ db }: ReportsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/reports/:report",
    operation: "reports.read",
    limit: "read",
    summary: "A report on the program, as of now",
    tag: "Reports",
    schema: { params: ReportParams, response: { 200: Type.Union(reports.map(({ answer }) => answer)) } },
    handle: async ({ programId, params }) => {
      const report = findReport(params.report);
      if (!report) throw new Refusal("not_found");
      return { status: 200, body: await db.read(programId, (reader) => findFigures(reader, report)) };
    },
  }),
];
