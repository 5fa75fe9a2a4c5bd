-- Every settlement that counts changes some of these rows: with room on their page they stay in it, and no index changes.
alter table settlement_counters set (fillfactor = 60);
