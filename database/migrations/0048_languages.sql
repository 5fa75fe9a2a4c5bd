-- What a person is written to in, and what a program speaks to those who have not said.
alter table programs add column language text collate "C" not null default 'en' check (language ~ '^[a-z]{2}$');
alter table participants add column language text collate "C" not null default 'en' check (language ~ '^[a-z]{2}$');
grant update (language) on participants to "referralhub_app";
