-- A refund may come before its purchase, be refused when the purchase comes, or be a bank's chargeback
-- that is reversed again. The owner sees rows here only while the policies are not forced.
alter table refunds no force row level security;
alter table refunds
  alter column conversion_id drop not null,
  add column kind text not null default 'refund' check (kind in ('refund', 'chargeback')),
  add column status text not null default 'applied' check (status in ('waiting', 'applied', 'refused', 'reversed')),
  -- The caller's id of the purchase, where that was not there yet.
  add column waits_for text collate "C",
  -- Why it was refused when the purchase came.
  add column refusal text,
  -- What it counts on the conversion, in the program's currency.
  add column counted_minor bigint not null default 0 check (counted_minor >= 0),
  -- What was given back when a chargeback was reversed.
  add column restorations jsonb not null default '[]',
  add column applied_at timestamptz,
  add column reversed_at timestamptz;
update refunds set counted_minor = amount_minor, applied_at = created_at;
alter table refunds
  add check (conversion_id is not null or waits_for is not null),
  add check (status <> 'applied' or (conversion_id is not null and applied_at is not null)),
  add check ((status = 'refused') = (refusal is not null)),
  add check (status <> 'reversed' or kind = 'chargeback'),
  add check (status in ('applied', 'reversed') or counted_minor = 0);
alter table refunds force row level security;
create index refunds_waiting on refunds (program_id, waits_for) where status = 'waiting';
grant update (conversion_id, status, refusal, counted_minor, reversals, restorations, applied_at, reversed_at) on refunds to "referralhub_app";

-- The state a reward was in when all of it was taken back, for a chargeback that is reversed.
alter table rewards add column reversed_from text;
grant update (reversed_from) on rewards to "referralhub_app";

create or replace view program_facts with (security_invoker = true) as
  select program_id, position, id as row_id, 'network' as reader,
         case type when 'participant.created' then 'joined'
                   when 'referral.created' then 'referred'
                   when 'referral.qualified' then 'qualified'
                   else 'rewarded' end as metric,
         '' as currency, 1::bigint as added
    from events
   where type in ('participant.created', 'referral.created', 'referral.qualified', 'referral.rewarded')
     -- A sign-up whose referral was refused is told to nobody.
     and (type <> 'referral.created' or cardinality(audience) > 0)
  union all
  select program_id, position, id, 'reward-counts', 'purchases', '', 1
    from events
   where type = 'conversion.settled' and data -> 'object' ->> 'kind' = 'purchase'
  union all
  select program_id, position, id, 'reward-counts', 'revenue',
         data -> 'object' -> 'amount' ->> 'currency', (data -> 'object' -> 'amount' ->> 'amount')::bigint
    from events
   where type = 'conversion.settled' and data -> 'object' ->> 'kind' = 'purchase'
  union all
  -- What a refund counts is in the program's currency, whatever the purchase was paid in.
  select program_id, position, id, 'reward-counts', 'refunded', counted.money ->> 'currency',
         case type when 'conversion.refunded' then 1 else -1 end * (counted.money ->> 'amount')::bigint
    from events
    cross join lateral (values (coalesce(data -> 'object' -> 'counted', data -> 'object' -> 'amount'))) as counted (money)
   where type in ('conversion.refunded', 'conversion.chargeback_reversed')
  union all
  select program_id, position, id, 'reward-counts', 'paid', move ->> 'currency', (move ->> 'amount')::bigint
    from events
    cross join lateral json_array_elements(data -> 'moves') as move
   where move ->> 'purse' = 'paid'
  union all
  select program_id, position, id, 'click-counts', 'clicks', '', 1
    from clicks;
