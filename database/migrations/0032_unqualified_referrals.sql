-- The conversion that made a referral qualified: refunded whole, it may take that back.
alter table referrals add column qualified_by text collate "C";
grant update (qualified_by) on referrals to "referralhub_app";
