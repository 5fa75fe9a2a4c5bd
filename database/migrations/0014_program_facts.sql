-- What each row of the log adds to the program's counters, said once: a report adds what the reader
-- of that name has not counted yet, and verify folds the whole log again.
create view program_facts with (security_invoker = true) as
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
  select program_id, position, id, 'reward-counts',
         case type when 'conversion.settled' then 'revenue' else 'refunded' end,
         data -> 'object' -> 'amount' ->> 'currency', (data -> 'object' -> 'amount' ->> 'amount')::bigint
    from events
   where type = 'conversion.refunded'
      or (type = 'conversion.settled' and data -> 'object' ->> 'kind' = 'purchase')
  union all
  select program_id, position, id, 'reward-counts', 'paid', move ->> 'currency', (move ->> 'amount')::bigint
    from events
    cross join lateral json_array_elements(data -> 'moves') as move
   where move ->> 'purse' = 'paid'
  union all
  select program_id, position, id, 'click-counts', 'clicks', '', 1
    from clicks;
grant select on program_facts to "referralhub_app";
