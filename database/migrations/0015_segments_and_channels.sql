-- What the operator calls the group a person belongs to, and the channel a referral came through: a plan may ask for both.
alter table participants add column segment text check (length(segment) between 1 and 64);
grant update (segment) on participants to "referralhub_app";
create index participants_segment on participants (program_id, segment, id) where segment is not null;
alter table referrals add column channel text check (length(channel) between 1 and 64);
