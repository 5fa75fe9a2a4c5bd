import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { type ColumnType, tableOf } from "../platform/rows.ts";
import type { ConversionId, ConversionRow, NewConversion, RefundRow } from "./conversion.ts";

export const CONVERSION_COLUMNS = sql`id, external_id, fingerprint, participant_id, kind, amount_minor, profit_minor, currency,
       status, plan_version, settlement, refunded_minor, occurred_at, recorded_at, product,
       original_currency, original_amount_minor, original_profit_minor, rate_id`;

const NEW_CONVERSION = {
  id: "id",
  external_id: "text",
  fingerprint: "id",
  participant_id: "id",
  kind: "text",
  amount_minor: "bigint",
  profit_minor: "bigint",
  currency: "id",
  product: "text",
  metadata: "jsonb",
  status: "id",
  plan_version: "int",
  settlement: "json",
  occurred_at: "timestamptz",
  original_currency: "id",
  original_amount_minor: "bigint",
  original_profit_minor: "bigint",
  rate_id: "id",
} as const satisfies Record<keyof NewConversion, ColumnType>;

export const insertConversions = (tx: Tx, conversions: readonly NewConversion[]) =>
  tx.send(sql`
    insert into conversions
           (program_id, id, position, external_id, fingerprint, participant_id, kind, amount_minor, profit_minor, currency,
            product, metadata, status, plan_version, settlement, occurred_at, recorded_at,
            original_currency, original_amount_minor, original_profit_minor, rate_id)
    select ${tx.programId}, id, ${tx.position}::bigint, external_id, fingerprint, participant_id, kind, amount_minor,
           profit_minor, currency, product, metadata, status, plan_version, settlement, occurred_at, ${tx.now}::timestamptz,
           original_currency, original_amount_minor, original_profit_minor, rate_id
      from ${tableOf("conversion", NEW_CONVERSION, conversions)}`);

/** By one look-up each in the unique index, whatever the planner believes about a table that is still small. */
export const listByExternalId = (reader: Reader, externalIds: readonly string[]) =>
  reader.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS}
      from unnest(${externalIds}::text[]) as sought (sought_id)
     cross join lateral (
       select * from conversions where program_id = ${reader.programId} and external_id = sought_id limit 1) as known`);

export const listSettledById = (reader: Reader, ids: readonly string[]) =>
  reader.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS}
      from unnest(${ids}::text[]) as sought (sought_id)
     cross join lateral (
       select * from conversions where program_id = ${reader.programId} and id = sought_id limit 1) as known
     where status = 'settled'`);

export const readConversion = (reader: Reader, key: { id: string } | { externalId: string }) =>
  reader.maybe<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${reader.programId}
       and ${"id" in key ? sql`id = ${key.id}` : sql`external_id = ${key.externalId}`}`);

export const lockConversion = (tx: Tx, key: { id: string } | { externalId: string }) =>
  tx.maybe<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${tx.programId}
       and ${"id" in key ? sql`id = ${key.id}` : sql`external_id = ${key.externalId}`}
       for update`);

export type ConversionFilter = {
  participantId: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listConversions = (reader: Reader, filter: ConversionFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const ofOne = filter.participantId === null ? null : sql`participant_id = ${filter.participantId}`;
  return reader.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${reader.programId} ${andAll([ofOne, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const listLatestConversions = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS}
      from unnest(${participantIds}::text[]) as buyer (buyer_id)
     cross join lateral (
       select * from conversions
        where program_id = ${reader.programId} and participant_id = buyer_id and status = 'settled'
        order by id desc
        limit 1) as latest
     order by id`);

/** Oldest first. */
export const listUnsettledIds = (reader: Reader, after: string, limit: number) =>
  reader.many<{ id: string }>(sql`
    select id from conversions
     where program_id = ${reader.programId} and status = 'recorded' and id > ${after}
     order by id
     limit ${limit}`);

export const lockUnsettled = (tx: Tx, ids: readonly string[]) =>
  tx.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${tx.programId} and status = 'recorded' and id = any(${ids})
     order by id
       for update skip locked`);

export const markSettled = (
  tx: Tx,
  conversions: readonly { id: string; plan_version: number; settlement: object }[],
) =>
  tx.run(sql`
    update conversions
       set status = 'settled', plan_version = settled.plan_version, settlement = settled.settlement
      from json_to_recordset(${JSON.stringify(conversions)}::json)
        as settled (id text, plan_version int, settlement json)
     where conversions.program_id = ${tx.programId} and conversions.id = settled.id`);

export const addRefunded = (tx: Tx, id: ConversionId, addedMinor: bigint) =>
  tx.run(sql`
    update conversions set refunded_minor = refunded_minor + ${addedMinor}::bigint
     where program_id = ${tx.programId} and id = ${id}`);

const REFUND_COLUMNS = sql`id, external_id, kind, status, conversion_id, waits_for, amount_minor, currency, counted_minor,
       reversals, restorations, refusal, created_at, applied_at, reversed_at`;

export type NewRefund = Omit<RefundRow, "createdAt" | "restorations" | "refusal" | "reversedAt">;

export const insertRefund = (tx: Tx, refund: NewRefund) =>
  tx.one<RefundRow>(sql`
    insert into refunds (program_id, id, external_id, kind, status, conversion_id, waits_for, amount_minor, currency,
                         counted_minor, reversals, created_at, applied_at)
    values (${tx.programId}, ${refund.id}, ${refund.externalId}, ${refund.kind}, ${refund.status}, ${refund.conversionId},
            ${refund.waitsFor}, ${refund.amountMinor}::bigint, ${refund.currency}, ${refund.countedMinor}::bigint,
            ${JSON.stringify(refund.reversals)}::jsonb, ${tx.now}, ${refund.appliedAt})
    returning ${REFUND_COLUMNS}`);

export const updateRefund = (tx: Tx, refund: RefundRow) =>
  tx.run(sql`
    update refunds
       set conversion_id = ${refund.conversionId}, status = ${refund.status}, refusal = ${refund.refusal},
           counted_minor = ${refund.countedMinor}::bigint, reversals = ${JSON.stringify(refund.reversals)}::jsonb,
           restorations = ${JSON.stringify(refund.restorations)}::jsonb,
           applied_at = ${refund.appliedAt}, reversed_at = ${refund.reversedAt}
     where program_id = ${tx.programId} and id = ${refund.id}`);

export const readRefundByExternalId = (reader: Reader, externalId: string) =>
  reader.maybe<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds where program_id = ${reader.programId} and external_id = ${externalId}`);

export const readRefund = (reader: Reader, id: string) =>
  reader.maybe<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds where program_id = ${reader.programId} and id = ${id}`);

export const lockRefund = (tx: Tx, id: string) =>
  tx.maybe<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds where program_id = ${tx.programId} and id = ${id} for update`);

export const listRefundsOf = (reader: Reader, conversionId: string) =>
  reader.many<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds
     where program_id = ${reader.programId} and conversion_id = ${conversionId}
     order by id`);

export type RefundFilter = {
  conversionId: string | null;
  kind: string | null;
  status: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listRefunds = (reader: Reader, filter: RefundFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const { conversionId, kind, status } = filter;
  const asked = [
    conversionId === null ? null : sql`conversion_id = ${conversionId}`,
    kind === null ? null : sql`kind = ${kind}`,
    // Written out where it is the rare one, so that its own index is found.
    status === null ? null : status === "waiting" ? sql`status = 'waiting'` : sql`status = ${status}`,
  ];
  return reader.many<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

/** Which of these external ids a refund waits for. */
export const listWaitedFor = (reader: Reader, externalIds: readonly string[]) =>
  reader.many<{ waitsFor: string }>(sql`
    select distinct waits_for from refunds
     where program_id = ${reader.programId} and status = 'waiting' and waits_for = any(${externalIds})
     order by waits_for`);

/** In the order they came. */
export const lockWaitingRefunds = (tx: Tx, externalIds: readonly string[]) =>
  tx.many<RefundRow>(sql`
    select ${REFUND_COLUMNS} from refunds
     where program_id = ${tx.programId} and status = 'waiting' and waits_for = any(${externalIds})
     order by id
       for update`);

/** Purchases that were settled at the moment a refund came to wait for them, so that neither saw the other. */
export const listOvertaken = (reader: Reader, limit: number) =>
  reader.many<ConversionRow>(sql`
    select ${CONVERSION_COLUMNS} from conversions
     where program_id = ${reader.programId} and status = 'settled'
       and external_id in (select waits_for from refunds
                            where program_id = ${reader.programId} and status = 'waiting')
     order by id
     limit ${limit}`);
