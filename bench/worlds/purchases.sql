-- What was bought, and the rewards of both levels: 5 % and 1 % of a profit of 400.
create temp table purchase on commit drop as
select n, pg_temp.id('cnv', n) as id, buyer.id as buyer_id, buyer.upline[1:2] as upline,
       n <= released as is_released,
       case when n <= released then now() - interval '180 days' + interval '150 days' * n / released
            else now() - interval '13 days' + interval '12 days' * (n - released) / (purchases - released) end as occurred_at,
       -- Grants in the first half of the past, releases in the second.
       positions[1 + (n * 31 / purchases)::int] as position,
       positions[33 + (n * 31 / purchases)::int] as released_position
  from terms
  cross join generate_series(1, purchases) as n
  join (select person.n as person_n, pg_temp.id('par', person.n) as id, upline from person) as buyer
    on buyer.person_n = first_buyer + (n - 1) % (people - first_buyer + 1);
analyze purchase;

insert into conversions
       (program_id, id, position, external_id, fingerprint, participant_id, kind, amount_minor, currency, profit_minor,
        status, plan_version, settlement, occurred_at, recorded_at)
select terms.program_id, purchase.id, position, 'world-' || n, 'world', buyer_id, 'purchase', 200000, 'INR', 40000,
       'settled', plan_version,
       format('{"margin":"1000000","referral":"counts","upline":[["%s","active"],["%s","active"]],"passes":[],"profit":40000,"profit_source":"given"}',
              upline[1], upline[2])::json,
       occurred_at, occurred_at
  from terms
  cross join purchase
 order by n;

create temp table granted on commit drop as
select 2 * n - 2 + level as n, pg_temp.id('rwd', 2 * n - 2 + level) as id, purchase.id as conversion_id, buyer_id, level,
       upline[level] as participant_id, case level when 1 then buyer_id else upline[1] end as leg_id,
       case level when 1 then 2000 else 400 end as amount, is_released, occurred_at,
       occurred_at + interval '14 days' as available_at, position, released_position
  from purchase
  cross join (values (1), (2)) as place (level);
analyze granted;

insert into rewards
       (program_id, id, position, conversion_id, participant_id, referee_id, leg_participant_id, level, rule, plan_version,
        kind, amount_minor, currency, status, available_at, created_at)
select terms.program_id, granted.id, position, conversion_id, participant_id, buyer_id, leg_id, level, 'level-share',
       terms.plan_version, 'commission', amount, 'INR', case when is_released then 'available' else 'pending' end, available_at,
       occurred_at
  from terms
  cross join granted
 order by n;
