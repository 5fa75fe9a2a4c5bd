-- What is counted for links, folded from clicks and the log; pages read these instead of counting.
create table link_counts (
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  qualified bigint not null default 0,
  rewarded bigint not null default 0,
  primary key (program_id, link_id)
);
-- The same by day, in the program's time zone.
create table link_days (
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  day date not null,
  clicks int not null default 0,
  signups int not null default 0,
  primary key (program_id, link_id, day)
);
do $$
declare name text;
begin
  foreach name in array array['link_counts', 'link_days'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($p$create policy program_scope on %I
      using (program_id = current_setting('app.program_id', true))
      with check (program_id = current_setting('app.program_id', true))$p$, name);
    execute format('grant select, insert, update on %I to "referralhub_app"', name);
  end loop;
end $$;
grant delete on link_days to "referralhub_app";

-- The link that brought somebody.
alter table referrals add column link_id text collate "C";

-- What was counted already is counted for its link too. The owner sees rows only while the policies are not forced.
alter table referrals no force row level security;
alter table clicks no force row level security;
alter table cursors no force row level security;
alter table programs no force row level security;
alter table link_counts no force row level security;
alter table link_days no force row level security;
update referrals set link_id = evidence -> 'touch' -> 'target' ->> 'linkId'
 where evidence -> 'touch' -> 'target' ->> 'linkId' is not null;
insert into link_counts (program_id, link_id, clicks)
select click.program_id, click.link_id, count(*)
  from clicks as click
  join cursors as counted
    on counted.program_id = click.program_id and counted.reader = 'click-counts' and click.position < counted.position
 group by click.program_id, click.link_id;
insert into link_days (program_id, link_id, day, clicks)
select click.program_id, click.link_id, (click.occurred_at at time zone program.time_zone)::date, count(*)
  from clicks as click
  join programs as program on program.program_id = click.program_id
  join cursors as counted
    on counted.program_id = click.program_id and counted.reader = 'click-counts' and click.position < counted.position
 group by 1, 2, 3;
alter table referrals force row level security;
alter table clicks force row level security;
alter table cursors force row level security;
alter table programs force row level security;
alter table link_counts force row level security;
alter table link_days force row level security;
