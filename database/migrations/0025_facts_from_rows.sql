-- Most of the log is what every purchase writes. Whoever follows the rest finds it without reading past that.
create index events_rare on events (program_id, position, id) where type not in ('conversion.settled', 'reward.created');

-- What each row of the log adds to the program's counters, said once. Amounts come from the rows the log is about.
drop view program_facts;
create view program_facts with (security_invoker = true) as
  select program_id, position, id as row_id, 'network' as reader,
         case type when 'participant.created' then 'joined'
                   when 'referral.created' then 'referred'
                   when 'referral.qualified' then 'qualified'
                   else 'rewarded' end as metric,
         '' as currency, 1::bigint as added
    from events
   where type not in ('conversion.settled', 'reward.created')
     and type in ('participant.created', 'referral.created', 'referral.qualified', 'referral.rewarded')
     -- A sign-up whose referral was refused is told to nobody.
     and (type <> 'referral.created' or cardinality(audience) > 0)
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
grant select on program_facts to "referralhub_app";

-- The same of the counters per level and leg.
create view reward_facts with (security_invoker = true) as
  select event.program_id, event.position, event.id as row_id, reward.participant_id, reward.level, reward.leg_participant_id,
         reward.currency, reward.amount_minor as earned_minor, 0::bigint as reversed_minor, 1 as rewards
    from events as event
    join rewards as reward on reward.program_id = event.program_id and reward.id = event.subject_id
   where event.type = 'reward.created'
  union all
  select event.program_id, event.position, event.id, reward.participant_id, reward.level, reward.leg_participant_id,
         reward.currency, 0, -(event.data -> 'moves' -> 0 ->> 'amount')::bigint, 0
    from events as event
    join rewards as reward on reward.program_id = event.program_id and reward.id = event.subject_id
   where event.type not in ('conversion.settled', 'reward.created') and event.type in ('reward.reversed', 'reward.restored');
grant select on reward_facts to "referralhub_app";

-- Counters are rewritten all the time: with room on the page the new version stays beside the old one.
alter table reward_counts set (fillfactor = 60);
alter table ledger_checkpoints set (fillfactor = 60);

-- What is new is found without reading what came before, also in the minutes before a vacuum.
alter index ledger_transfers_new set (autosummarize = on);
alter index clicks_new set (autosummarize = on);

-- Plans for these tables do not depend on what their columns hold: a tenth of the sample says how large they are.
do $$
declare hot record;
begin
  for hot in select attrelid::regclass as table_name, attname from pg_attribute
              where attrelid in ('conversions'::regclass, 'rewards'::regclass, 'ledger_transfers'::regclass,
                                 'events'::regclass, 'audit_entries'::regclass, 'clicks'::regclass)
                and attnum > 0 and not attisdropped
  loop
    execute format('alter table %s alter column %I set statistics 10', hot.table_name, hot.attname);
  end loop;
end $$;
