-- Who referred whom changes only by a decision on record: by whom, why, and what it moved.
create table reassignments (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referral_id text collate "C" not null,
  referee_id text collate "C" not null,
  former_advocate_id text collate "C",
  advocate_id text collate "C" not null check (advocate_id <> referee_id and advocate_id <> former_advocate_id),
  -- Whom the place was asked for, where it was found below them.
  inviter_id text collate "C" check (inviter_id <> advocate_id and inviter_id <> referee_id),
  claim_id text collate "C",
  proposal_id text collate "C",
  reason text not null check (length(reason) between 1 and 500),
  decided_by text collate "C",
  decided_at timestamptz not null default now(),
  -- What each person had of the friend's conversions, and has now.
  money jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (program_id, id)
);
create index reassignments_referee on reassignments (program_id, referee_id, id);
create index reassignments_transaction on reassignments (transaction_id);
alter table reassignments enable row level security;
alter table reassignments force row level security;
create policy program_scope on reassignments
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on reassignments to "referralhub_app";

-- Who stood above whom until then: what people below had earned stays with those who stood above them.
create table former_uplines (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  reassignment_id text collate "C" not null,
  upline text[] collate "C" not null,
  until timestamptz not null default now(),
  primary key (program_id, participant_id, reassignment_id)
);
alter table former_uplines enable row level security;
alter table former_uplines force row level security;
create policy program_scope on former_uplines
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on former_uplines to "referralhub_app";

-- What a conversion was settled by before it was settled again for another upline.
create table former_settlements (
  program_id text collate "C" not null,
  conversion_id text collate "C" not null,
  number smallint not null check (number > 0),
  settlement json not null,
  reassignment_id text collate "C" not null,
  until timestamptz not null default now(),
  primary key (program_id, conversion_id, number)
);
alter table former_settlements enable row level security;
alter table former_settlements force row level security;
create policy program_scope on former_settlements
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on former_settlements to "referralhub_app";

-- A reward belongs to one settlement of its conversion; within one it is granted once.
alter table rewards add column settlement smallint not null default 1 check (settlement > 0);
alter table rewards drop constraint rewards_pkey;
alter table rewards
  add constraint rewards_pkey primary key (program_id, conversion_id, participant_id, level, rule, settlement);

-- The only ways to another place, and there are none without a decision in the same transaction.
create view reassigned_participants with (security_barrier = true) as
  select program_id, id, upline, is_unplaced
    from participants
   where program_id = current_setting('app.program_id', true)
     and exists (
           select from reassignments as decided
            where decided.program_id = participants.program_id and decided.transaction_id = pg_current_xact_id()
              and (decided.referee_id = participants.id or decided.referee_id = any(participants.upline)));
grant select, update (upline, is_unplaced) on reassigned_participants to "referralhub_app";

create view reassigned_referrals with (security_barrier = true) as
  select program_id, id, referee_id, advocate_id, inviter_id, status, reasons, wait_number, qualified_at, qualified_by
    from referrals
   where program_id = current_setting('app.program_id', true)
     and exists (
           select from reassignments as decided
            where decided.program_id = referrals.program_id and decided.transaction_id = pg_current_xact_id()
              and decided.referee_id = referrals.referee_id);
grant select, update (advocate_id, inviter_id, status, reasons, wait_number, qualified_at, qualified_by)
  on reassigned_referrals to "referralhub_app";

-- Moves of more than this need a second person; null: one is enough. In minor units of the program's currency.
alter table programs add column reassign_second_person_above bigint check (reassign_second_person_above >= 0);

create table reassignment_proposals (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referee_id text collate "C" not null,
  advocate_id text collate "C" not null,
  claim_id text collate "C",
  reason text not null check (length(reason) between 1 and 500),
  state text not null check (state in ('proposed', 'approved', 'rejected')),
  money jsonb not null,
  proposed_by text collate "C" not null,
  proposed_at timestamptz not null default now(),
  decided_by text collate "C" check (decided_by <> proposed_by or state = 'rejected'),
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  primary key (program_id, id),
  check ((state = 'proposed') = (decided_at is null))
);
create unique index reassignment_proposals_open on reassignment_proposals (program_id, referee_id)
  where state = 'proposed';
alter table reassignment_proposals enable row level security;
alter table reassignment_proposals force row level security;
create policy program_scope on reassignment_proposals
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on reassignment_proposals to "referralhub_app";
grant update (state, decided_by, decided_at, decision_reason) on reassignment_proposals to "referralhub_app";

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
