import { type RawBuilder, sql } from "kysely";
import type { Query, Reader } from "../platform/database.ts";
import type { LoggedFact } from "./logged-fact.ts";

export type FactRow = { at: Date; fact: LoggedFact["fact"]; body: object };

const instant = (column: string): RawBuilder<unknown> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A caller's own id may say something about a person; whether two are the same can be told without it. */
const pseudonym = (column: string): RawBuilder<unknown> =>
  sql`left(encode(sha256(convert_to(${sql.ref(column)}, 'UTF8')), 'hex'), 32)`;

const money = (minor: string, currency: string): RawBuilder<unknown> =>
  sql`json_build_object('amount', ${sql.ref(minor)}, 'currency', ${sql.ref(currency)})`;

/** Another event of the very same act. */
const besideOf = (types: readonly string[]): RawBuilder<unknown> => sql`
  exists (select from events as beside
           where beside.program_id = event.program_id and beside.position = event.position
             and beside.recorded_at = event.recorded_at and beside.type = any(${types}))`;

const terms = (programId: string | null): Query => sql`
  select 0 as rank, created_at as at, 0::bigint as position, '' as id, 'program' as fact,
         json_build_object('id', program_id, 'name', name, 'currency', currency, 'time_zone', time_zone) as body
    from programs where program_id = ${programId}
  union all
  select 1, created_at, 0, id, 'rate', json_build_object('id', id, 'currency', currency, 'rate', rate::text,
         'valid_from', valid_from::text, 'source', source)
    from exchange_rates where program_id = ${programId}
  union all
  select 1, published_at, 0, id, 'plan', json_build_object('id', id, 'version', version, 'document', document,
         'from', ${instant("in_force_from")})
    from plans where program_id = ${programId} and state = 'published'
  union all
  select 1, created_at, 0, id, 'promotion', json_build_object('id', id, 'document', document, 'time_zone', time_zone)
    from promotions where program_id = ${programId}
  union all
  select 1, ended_at, 0, id, 'promotion_end', json_build_object('id', id)
    from promotions where program_id = ${programId} and ended_at is not null`;

/** Who is on a waitlist has no place in the network yet, and nobody earns by them. Visits are told where a plan asks. */
const people = (programId: string | null): Query => sql`
  select 1, created_at, 0, id, 'participant', json_build_object('id', id)
    from participants where program_id = ${programId}
  union all
  select 1, referral.created_at, 0, referral.id, 'referral', json_build_object('id', referral.id,
         'referee', referral.referee_id, 'advocate', coalesce(first.former_advocate_id, referral.advocate_id),
         'counts', referral.status <> 'not_eligible')
    from referrals as referral
    left join lateral (select former_advocate_id, true as is_moved from reassignments as decided
                        where decided.program_id = referral.program_id and decided.referee_id = referral.referee_id
                        order by decided.id limit 1) as first on true
   where referral.program_id = ${programId} and referral.status <> 'waitlisted'
     -- Who had no advocate is told where somebody decided that they have one.
     and (first.is_moved is null or first.former_advocate_id is not null)
  union all
  select 1, recorded_at, position, id, 'status', json_build_object('id', subject_id, 'status', data -> 'object' ->> 'status')
    from events
   where program_id = ${programId} and type in ('participant.suspended', 'participant.updated')
     and (data -> 'object' -> 'changed')::jsonb @> '["status"]'
  union all
  select 1, day::timestamp at time zone 'UTC', 0, participant_id, 'visit', json_build_object('id', participant_id)
    from participant_activity
   where program_id = ${programId}
     and exists (select from plans where plans.program_id = ${programId} and document -> 'activity' is not null)`;

/** What a settlement saw, without what it counted and what it decided. */
const saw = (settlement: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  json_build_object(
    'margin', ${settlement} -> 'margin', 'referral', ${settlement} -> 'referral', 'upline', ${settlement} -> 'upline',
    'place', ${settlement} -> 'place',
    'referred_at', coalesce(${settlement} ->> 'referred_at', ${instant("referral.created_at")}),
    'time_zone', coalesce(${settlement} -> 'counted' ->> 'time_zone', program.time_zone))`;

const conversions = (programId: string | null): Query => sql`
  select 1, event.recorded_at, event.position, event.id, 'conversion',
         json_build_object(
           'id', conversion.id, 'external', ${pseudonym("conversion.external_id")},
           'participant', conversion.participant_id, 'kind', conversion.kind,
           'amount', case when conversion.original_currency is null
                          then ${money("conversion.amount_minor", "conversion.currency")}
                          else ${money("conversion.original_amount_minor", "conversion.original_currency")} end,
           'profit', case when coalesce(conversion.original_profit_minor, conversion.profit_minor) is null then null
                          when conversion.original_currency is null
                          then ${money("conversion.profit_minor", "conversion.currency")}
                          else ${money("conversion.original_profit_minor", "conversion.original_currency")} end,
           'product', conversion.product, 'occurred_at', ${instant("conversion.occurred_at")},
           'saw', ${saw(sql`first.settlement`)},
           'rewards', array(select reward.id from rewards as reward
                             where reward.program_id = conversion.program_id and reward.conversion_id = conversion.id
                               and reward.settlement = 1
                             order by reward.id),
           'with_refunds', exists (
             select from refunds as refund
               join events as told
                 on told.program_id = refund.program_id and told.position = event.position
                and told.recorded_at = event.recorded_at and told.type in ('conversion.refunded', 'refund.refused')
                and told.data -> 'object' ->> 'id' = refund.id
              where refund.program_id = conversion.program_id and refund.waits_for = conversion.external_id))
    from events as event
    join conversions as conversion
      on conversion.program_id = event.program_id and conversion.id = event.subject_id
    join programs as program on program.program_id = event.program_id
    left join referrals as referral
      on referral.program_id = conversion.program_id and referral.referee_id = conversion.participant_id
    left join former_settlements as former
      on former.program_id = conversion.program_id and former.conversion_id = conversion.id and former.number = 1
   cross join lateral (select coalesce(former.settlement, conversion.settlement) as settlement) as first
   where event.program_id = ${programId} and event.type = 'conversion.settled'`;

/** What somebody bought was settled again: each settlement is stored before the next one takes its place. */
const reassignments = (programId: string | null): Query => sql`
  select 1, decided.decided_at,
         (select min(position) from events
           where events.program_id = decided.program_id and type in ('referral.reassigned', 'referral.created')
             and subject_id = decided.referral_id and recorded_at = decided.decided_at),
         decided.id, 'reassignment',
         json_build_object(
           'id', decided.id, 'referral', decided.referral_id, 'referee', decided.referee_id,
           'former', decided.former_advocate_id, 'advocate', decided.advocate_id,
           'conversions', coalesce((
             select json_agg(json_build_object(
                      'id', former.conversion_id, 'saw', ${saw(sql`next.settlement`)},
                      'rewards', array(select reward.id from rewards as reward
                                        where reward.program_id = former.program_id
                                          and reward.conversion_id = former.conversion_id
                                          and reward.settlement = former.number + 1
                                        order by reward.id)) order by former.conversion_id)
               from former_settlements as former
               join conversions as conversion
                 on conversion.program_id = former.program_id and conversion.id = former.conversion_id
               left join former_settlements as later
                 on later.program_id = former.program_id and later.conversion_id = former.conversion_id
                and later.number = former.number + 1
              cross join lateral (select coalesce(later.settlement, conversion.settlement) as settlement) as next
              where former.program_id = decided.program_id and former.reassignment_id = decided.id), '[]'))
    from reassignments as decided
    join programs as program on program.program_id = decided.program_id
    left join referrals as referral
      on referral.program_id = decided.program_id and referral.referee_id = decided.referee_id
   where decided.program_id = ${programId}`;

/** A refund that waited is told when it came; what became of it follows with its purchase, or a little later. */
const refunds = (programId: string | null): Query => sql`
  select 1, event.recorded_at, event.position, event.id, 'refund',
         json_build_object('id', refund.id, 'kind', refund.kind, 'external', ${pseudonym("refund.external_id")},
           'conversion', case when refund.waits_for is null then refund.conversion_id
                              else 'ext:' || ${pseudonym("refund.waits_for")} end,
           'amount', ${money("refund.amount_minor", "refund.currency")})
    from events as event
    join refunds as refund
      on refund.program_id = event.program_id and refund.id = event.data -> 'object' ->> 'id'
   where event.program_id = ${programId}
     and event.type = case when refund.waits_for is null then 'conversion.refunded' else 'refund.recorded' end
  union all
  select 1, event.recorded_at, event.position, min(event.id), 'waiting_refunds', json_build_object()
    from events as event
    join refunds as refund
      on refund.program_id = event.program_id and refund.id = event.data -> 'object' ->> 'id'
   where event.program_id = ${programId} and event.type in ('conversion.refunded', 'refund.refused')
     and refund.waits_for is not null and not ${besideOf(["conversion.settled"])}
   group by event.program_id, event.recorded_at, event.position
  union all
  select 1, recorded_at, position, id, 'chargeback_reversal', json_build_object('id', data -> 'object' ->> 'id')
    from events where program_id = ${programId} and type = 'conversion.chargeback_reversed'`;

/** What the clock set off: when, and which were due and free to be worked on; whether and how much is not told. */
const turns = (programId: string | null): Query => sql`
  select 1, recorded_at, position, min(id), 'release', json_build_object('rewards', array_agg(subject_id order by id))
    from events where program_id = ${programId} and type = 'reward.released'
   group by recorded_at, position
  union all
  select 1, recorded_at, position, min(id), 'resume', json_build_object('rewards', array_agg(subject_id order by id),
         'participants', array_agg(distinct audience[1]))
    from events as event
   where program_id = ${programId} and type = 'reward.resumed' and not ${besideOf(["conversion.chargeback_reversed"])}
   group by recorded_at, position
  union all
  select 1, recorded_at, position, min(id), 'expiry', json_build_object('rewards', array_agg(subject_id order by id))
    from events as event
   where program_id = ${programId} and type = 'reward.expired' and not ${besideOf(["redemption.reversed"])}
   group by recorded_at, position
  union all
  select 1, event.recorded_at, event.position, min(event.id), 'write_off',
         json_build_object('participants', array_agg(event.subject_id order by event.id),
                           'older_than_days', max((audit.changes ->> 'older_than_days')::int))
    from events as event
    left join audit_entries as audit
      on audit.program_id = event.program_id and audit.position = event.position
     and audit.operation = 'debts.write_off' and audit.subject_id = event.subject_id
   where event.program_id = ${programId} and event.type = 'debt.written_off'
   group by event.recorded_at, event.position`;

const uses = (programId: string | null): Query => sql`
  select 1, event.recorded_at, event.position, event.id, 'redemption',
         json_build_object('id', redemption.id, 'participant', redemption.participant_id,
                           'amount', ${money("redemption.amount_minor", "redemption.currency")})
    from events as event
    join redemptions as redemption
      on redemption.program_id = event.program_id and redemption.id = event.subject_id
   where event.program_id = ${programId} and event.type = 'reward.redeemed'
  union all
  select 1, recorded_at, position, id, 'redemption_reversal',
         json_build_object('id', subject_id, 'participant', audience[1])
    from events where program_id = ${programId} and type = 'redemption.reversed'
  union all
  select 1, recorded_at, position, id, 'coupon_use', json_build_object('reward', subject_id)
    from events
   where program_id = ${programId} and type = 'reward.redeemed' and subject_id like 'rwd\\_%'`;

/** All that the ledger follows from, in the order in which it happened. */
export const factsOf = ({ programId }: Reader): Query => sql`
  select at, fact, body
    from (${terms(programId)} union all ${people(programId)} union all ${conversions(programId)}
          union all ${reassignments(programId)}
          union all ${refunds(programId)} union all ${turns(programId)} union all ${uses(programId)}) as happened
   order by rank, at, position, id collate "C"`;

/** Every transfer as one line of text, in the order of the text, which begins with the time. */
export const ledgerLines = ({ programId }: Reader): Query => sql`
  select line
    from (select ${instant("transfer.recorded_at")} || ' ' || transfer.reason || ' ' || transfer.subject_id || ' '
                 || transfer.debit_id || ' ' || transfer.credit_id || ' ' || transfer.amount_minor || ' '
                 || transfer.currency || ' ' || ${instant("transfer.occurred_at")}
                 || coalesce(' ' || exchange.rate || ' ' || exchange.rate_id, '') as line
            from ledger_transfers as transfer
            left join ledger_exchanges as exchange
              on exchange.program_id = transfer.program_id and exchange.transfer_id = transfer.id
           where transfer.program_id = ${programId}) as transfer
   order by line collate "C"`;

export const readCouponCode = (reader: Reader, rewardId: string) =>
  reader.maybe<{ code: string }>(sql`
    select code from coupons where program_id = ${reader.programId} and reward_id = ${rewardId}`);
