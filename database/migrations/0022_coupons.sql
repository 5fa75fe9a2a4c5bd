-- The coupon of a reward: a code that works once. Whether it can be used is the reward's state.
create table coupons (
  program_id text collate "C" not null,
  code text collate "C" not null,
  reward_id text collate "C" not null,
  participant_id text collate "C" not null,
  label text not null,
  value jsonb not null,
  created_at timestamptz not null default now(),
  redeemed_at timestamptz,
  -- The shop's order it was used for.
  redeemed_for text collate "C",
  primary key (program_id, code),
  unique (program_id, reward_id),
  check ((redeemed_at is null) = (redeemed_for is null))
);
create index coupons_participant on coupons (program_id, participant_id, reward_id);
alter table coupons enable row level security;
alter table coupons force row level security;
create policy program_scope on coupons
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on coupons to "referralhub_app";
grant update (redeemed_at, redeemed_for) on coupons to "referralhub_app";
