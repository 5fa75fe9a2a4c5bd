import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import { type ColumnType, tableOf } from "../platform/rows.ts";
import type { Membership, Role, Scope } from "./actor.ts";
import type { ApiKey, ApiKeyId } from "./api-key.ts";
import type { AuditPlace } from "./audit-cursor.ts";
import type { AuditRow } from "./audit-entry.ts";
import type { EmbedToken } from "./embed-token.ts";
import type { Participation } from "./session.ts";

const MEMBERSHIPS_MAX = 1_000;
const MEMBERS_MAX = 1_000;
const API_KEYS_MAX = 1_000;
const SETUP_TOKENS_MAX = 10;
const EXPIRED_TOKENS_MAX = 100;

// Set-up

export const isOwned = async (reader: Reader): Promise<boolean> =>
  (await reader.maybe(sql`select user_id from installation_owners limit 1`)) !== null;

export const insertSetupToken = (tx: Tx, tokenHash: string) =>
  tx.run(sql`insert into setup_tokens (token_hash, created_at) values (${tokenHash}, ${tx.now})`);

export const deleteOldSetupTokens = (tx: Tx) =>
  tx.run(sql`
    delete from setup_tokens
     where token_hash in (select token_hash from setup_tokens
                           order by created_at desc, token_hash offset ${SETUP_TOKENS_MAX})`);

/** All of them at once, so that of two people with two tokens one finds none left. */
export const takeSetupTokens = async (tx: Tx): Promise<string[]> =>
  (await tx.many<{ tokenHash: string }>(sql`delete from setup_tokens returning token_hash`)).map(
    (row) => row.tokenHash,
  );

// Users

/** The id of the user with this address, made or found. */
export const upsertUser = async (
  tx: Tx,
  user: { id: string; email: string; name: string },
): Promise<string> =>
  (
    await tx.one<{ id: string }>(sql`
      insert into auth.users (id, email, name, created_at, updated_at)
      values (${user.id}, ${user.email}, ${user.name}, ${tx.now}, ${tx.now})
      on conflict (email) do update set name = excluded.name, updated_at = excluded.updated_at
      returning id`)
  ).id;

export const findUserByEmail = (reader: Reader, email: string) =>
  reader.maybe<{ id: string }>(sql`select id from auth.users where email = ${email}`);

export const markEmailVerified = (tx: Tx, userId: string) =>
  tx.run(sql`update auth.users set email_verified = true where id = ${userId}`);

/** 0 when the address has a user already. */
export const insertUser = (tx: Tx, user: { id: string; email: string; name: string }) =>
  tx.run(sql`
    insert into auth.users (id, email, name, created_at, updated_at)
    values (${user.id}, ${user.email}, ${user.name}, ${tx.now}, ${tx.now})
    on conflict (email) do nothing`);

export const upsertPassword = (tx: Tx, account: { id: string; userId: string; passwordHash: string }) =>
  tx.run(sql`
    insert into auth.accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (${account.id}, ${account.userId}, ${account.userId}, 'credential', ${account.passwordHash},
            ${tx.now}, ${tx.now})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`);

export const deleteSessionsOf = (tx: Tx, userId: string) =>
  tx.run(sql`delete from auth.sessions where user_id = ${userId}`);

export const deleteExpiredSessionsOf = (tx: Tx, userId: string) =>
  tx.run(sql`delete from auth.sessions where user_id = ${userId} and expires_at < ${tx.now}`);

export const touchSession = (tx: Tx, sessionId: string) =>
  tx.run(
    sql`update auth.sessions set updated_at = ${tx.now} where id = ${sessionId} and updated_at < ${tx.now}`,
  );

export type UserStanding = {
  isInstallationOwner: boolean;
  usedAt: Date;
  memberships: Membership[];
  participations: Participation[];
};

export const findStanding = (reader: Reader, userId: string, sessionId: string) =>
  reader.one<UserStanding>(sql`
    select exists (select from installation_owners where user_id = ${userId}) as is_installation_owner,
           coalesce((select updated_at from auth.sessions where id = ${sessionId}), 'epoch') as used_at,
           (select coalesce(json_agg(json_build_object('programId', m.program_id, 'role', m.role)), '[]')
              from (select program_id, role from memberships
                     where user_id = ${userId} order by program_id limit ${MEMBERSHIPS_MAX}) m) as memberships,
           (select coalesce(json_agg(json_build_object('programId', l.program_id,
                                                       'participantId', l.participant_id)), '[]')
              from (select program_id, participant_id from participant_logins
                     where user_id = ${userId} order by program_id limit ${MEMBERSHIPS_MAX}) l) as participations`);

export type UserProfile = { id: string; email: string; name: string; hasPassword: boolean };

export const findProfile = (reader: Reader, userId: string) =>
  reader.maybe<UserProfile>(sql`
    select id, email, name,
           exists (select from auth.accounts
                    where user_id = users.id and provider_id = 'credential' and password is not null) as has_password
      from auth.users
     where id = ${userId}`);

// Members and logins

export const insertInstallationOwner = (tx: Tx, userId: string) =>
  tx.run(sql`
    insert into installation_owners (user_id, created_at) values (${userId}, ${tx.now}) on conflict do nothing`);

export const upsertMembershipInAllPrograms = (tx: Tx, userId: string, role: Role) =>
  tx.run(sql`
    insert into memberships (program_id, user_id, role, created_at)
    select program_id, ${userId}, ${role}, ${tx.now} from program_directory
    on conflict (program_id, user_id) do update set role = excluded.role`);

export const upsertMembership = (tx: Tx, programId: string, userId: string, role: Role) =>
  tx.run(sql`
    insert into memberships (program_id, user_id, role, created_at)
    values (${programId}, ${userId}, ${role}, ${tx.now})
    on conflict (program_id, user_id) do update set role = excluded.role`);

export const insertOwnersAsMembers = (tx: Tx, programId: string) =>
  tx.run(sql`
    insert into memberships (program_id, user_id, role, created_at)
    select ${programId}, user_id, 'owner', ${tx.now} from installation_owners
    on conflict do nothing`);

export const updateProgramName = (tx: Tx, programId: string, name: string) =>
  tx.run(sql`update program_directory set name = ${name} where program_id = ${programId}`);

export const listProgramNames = (reader: Reader, programIds: string[]) =>
  reader.many<{ programId: string; name: string }>(sql`
    select program_id, name from program_directory where program_id = any(${programIds}) order by program_id`);

export type Member = { userId: string; email: string; name: string; role: Role; createdAt: Date };

export const listMembers = (reader: Reader, programId: string) =>
  reader.many<Member>(sql`
    select user_id, email, name, role, memberships.created_at
      from memberships
      join auth.users on users.id = user_id
     where program_id = ${programId}
     order by memberships.created_at, user_id
     limit ${MEMBERS_MAX}`);

export const insertParticipantLogin = (tx: Tx, programId: string, userId: string, participantId: string) =>
  tx.run(sql`
    insert into participant_logins (program_id, user_id, participant_id, created_at)
    values (${programId}, ${userId}, ${participantId}, ${tx.now})`);

export type LoginUser = { userId: string; hasPassword: boolean };

export const findLoginUser = (reader: Reader, programId: string, participantId: string) =>
  reader.maybe<LoginUser>(sql`
    select user_id,
           exists (select from auth.accounts
                    where accounts.user_id = login.user_id
                      and provider_id = 'credential' and password is not null) as has_password
      from participant_logins as login
     where program_id = ${programId} and participant_id = ${participantId}`);

// API keys

export type NewApiKey = {
  id: ApiKeyId;
  name: string;
  scopes: readonly Scope[];
  livemode: boolean;
  hint: string;
};

export const insertApiKey = (tx: Tx, programId: string, key: NewApiKey) =>
  tx.run(sql`
    insert into api_keys (program_id, id, name, scopes, livemode, hint, created_at)
    values (${programId}, ${key.id}, ${key.name}, ${key.scopes}, ${key.livemode}, ${key.hint}, ${tx.now})`);

export const insertApiKeySecret = (tx: Tx, programId: string, key: NewApiKey, secretHash: string) =>
  tx.run(sql`
    insert into api_key_secrets (secret_hash, program_id, key_id, scopes, livemode)
    values (${secretHash}, ${programId}, ${key.id}, ${key.scopes}, ${key.livemode})`);

export type FoundKey = { programId: string; keyId: string; scopes: Scope[]; livemode: boolean };

export const findApiKey = (reader: Reader, secretHash: string) =>
  reader.maybe<FoundKey>(sql`
    select program_id, key_id, scopes, livemode from api_key_secrets where secret_hash = ${secretHash}`);

export const listApiKeys = (reader: Reader, programId: string) =>
  reader.many<ApiKey>(sql`
    select id, name, scopes, livemode, hint, created_at, last_used_at
      from api_keys
     where program_id = ${programId} and disabled_at is null
     order by created_at desc, id desc
     limit ${API_KEYS_MAX}`);

/** 0 when there is no such key in use. */
export const disableApiKey = (tx: Tx, programId: string, id: string) =>
  tx.run(sql`
    update api_keys set disabled_at = ${tx.now}
     where program_id = ${programId} and id = ${id} and disabled_at is null`);

export const deleteApiKeySecret = (tx: Tx, programId: string, id: string) =>
  tx.run(sql`delete from api_key_secrets where program_id = ${programId} and key_id = ${id}`);

export const touchApiKey = (tx: Tx, programId: string, id: string) =>
  tx.run(sql`
    update api_keys set last_used_at = ${tx.now}
     where program_id = ${programId} and id = ${id} and (last_used_at is null or last_used_at < ${tx.now})`);

// Embed tokens

export const insertEmbedToken = (tx: Tx, tokenHash: string, token: EmbedToken) =>
  tx.run(sql`
    insert into embed_tokens (token_hash, program_id, participant_id, created_at, expires_at)
    values (${tokenHash}, ${token.programId}, ${token.participantId}, ${tx.now}, ${token.expiresAt})`);

export const findEmbedToken = (reader: Reader, tokenHash: string) =>
  reader.maybe<EmbedToken>(sql`
    select program_id, participant_id, expires_at from embed_tokens
     where token_hash = ${tokenHash} and expires_at > now()`);

export const deleteExpiredEmbedTokens = (tx: Tx) =>
  tx.run(sql`
    delete from embed_tokens
     where token_hash in (select token_hash from embed_tokens where expires_at < ${tx.now}
                           order by expires_at limit ${EXPIRED_TOKENS_MAX})`);

// Sign-in links

export type SignInLink = { programId: string; participantId: string };

export const insertSignInLink = (tx: Tx, tokenHash: string, link: SignInLink, expiresAt: Date) =>
  tx.run(sql`
    insert into sign_in_links (token_hash, program_id, participant_id, created_at, expires_at)
    values (${tokenHash}, ${link.programId}, ${link.participantId}, ${tx.now}, ${expiresAt})`);

/** Of two at once, one finds it gone. */
export const takeSignInLink = (tx: Tx, tokenHash: string) =>
  tx.maybe<SignInLink>(sql`
    delete from sign_in_links where token_hash = ${tokenHash} and expires_at > ${tx.now}
    returning program_id, participant_id`);

export const deleteExpiredSignInLinks = (tx: Tx) =>
  tx.run(sql`
    delete from sign_in_links
     where token_hash in (select token_hash from sign_in_links where expires_at < ${tx.now}
                           order by expires_at limit ${EXPIRED_TOKENS_MAX})`);

// Audit

const NEW_AUDIT_ENTRY = {
  id: "id",
  actor_kind: "id",
  actor_id: "id",
  operation: "id",
  subject_id: "id",
  request_id: "id",
  changes: "jsonb",
} as const satisfies Record<keyof AuditRow, ColumnType>;

export const insertAuditEntries = (tx: Tx, programId: string, rows: AuditRow[]) =>
  tx.send(sql`
    insert into audit_entries (program_id, position, id, actor_kind, actor_id, operation, subject_id, request_id,
                               changes, at)
    select ${programId}, ${tx.position}, id, actor_kind, actor_id, operation, subject_id, request_id, changes,
           ${tx.now}
      from ${tableOf("entry", NEW_AUDIT_ENTRY, rows)}`);

export const insertDirectoryAuditEntries = (tx: Tx, rows: AuditRow[]) =>
  tx.send(sql`
    insert into directory_audit_entries (position, id, actor_kind, actor_id, operation, subject_id, request_id,
                                         changes, at)
    select ${tx.position}, id, actor_kind, actor_id, operation, subject_id, request_id, changes, ${tx.now}
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as entry (id text, actor_kind text, actor_id text, operation text, subject_id text, request_id text,
                  changes jsonb)`);

export type StoredAuditEntry = {
  position: bigint;
  id: string;
  actorKind: string;
  actorId: string | null;
  operation: string;
  subjectId: string | null;
  requestId: string | null;
  changes: Record<string, unknown> | null;
  at: Date;
};

/** Newest first; `after` is the place of the last entry already seen. */
export const listAuditEntries = (reader: Reader, programId: string, after: AuditPlace | null, rows: number) =>
  reader.many<StoredAuditEntry>(sql`
    select position, id, actor_kind, actor_id, operation, subject_id, request_id, changes, at
      from audit_entries
     where program_id = ${programId}
       and (position, id) < (${after?.position ?? MAX_POSITION}::bigint, ${after?.id ?? ""})
     order by position desc, id desc
     limit ${rows}`);

/** Oldest first, above the place of the first entry already seen. */
export const listNewerAuditEntries = (reader: Reader, programId: string, before: AuditPlace, rows: number) =>
  reader.many<StoredAuditEntry>(sql`
    select position, id, actor_kind, actor_id, operation, subject_id, request_id, changes, at
      from audit_entries
     where program_id = ${programId} and (position, id) > (${before.position}::bigint, ${before.id})
     order by position, id
     limit ${rows}`);

const MAX_POSITION = 9_223_372_036_854_775_807n;
