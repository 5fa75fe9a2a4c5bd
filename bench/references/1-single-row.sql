-- The least a durable write can be: one row, one commit.
create table single_rows (
  id bigint generated always as identity primary key,
  who int not null,
  note text not null,
  created_at timestamptz not null default now()
);
