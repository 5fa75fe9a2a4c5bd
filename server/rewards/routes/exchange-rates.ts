import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { formatExchangeRate } from "../../primitives/exchange.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import * as contract from "../../programs/contract.ts";
import { createExchangeRate } from "../../programs/create-exchange-rate.ts";
import { newRateOf, type RateEntry } from "../../programs/exchange-rate.ts";
import { findExchangeRates } from "../../programs/find-exchange-rates.ts";
import { findProgram } from "../../programs/find-program.ts";
import type { RewardsDeps } from "./deps.ts";

export const exchangeRateRoutes = ({ db }: Pick<RewardsDeps, "db">): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/exchange_rates",
    operation: "exchange_rates.create",
    limit: "write",
    summary: "Enter what a currency is worth from a day on; a correction is a later entry for the same day",
    tag: "Exchange rates",
    schema: { body: contract.NewExchangeRate, response: { 201: contract.ExchangeRateAnswer } },
    handle: ({ body, actor, requestId, write }) =>
      write(async (tx) => {
        const { currency } = await findProgram(tx);
        const entry = await createExchangeRate(tx, newRateOf(body, currency));
        await recordAudit(tx, [
          {
            actor,
            operation: "exchange_rates.create",
            subjectId: entry.id,
            requestId,
            changes: {
              currency: entry.currency,
              rate: formatExchangeRate(entry.rate),
              valid_from: entry.validFrom,
            },
          },
        ]);
        return { status: 201, body: wire(entry) };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/exchange_rates",
    operation: "exchange_rates.list",
    limit: "read",
    summary: "Exchange rates as they were entered, newest first",
    tag: "Exchange rates",
    schema: { query: contract.ExchangeRatesQuery, response: { 200: contract.ExchangeRateList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const filter = { ...pageWindow(query, "fxr"), currency: query.currency ?? null };
        return pageOf(await findExchangeRates(reader, filter), query, (entry) => entry.id, wire);
      }),
    }),
  }),
];

function wire(entry: RateEntry) {
  return {
    id: entry.id,
    currency: entry.currency,
    rate: formatExchangeRate(entry.rate),
    valid_from: entry.validFrom,
    source: entry.source,
    created_at: entry.createdAt.toISOString(),
  };
}
