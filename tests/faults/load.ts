import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { expect } from "vitest";
import { Api } from "../support/api.ts";
import { ask } from "./process.ts";

/** Purchases by clients that never give up: each sends one under one key until it is acknowledged. */
export type Load = {
  acknowledged(): number;
  /** When the first purchase was acknowledged that was sent after this moment. */
  successAfter(moment: number): Promise<number>;
  stop(): Promise<Report>;
};

export type Report = {
  /** Begins every external id of this load. */
  prefix: string;
  /** External id → the id that was answered. */
  purchases: Map<string, string>;
  attempts: number;
  /** Retries of which nobody knew whether the first had been stored. */
  ambiguous: number;
  /** Of these, the ones that had been, committed and never acknowledged: because of a fault, … */
  lostAnswers: number;
  /** … or because their client had hung up. */
  cutOffAnswers: number;
  /** Answers that were neither success nor a request to come again, by status. */
  unexpected: Record<string, number>;
};

const CLIENTS = 16;
const AGAIN_MS = 100;
const REQUEST_MS_MAX = 20_000;
/** One request in so many is cut off by its client: the window between commit and answer is met for certain. */
const CUT_OFF_ONE_IN = 50;
const CUT_OFF_MS_MAX = 8;

export function startLoad(targets: () => string[], key: string, buyers: readonly string[]): Load {
  const report: Report = {
    prefix: `load-${randomBytes(4).toString("hex")}-`,
    purchases: new Map(),
    attempts: 0,
    ambiguous: 0,
    lostAnswers: 0,
    cutOffAnswers: 0,
    unexpected: {},
  };
  const successes: { sent: number; at: number }[] = [];
  let isStopping = false;

  const attempt = async (
    externalId: string,
    client: number,
    wasCutOff: boolean,
  ): Promise<"done" | "again" | "lost" | "cut off"> => {
    report.attempts++;
    const urls = targets();
    const api = new Api(urls[(client + report.attempts) % urls.length] ?? "", key);
    const isCutOff = report.attempts % CUT_OFF_ONE_IN === 0;
    const patience = isCutOff ? Math.random() * CUT_OFF_MS_MAX : REQUEST_MS_MAX;
    const sent = Date.now();
    const body = {
      external_id: externalId,
      participant: buyers[client % buyers.length],
      amount: { amount: 200_000, currency: "INR" },
      profit: { amount: 60_000, currency: "INR" },
    };
    const answer = await api
      .send<{ id: string }>("POST", "/v1/conversions", body, {
        headers: { "idempotency-key": externalId },
        signal: AbortSignal.timeout(Math.ceil(patience)),
      })
      .catch(() => null);
    if (answer === null) return isCutOff ? "cut off" : "lost";
    if (answer.status === 503) return "lost";
    if (answer.status !== 200 && answer.status !== 201) {
      report.unexpected[answer.status] = (report.unexpected[answer.status] ?? 0) + 1;
      return "again";
    }
    if (answer.headers.get("idempotent-replayed") === "true")
      report[wasCutOff ? "cutOffAnswers" : "lostAnswers"]++;
    report.purchases.set(externalId, answer.body.id);
    successes.push({ sent, at: Date.now() });
    return "done";
  };

  const run = async (client: number): Promise<void> => {
    for (let n = 0; !isStopping; n++) {
      const externalId = `${report.prefix}${client}-${n}`;
      for (let wasCutOff = false; ; ) {
        const outcome = await attempt(externalId, client, wasCutOff);
        if (outcome === "done") break;
        if (outcome !== "again") report.ambiguous++;
        wasCutOff ||= outcome === "cut off";
        await sleep(AGAIN_MS);
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, client) => run(client));
  return {
    acknowledged: () => report.purchases.size,
    successAfter: async (moment) => {
      for (;;) {
        const found =
          successes.findLast((one) => one.sent >= moment) && successes.find((one) => one.sent >= moment);
        if (found) return found.at;
        await sleep(5);
      }
    },
    stop: async () => {
      isStopping = true;
      await Promise.all(clients);
      return report;
    },
  };
}

/** Two levels above every buyer, so that each purchase pays twice. */
export async function enrollBuyers(url: string, key: string, name = "load"): Promise<string[]> {
  const api = new Api(url, key);
  const asha = await api.join(undefined, { email: `asha@${name}.example` });
  const ben = await api.join(asha, { email: `ben@${name}.example` });
  const buyers = [];
  for (let i = 0; i < 4; i++) buyers.push((await api.join(ben, { email: `buyer${i}@${name}.example` })).id);
  return buyers;
}

/** What must hold whatever was killed; says a figure for each. */
export async function expectNothingLost(owner: pg.ClientConfig, { prefix, purchases, unexpected }: Report) {
  const rows = await ask<{ external_id: string; id: string; rewards: string; paid: string }>(
    owner,
    `select external_id, conversions.id, count(rewards.*) as rewards, coalesce(sum(rewards.amount_minor), 0) as paid
       from conversions left join rewards on rewards.conversion_id = conversions.id
      where external_id like $1 || '%'
      group by external_id, conversions.id`,
    [prefix],
  );
  const stored = new Map(rows.map((row) => [row.external_id, row.id]));
  const lost = [...purchases].filter(([externalId, id]) => stored.get(externalId) !== id);
  const wrong = rows.filter((row) => row.rewards !== "2" || row.paid !== "3600");
  const [ledger] = await ask<{ entries: string; sum: string; unpaid: string; duplicates: string }>(
    owner,
    `select (select coalesce(sum(amount_minor), 0) from ledger_entries) as sum,
            (select count(*) from ledger_entries) as entries,
            (select coalesce(sum(amount_minor), 0) from ledger_entries where account_id like '%\\_pending\\_%')
              - (select coalesce(sum(amount_minor - reversed_minor), 0) from rewards) as unpaid,
            (select count(*) from (select 1 from ledger_transfers group by program_id, subject_id, credit_id
                                   having count(*) > 1) as twice) as duplicates`,
  );
  const figures = {
    acknowledged: purchases.size,
    lost: lost.length,
    stored_but_never_acknowledged: rows.length - purchases.size,
    duplicates: rows.length - stored.size,
    wrongly_rewarded: wrong.length,
    transfers_twice: Number(ledger?.duplicates),
    ledger_sum: Number(ledger?.sum),
    pending_minus_rewards: Number(ledger?.unpaid),
    unexpected,
  };
  expect(figures).toEqual({
    acknowledged: purchases.size,
    lost: 0,
    stored_but_never_acknowledged: 0,
    duplicates: 0,
    wrongly_rewarded: 0,
    transfers_twice: 0,
    ledger_sum: 0,
    pending_minus_rewards: 0,
    unexpected: {},
  });
  return figures;
}
