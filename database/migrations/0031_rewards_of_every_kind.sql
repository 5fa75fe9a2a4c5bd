-- Level 0 is the friend who buys: theirs is the only reward that goes to the referee.
alter table rewards drop constraint rewards_level_check;
alter table rewards add constraint rewards_level_check check (level >= 0);
alter table rewards drop constraint rewards_check;
alter table rewards add constraint rewards_check check ((participant_id = referee_id) = (level = 0));
alter table rewards drop constraint rewards_kind_check;
alter table rewards add constraint rewards_kind_check
  check (kind in ('commission', 'bonus', 'credit', 'points', 'coupon'));
