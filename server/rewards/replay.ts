import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import type { HistoryFacts } from "./settled-history.ts";

export type ReplayId = Id<"rpl">;

/** What a plan is replayed on. Instants as text: this is kept as it was asked. */
export type ReplaySource =
  | { kind: "history"; from?: string; to?: string }
  | { kind: "simulation"; participants: number; months: number; seed: number };

export type ReplayState = "queued" | "running" | "completed" | "failed" | "cancelled";

/** What happened, in order: each side of a replay settles it by its own plan. */
export type ReplayStep = ReplayConversion | ReplayRefund | ReplayExpiry;

export type ReplayConversion = {
  kind: "conversion";
  key: string;
  /** Null in a simulation. */
  conversionId: string | null;
  /** The version it was settled by; null in a simulation. */
  planVersion: number | null;
  facts: Omit<HistoryFacts, "plan" | "planVersion">;
  /** Whether a refund of it follows, so that what it paid must be remembered. */
  isRefunded: boolean;
  /** False where it only counts: it lies before what is replayed. */
  isTallied: boolean;
  /** When it was recorded; a simulation needs no clock. */
  recordedAt?: Date;
  /** When it was settled, where that was not at once. */
  settledLateAt?: Date;
};

/** `addedMinor` is below zero where a chargeback was reversed. */
export type ReplayRefund = { kind: "refund"; key: string; addedMinor: bigint; at: Date };

/** So much of a reward expired, unused. */
export type ReplayExpiry = {
  kind: "expiry";
  key: string;
  ruleId: string;
  to: ParticipantId;
  level: number;
  minor: bigint;
  at: Date;
};

/** A worker that is silent for so long has ended. */
export const SILENCE_SECONDS = 60;
/** Taken up more often than this, a replay is what ends workers. */
export const ATTEMPTS_MAX = 2;
/** Replays of one program that wait or run. */
export const OPEN_REPLAYS_MAX = 10;
