-- What friends are told about who earns, in the program's own words by language, and where its terms are.
alter table programs
  add column terms_url text,
  add column disclosure jsonb not null default '{}';
