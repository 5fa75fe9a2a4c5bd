import type { ConversionId, RefundId, RefundKind } from "../conversions/conversion.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { WireMoney } from "../primitives/money.ts";
import type { ProgramId } from "../programs/program.ts";
import type { StoredSettlement } from "../rewards/stored-settlement.ts";

/** What the lines of a log mean; another version is another language. */
export const LOG_VERSION = 1;

export type LogHeader = { log: "referralhub"; version: typeof LOG_VERSION; program: ProgramId };
export type LogEnd = { end: true; facts: number; sha256: string };

/** What a settlement saw of the world around the conversion: how people stood at that moment. */
export type Seen = Pick<StoredSettlement, "margin" | "referral" | "upline"> & {
  time_zone: string;
  referred_at: string | null;
  place: StoredSettlement["place"] | null;
};

/**
 * One thing that happened, and when. Ids are chance, like the time: they are told, so that everything can be called
 * the same again. What follows from facts is not in the log: no amount of a reward, no counter, no transfer.
 */
export type LoggedFact = { at: string } & (
  | { fact: "program"; id: ProgramId; name: string; currency: string; time_zone: string }
  | { fact: "rate"; id: string; currency: string; rate: string; valid_from: string; source: string }
  | { fact: "plan"; id: string; version: number; document: unknown; from: string }
  | { fact: "promotion"; id: string; document: unknown; time_zone: string }
  | { fact: "promotion_end"; id: string }
  | { fact: "participant"; id: ParticipantId }
  | { fact: "status"; id: ParticipantId; status: "active" | "suspended" }
  | { fact: "visit"; id: ParticipantId }
  | { fact: "referral"; id: string; referee: ParticipantId; advocate: ParticipantId | null; counts: boolean }
  | LoggedConversion
  | {
      fact: "refund";
      id: RefundId;
      kind: RefundKind;
      conversion: string;
      external: string;
      amount: WireMoney;
    }
  | { fact: "waiting_refunds" }
  | { fact: "chargeback_reversal"; id: RefundId }
  | { fact: "release"; rewards: string[] }
  | { fact: "resume"; rewards: string[]; participants: ParticipantId[] }
  | { fact: "expiry"; rewards: string[] }
  | { fact: "redemption"; id: string; participant: ParticipantId; amount: WireMoney }
  | { fact: "redemption_reversal"; id: string; participant: ParticipantId }
  | { fact: "coupon_use"; reward: string }
  | LoggedReassignment
  | { fact: "write_off"; participants: ParticipantId[]; older_than_days: number }
);

export type LoggedConversion = {
  fact: "conversion";
  id: ConversionId;
  external: string;
  participant: ParticipantId;
  kind: string;
  amount: WireMoney;
  profit: WireMoney | null;
  product: string | null;
  occurred_at: string;
  saw: Seen;
  /** Drawn for what it granted, in that order. */
  rewards: string[];
  /** Refunds that had waited for it were applied with it. */
  with_refunds: boolean;
};

/** A decision that put somebody under another advocate; what they had bought was settled again as they stand there. */
export type LoggedReassignment = {
  fact: "reassignment";
  id: string;
  referral: string;
  referee: ParticipantId;
  former: ParticipantId | null;
  advocate: ParticipantId;
  conversions: { id: ConversionId; saw: Seen; rewards: string[] }[];
};

/** A log that cannot be read: said with the line. */
export class LogProblem extends Error {}

export function parseHeader(line: string): LogHeader {
  const header = objectOf(line, 1);
  if (header["log"] !== "referralhub") throw new LogProblem("This is no log of ReferralHub.");
  if (header["version"] !== LOG_VERSION)
    throw new LogProblem(`The log is of version ${header["version"]}, this is version ${LOG_VERSION}.`);
  return header as LogHeader;
}

/** The line after the last fact, or null where it is a fact. */
export function parseEnd(line: string): LogEnd | null {
  return line.startsWith('{"end":') ? (objectOf(line, 0) as LogEnd) : null;
}

export function parseFact(line: string, number: number): LoggedFact {
  const fact = objectOf(line, number);
  if (typeof fact["fact"] !== "string" || Number.isNaN(Date.parse(String(fact["at"]))))
    throw new LogProblem(`Line ${number} is no fact.`);
  return fact as LoggedFact;
}

function objectOf(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below, like what is JSON and no object.
  }
  throw new LogProblem(`Line ${number} cannot be read.`);
}
