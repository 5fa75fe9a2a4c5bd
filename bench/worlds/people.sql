-- Who brought whom, and what each sign-up leaves behind.
create temp table edge on commit drop as
select n,
       case when n = 1 then null
            when network = 'tree' then (n - 2) / 5 + 1
            when n <= 3 then 1
            when n <= narrow_last then 3
            else 2 end as advocate_n
  from terms
  cross join generate_series(1, people) as n;

create temp table person (n bigint, level int, upline text[]) on commit drop;
insert into person select n, 0, '{}' from edge where advocate_n is null;
analyze edge;
do $$
declare
  reached int := 0;
begin
  loop
    insert into person
    select edge.n, reached + 1, pg_temp.id('par', advocate.n) || advocate.upline
      from edge
      join person as advocate on advocate.n = edge.advocate_n
     where advocate.level = reached;
    exit when not found;
    reached := reached + 1;
  end loop;
end $$;
create unique index on person (n);
analyze person;

insert into participants (program_id, id, position, external_id, upline, direct_count, direct_limit, created_at)
select terms.program_id, pg_temp.id('par', person.n), positions[1], 'u' || person.n, upline,
       coalesce(friends.direct_count, 0), program.direct_limit, now() - interval '200 days'
  from terms
  join programs as program on program.program_id = terms.program_id
  cross join person
  left join (select advocate_n, count(*) as direct_count from edge group by advocate_n) as friends
    on friends.advocate_n = person.n
 order by person.n;

insert into participant_identities (program_id, participant_id, name, email, email_hash)
select program_id, pg_temp.id('par', n), 'Person ' || n, 'u' || n || '@example.com', 'world-' || n
  from terms cross join person
 order by n;

insert into links (program_id, id, participant_id, code)
select program_id, pg_temp.id('lnk', n), pg_temp.id('par', n), pg_temp.code(n)
  from terms cross join person
 order by n;

insert into link_codes (code, program_id, link_id, participant_id)
select pg_temp.code(n), program_id, pg_temp.id('lnk', n), pg_temp.id('par', n)
  from terms cross join person
 order by n;

-- Person n buys for the first time with purchase n - first_buyer + 1.
insert into referrals (program_id, id, referee_id, advocate_id, status, attribution_model, attribution_version, created_at, qualified_at)
select program_id, pg_temp.id('ref', n), pg_temp.id('par', n), upline[1],
       case when n < first_buyer then 'joined'
            when n - first_buyer < released then 'rewarded'
            else 'qualified' end,
       'code_wins', 1, now() - interval '200 days',
       case when n >= first_buyer then now() - interval '180 days' end
  from terms cross join person
 where level > 0
 order by n;

insert into referred_people (program_id, email_hash, referee_id)
select program_id, 'world-' || n, pg_temp.id('par', n)
  from terms cross join person
 where level > 0
 order by n;
