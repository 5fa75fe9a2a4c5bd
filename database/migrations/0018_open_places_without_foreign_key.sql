-- What is an open place is written from the participants themselves, in the same statement: a foreign key would look up
-- each of them once more for every level above, and participants are never deleted.
alter table open_places drop constraint open_places_program_id_participant_id_fkey;
