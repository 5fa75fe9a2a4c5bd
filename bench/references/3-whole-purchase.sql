-- What one purchase has to leave behind, written the straightforward way: one function call, one
-- transaction, a statement for each row. It leaves the same rows as the product: the purchase under
-- its unique external id, per level a reward, a transfer that is a double entry, the advocate's
-- balance and an event, and for the whole an event and an audit entry; with the indexes that lists
-- and statements are read by. It is spared what would slow it most: foreign keys, and a balance of
-- the program's own, which every purchase would have to update.
create table purchases (
  id bigint generated always as identity primary key,
  external_id text not null unique,
  person_id int not null,
  amount bigint not null check (amount between 0 and 1000000000000000),
  profit bigint not null,
  plan_version int not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now()
);
create index purchases_person on purchases (person_id, id);

create table rewards (
  id bigint generated always as identity unique,
  purchase_id bigint not null,
  person_id int not null,
  level smallint not null,
  amount bigint not null check (amount > 0),
  status text not null,
  available_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (purchase_id, person_id, level)
);
create index rewards_person on rewards (person_id, id);
create index rewards_due on rewards (available_at) where status = 'pending';

create table transfers (
  id bigint generated always as identity,
  idempotency_key text primary key,
  debit text not null,
  credit text not null,
  amount bigint not null check (amount > 0),
  reason text not null,
  recorded_at timestamptz not null default now(),
  check (debit <> credit)
);
create index transfers_debit on transfers (debit, id);
create index transfers_credit on transfers (credit, id);

create table balances (
  account text primary key,
  amount bigint not null
);

create table events (
  id bigint generated always as identity primary key,
  type text not null,
  subject_id bigint not null,
  audience int[] not null,
  data json not null,
  recorded_at timestamptz not null default now()
);

create table audit_entries (
  id bigint generated always as identity primary key,
  actor text not null,
  operation text not null,
  subject_id bigint not null,
  request_id text not null,
  created_at timestamptz not null default now()
);

create function buy(wanted_external_id text, buyer int, paid bigint, made bigint) returns bigint
language plpgsql as $$
declare
  purchase bigint;
  reward bigint;
  advocate int;
  share bigint;
begin
  insert into purchases (external_id, person_id, amount, profit, plan_version, occurred_at)
  values (wanted_external_id, buyer, paid, made, 1, now())
  on conflict (external_id) do nothing
  returning id into purchase;
  if purchase is null then
    return null;
  end if;

  advocate := buyer;
  for place in 1..2 loop
    select people.advocate_id into advocate from people where people.id = advocate;
    exit when advocate is null or paid <= 100000;
    share := made * case place when 1 then 5 else 1 end / 100;
    insert into rewards (purchase_id, person_id, level, amount, status, available_at)
    values (purchase, advocate, place, share, 'pending', now() + interval '14 days')
    returning id into reward;
    insert into transfers (idempotency_key, debit, credit, amount, reason)
    values (reward || ':granted', 'funding', 'pending_' || advocate, share, 'granted');
    insert into balances values ('pending_' || advocate, share)
    on conflict (account) do update set amount = balances.amount + excluded.amount;
    insert into events (type, subject_id, audience, data)
    values ('reward.created', reward, array[advocate],
            json_build_object('id', reward, 'purchase_id', purchase, 'person_id', advocate, 'referee_id', buyer,
                              'level', place, 'rule', 'level-share', 'amount', share, 'currency', 'INR',
                              'status', 'pending'));
  end loop;

  insert into events (type, subject_id, audience, data)
  values ('purchase.settled', purchase, '{}',
          json_build_object('id', purchase, 'external_id', wanted_external_id, 'person_id', buyer, 'amount', paid,
                            'profit', made, 'currency', 'INR', 'plan_version', 1));
  insert into audit_entries (actor, operation, subject_id, request_id)
  values ('key', 'purchases.create', purchase, wanted_external_id);
  return purchase;
end $$;
