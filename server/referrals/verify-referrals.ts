import { CLICKS_READER } from "../clicks/record-click-counts.ts";
import { NETWORK_LEVELS_MAX } from "../participants/participant.ts";
import { readCursor } from "../platform/cursors.ts";
import type { Database } from "../platform/database.ts";
import { type Check, verifyInvariants } from "../platform/verification.ts";
import { NETWORK_READER } from "./find-standing.ts";
import {
  examineAdvocateCounts,
  examineDirectCounts,
  examineForest,
  examineLegCounts,
  examineNetworkCounts,
  examineReferredPeople,
} from "./store/verify.ts";
import { examineOpenPlaces, examineWaitlist } from "./store/verify-places.ts";

/** Whether the network is what sign-ups made of it, and its counters are what the log says. */
export function verifyReferrals(db: Database, programId: string): Promise<Check[]> {
  return verifyInvariants(db, programId, [
    {
      id: "I9",
      name: "Nobody has more direct referrals than counted or allowed",
      unit: ["participant", "participants"],
      examine: examineDirectCounts,
    },
    {
      id: "I13",
      name: "The network is a forest, and places in it change only by a decision on record",
      unit: ["participant", "participants"],
      examine: (reader) => examineForest(reader, NETWORK_LEVELS_MAX),
    },
    {
      id: "open_places",
      name: "Spillover finds room where there is room, below who invited",
      unit: ["place", "places"],
      examine: (reader) => examineOpenPlaces(reader, NETWORK_LEVELS_MAX),
    },
    {
      id: "waitlist",
      name: "Who waits has no place yet, and everybody else's is final",
      unit: ["person", "people"],
      examine: examineWaitlist,
    },
    {
      id: "I15",
      name: "A person counts as referred once",
      unit: ["person", "people"],
      examine: examineReferredPeople,
    },
    {
      id: "network_counts",
      name: "People counted by level are those in the log",
      unit: ["counter", "counters"],
      examine: async (reader) => examineNetworkCounts(reader, await readCursor(reader, NETWORK_READER)),
    },
    {
      id: "leg_counts",
      name: "People counted by leg are those in the log",
      unit: ["counter", "counters"],
      examine: async (reader) => examineLegCounts(reader, await readCursor(reader, NETWORK_READER)),
    },
    {
      id: "advocate_counts",
      name: "Visits and qualified friends counted are those in the log",
      unit: ["counter", "counters"],
      examine: async (reader) =>
        examineAdvocateCounts(
          reader,
          await readCursor(reader, NETWORK_READER),
          await readCursor(reader, CLICKS_READER),
        ),
    },
  ]);
}
