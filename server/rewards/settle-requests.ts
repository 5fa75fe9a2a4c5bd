import type { ConversionReport } from "../conversions/conversion.ts";
import { findKnownConversions } from "../conversions/find-known-conversions.ts";
import type { Tx } from "../platform/database.ts";
import {
  answerBatch,
  type BatchAnswer,
  type KeyedRequest,
  type StoredBodies,
} from "../platform/idempotency.ts";
import type { Refusal } from "../primitives/refusal.ts";
import type { ConversionAnswer } from "./contract.ts";
import { findConversionAnswers } from "./find-conversion-answers.ts";
import type { PlanCache } from "./find-plans.ts";
import type { SettlementDesk } from "./find-settlement-facts.ts";
import { conversionWire } from "./presentation.ts";
import {
  type ReportedConversion,
  type Settled,
  type SettleOutcome,
  settleConversions,
} from "./settle-conversions.ts";

/** One request to settle a conversion, as it waits for its batch. */
export type SettleRequest = ReportedConversion & { idempotency: KeyedRequest | null };

/** What was read before the requests of a batch are settled. */
export type SettleGround = { stored: StoredBodies; desk: SettlementDesk };

/** Settles the requests of one batch and answers each: 201 with what it gave, 200 for a repeat. */
export function settleRequests(
  tx: Tx,
  requests: readonly SettleRequest[],
  { stored, desk }: SettleGround,
  cache: PlanCache,
): Promise<(BatchAnswer | Refusal)[]> {
  return answerBatch(tx, requests, stored, async (asked) => {
    const outcomes = await settleConversions(tx, asked, desk);
    const known = await knownAnswers(
      tx,
      asked.filter((_, index) => mustBeRead(outcomes[index])).map(({ report }) => report),
      cache,
    );
    return outcomes.map((outcome, index) => {
      if (outcome.kind === "refused") return outcome.refusal;
      if (mustBeRead(outcome))
        return {
          status: outcome.kind === "settled" && outcome.isNew ? 201 : 200,
          body: known.get(asked[index]?.report.externalId ?? ""),
        };
      const { conversion, rewards, passes, facts, isNew } = outcome;
      return { status: isNew ? 201 : 200, body: conversionWire(conversion, rewards, passes, facts) };
    });
  });
}

/** Whether what stands is not what settlement has just given. */
function mustBeRead(outcome: SettleOutcome | undefined): outcome is Known | Settled {
  return outcome?.kind === "known" || (outcome?.kind === "settled" && outcome.isRefunded);
}

type Known = Extract<SettleOutcome, { kind: "known" }>;

async function knownAnswers(
  tx: Tx,
  reports: readonly ConversionReport[],
  cache: PlanCache,
): Promise<Map<string, ConversionAnswer>> {
  if (reports.length === 0) return new Map();
  const externalIds = reports.map((report) => report.externalId);
  const known = await findKnownConversions(tx, externalIds);
  const answers = await findConversionAnswers(tx, [...known.values()], cache);
  return new Map(answers.map((answer) => [answer.external_id, answer]));
}
