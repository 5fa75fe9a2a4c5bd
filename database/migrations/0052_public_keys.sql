-- Keys for web pages: everybody can read them, so they may record visits and nothing else.
alter table api_keys drop constraint api_keys_scopes_check;
alter table api_keys add constraint api_keys_scopes_check
  check (cardinality(scopes) > 0 and (scopes <@ array['read', 'write'] or scopes = array['capture']));
