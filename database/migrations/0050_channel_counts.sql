-- What every channel brought that links are shared over; "" is what carries no mark. Folded from clicks and the log,
-- `shares` counted when somebody taps.
create table channel_counts (
  program_id text collate "C" not null,
  channel text not null check (length(channel) <= 64),
  shares bigint not null default 0,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  qualified bigint not null default 0,
  rewarded bigint not null default 0,
  primary key (program_id, channel)
);
alter table channel_counts enable row level security;
alter table channel_counts force row level security;
create policy program_scope on channel_counts
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on channel_counts to "referralhub_app";

-- What was counted before there were channels. The owner sees rows only while the policies are not forced.
alter table referrals no force row level security;
alter table clicks no force row level security;
alter table cursors no force row level security;
alter table channel_counts no force row level security;
insert into channel_counts (program_id, channel, clicks)
select click.program_id, coalesce(click.channel, ''), count(*)
  from clicks as click
  join cursors as counted
    on counted.program_id = click.program_id and counted.reader = 'click-counts' and click.position < counted.position
 group by 1, 2;
alter table referrals force row level security;
alter table clicks force row level security;
alter table cursors force row level security;
alter table channel_counts force row level security;
