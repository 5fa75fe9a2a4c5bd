-- What the other files ask for. Everything temporary goes with the transaction.
select reader from cursors where program_id = current_setting('bench.program') for update;

create temp table terms (
  program_id text,
  people bigint,
  network text,
  -- Of a star: the last friend of the narrow advocate.
  narrow_last bigint,
  first_buyer bigint,
  purchases bigint,
  -- The first so many have waited out their hold.
  released bigint,
  plan_version int,
  positions bigint[],
  -- Above all of them; nothing of the program ever stands there.
  end_position bigint
) on commit drop;

create or replace function pg_temp.id(prefix text, n bigint) returns text
language sql immutable as $$ select prefix || '_' || lpad(n::text, 26, '0') $$;

-- Ten letters that no other world has, of those that codes are made of.
create or replace function pg_temp.code(n bigint) returns text
language sql stable as $$
  select substr('23456789abcdefgh', (select count(*) from program_directory)::int, 1)
         || translate(lpad(to_hex(n), 9, '0'), '01', 'gh')
$$;
