-- The least that could be called settling a purchase: the purchase, what each level earned, and their
-- balances. No ledger, no log, no audit.
create table bare_purchases (
  id bigint generated always as identity primary key,
  external_id text not null unique,
  person_id int not null,
  amount bigint not null,
  profit bigint not null,
  recorded_at timestamptz not null default now()
);
create table bare_earnings (
  id bigint generated always as identity primary key,
  purchase_id bigint not null,
  person_id int not null,
  level int not null,
  amount bigint not null,
  unique (purchase_id, person_id, level)
);
create index bare_earnings_person on bare_earnings (person_id);
create table bare_balances (
  person_id int primary key,
  amount bigint not null
);

create function buy_barely(wanted_external_id text, buyer int, paid bigint, made bigint) returns bigint
language plpgsql as $$
declare
  purchase bigint;
  advocate int := buyer;
  share bigint;
begin
  insert into bare_purchases (external_id, person_id, amount, profit)
  values (wanted_external_id, buyer, paid, made)
  on conflict (external_id) do nothing
  returning id into purchase;
  if purchase is null then
    return null;
  end if;

  for place in 1..2 loop
    select people.advocate_id into advocate from people where people.id = advocate;
    exit when advocate is null or paid <= 100000;
    share := made * case place when 1 then 5 else 1 end / 100;
    insert into bare_earnings (purchase_id, person_id, level, amount) values (purchase, advocate, place, share);
    insert into bare_balances values (advocate, share)
    on conflict (person_id) do update set amount = bare_balances.amount + excluded.amount;
  end loop;
  return purchase;
end $$;
