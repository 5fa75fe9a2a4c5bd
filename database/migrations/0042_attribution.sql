-- How a program decides who brought somebody, version after version. The newest is what sign-ups follow.
create table attribution_terms (
  program_id text collate "C" not null references program_directory (program_id),
  version int not null check (version > 0),
  model text not null check (model ~ '^[a-z_]{1,40}$'),
  -- Null: as many days as the plan in force says.
  window_days int check (window_days between 1 and 3650),
  valid_from timestamptz not null default now(),
  -- A user or a key; null: from the program's beginning.
  created_by text collate "C",
  primary key (program_id, version)
);
alter table attribution_terms enable row level security;
alter table attribution_terms force row level security;
create policy program_scope on attribution_terms
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on attribution_terms to "referralhub_app";

-- The newest terms stand with the program, which every sign-up reads.
alter table programs
  add column attribution_model text not null default 'code_wins' check (attribution_model ~ '^[a-z_]{1,40}$'),
  add column attribution_version int not null default 1 check (attribution_version > 0),
  add column attribution_days int check (attribution_days between 1 and 3650);

alter table programs no force row level security;
alter table attribution_terms no force row level security;
insert into attribution_terms (program_id, version, model, valid_from)
select program_id, 1, 'code_wins', created_at from programs;
alter table attribution_terms force row level security;
alter table programs force row level security;

-- A random id of the visitor's own, stored only where they agreed to it.
alter table clicks add column visitor_id text collate "C" check (length(visitor_id) between 16 and 64);
create index clicks_visitor on clicks (program_id, visitor_id, occurred_at) where visitor_id is not null;

-- What a sign-up came by, and what the decision made of each. No address, nothing that names the visitor.
create table touches (
  program_id text collate "C" not null,
  referral_id text collate "C" not null,
  number smallint not null check (number > 0),
  kind text not null check (kind in ('code', 'click', 'invitation')),
  code text,
  click_id text collate "C",
  invitation_id text collate "C",
  link_id text collate "C",
  advocate_id text collate "C",
  channel text,
  referrer_host text,
  device text,
  occurred_at timestamptz,
  outcome text not null check (outcome in ('won', 'lost')),
  reason text check ((outcome = 'won') <= (reason is null)),
  primary key (program_id, referral_id, number)
);
create unique index touches_winner on touches (program_id, referral_id) where outcome = 'won';
alter table touches enable row level security;
alter table touches force row level security;
create policy program_scope on touches
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on touches to "referralhub_app";

-- Each referral keeps by what it was decided; what came before had one touch, which moves where touches are.
alter table referrals
  add column attribution_model text,
  add column attribution_version int;
create unique index referrals_id on referrals (program_id, id);
alter table referrals no force row level security;
alter table touches no force row level security;
update referrals set attribution_model = evidence ->> 'model', attribution_version = 1 where evidence ? 'model';
insert into touches (program_id, referral_id, number, kind, code, click_id, link_id, advocate_id, occurred_at, outcome,
                     reason)
select program_id, id, 1, evidence #>> '{touch,kind}', evidence #>> '{touch,code}', evidence #>> '{touch,clickId}',
       evidence #>> '{touch,target,linkId}', evidence #>> '{touch,target,participantId}',
       coalesce((evidence #>> '{touch,at}')::timestamptz, created_at),
       case when status = 'not_eligible' and reasons <> '{direct_limit_reached}' then 'lost' else 'won' end,
       case when status = 'not_eligible' and reasons <> '{direct_limit_reached}' then reasons[1] end
  from referrals
 where evidence #>> '{touch,kind}' in ('code', 'click');
alter table touches force row level security;
alter table referrals force row level security;
alter table referrals drop column evidence;
