-- With this key followed links sign what they lead on with. Null: the program does not sign.
alter table programs add column signing_key text collate "C";
