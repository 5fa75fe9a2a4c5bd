/**
 * Tables that name a program and stand outside its row-level security, because they are what is looked up
 * before the program is known. None holds personal data.
 */
export const DIRECTORY_TABLES = [
  "api_key_secrets",
  "embed_tokens",
  "invitation_tokens",
  "link_codes",
  "memberships",
  "participant_logins",
  "program_directory",
  "sign_in_links",
] as const;
