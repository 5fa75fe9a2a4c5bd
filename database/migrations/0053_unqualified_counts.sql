-- A referral that has to qualify again is counted once, however often it does.
create or replace view program_facts with (security_invoker = true) as
  select program_id, position, id as row_id, 'network' as reader,
         case type when 'participant.created' then 'joined'
                   when 'referral.qualified' then 'qualified'
                   when 'referral.rewarded' then 'rewarded'
                   else 'referred' end as metric,
         '' as currency, 1::bigint as added
    from events
   where type not in ('conversion.settled', 'reward.created')
     and type in ('participant.created', 'referral.created', 'referral.reassigned', 'referral.qualified', 'referral.rewarded')
     -- A sign-up whose referral was refused is told to nobody.
     and (type <> 'referral.created' or cardinality(audience) > 0)
     -- Whoever had an advocate was referred before.
     and (type <> 'referral.reassigned' or data -> 'object' ->> 'former_advocate_id' is null)
  union all
  -- Under another advocate a referral begins anew: it has to qualify again.
  select program_id, position, id, 'network', undone.metric, '', - (data -> 'object' ->> undone.metric)::bigint
    from events
   cross join (values ('qualified'), ('rewarded')) as undone (metric)
   where type not in ('conversion.settled', 'reward.created') and type = 'referral.departed'
     and (data -> 'object' ->> undone.metric)::bigint > 0
  union all
  -- Who has to qualify again is one friend less until then.
  select program_id, position, id, 'network', lost.metric, '', -1
    from events
   cross join (values ('qualified'), ('rewarded')) as lost (metric)
   where type not in ('conversion.settled', 'reward.created') and type = 'referral.unqualified'
     and (lost.metric = 'qualified' or data -> 'object' ->> 'was' = 'rewarded')
  union all
  select event.program_id, event.position, event.id, 'reward-counts', fact.metric, fact.currency, fact.added
    from events as event
    join conversions as conversion
      on conversion.program_id = event.program_id and conversion.id = event.subject_id and conversion.kind = 'purchase'
   cross join lateral (values ('purchases', '', 1::bigint), ('revenue', conversion.currency, conversion.amount_minor))
           as fact (metric, currency, added)
   where event.type = 'conversion.settled'
  union all
  -- What a refund counts is in the program's currency, whatever the purchase was paid in.
  select program_id, position, id, 'reward-counts', 'refunded', counted.money ->> 'currency',
         case type when 'conversion.refunded' then 1 else -1 end * (counted.money ->> 'amount')::bigint
    from events
    cross join lateral (values (coalesce(data -> 'object' -> 'counted', data -> 'object' -> 'amount'))) as counted (money)
   where type not in ('conversion.settled', 'reward.created') and type in ('conversion.refunded', 'conversion.chargeback_reversed')
  union all
  select program_id, position, id, 'reward-counts', 'paid', move ->> 'currency', (move ->> 'amount')::bigint
    from events
    cross join lateral json_array_elements(data -> 'moves') as move
   where type not in ('conversion.settled', 'reward.created') and move ->> 'purse' = 'paid'
  union all
  select program_id, position, id, 'click-counts', 'clicks', '', 1
    from clicks;
