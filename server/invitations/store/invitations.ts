import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";
import type {
  Invitation,
  InvitationId,
  InvitationState,
  InvitationStep,
  InvitationTouch,
  NamedInvitation,
} from "../invitation.ts";
import { stateAfter, statesBefore } from "../invitation.ts";

const COLUMNS = sql`invitation.id, invitation.inviter_id, invitation.link_id, invitation.batch_id, invitation.channel,
       invitation.state, invitation.language, invitation.email_hash, invitation.scheduled_at, invitation.expires_at,
       invitation.remind_at, invitation.token_number, invitation.mails, invitation.mailed_at, invitation.reminded_at,
       invitation.sent_at, invitation.delivered_at, invitation.clicked_at, invitation.joined_at, invitation.ended_at,
       invitation.referee_id, invitation.reason, invitation.created_at, invitation.changed_at`;
const NAMED = sql`${COLUMNS}, identity.email, coalesce(identity.name, '') as name,
       coalesce(identity.message, '') as message`;
const WITH_IDENTITY = sql`invitations as invitation
      left join invitation_identities as identity
        on identity.program_id = invitation.program_id and identity.invitation_id = invitation.id`;

/** States in which somebody is invited already and needs no second invitation. */
const INVITED = sql`('draft', 'scheduled', 'queued', 'sent', 'delivered', 'clicked')`;

export type NewInvitation = {
  id: InvitationId;
  inviterId: string;
  linkId: string;
  batchId: string | null;
  channel: Invitation["channel"];
  state: InvitationState;
  language: string;
  emailHash: string | null;
  email: string | null;
  name: string;
  message: string;
  scheduledAt: Date | null;
  expiresAt: Date;
  tokenHash: string;
};

export const insertInvitations = (tx: Tx, invitations: readonly NewInvitation[]) =>
  tx.run(sql`
    insert into invitations (program_id, id, inviter_id, link_id, batch_id, channel, state, language, email_hash,
           scheduled_at, expires_at, sent_at, created_at, changed_at)
    select ${tx.programId}, id, inviter_id, link_id, batch_id, channel, state, language, email_hash, scheduled_at,
           expires_at, case when state = 'sent' then ${tx.now}::timestamptz end, ${tx.now}::timestamptz,
           ${tx.now}::timestamptz
      from ${tableOf(
        "invitation",
        {
          id: "id",
          inviter_id: "id",
          link_id: "id",
          batch_id: "id",
          channel: "id",
          state: "id",
          language: "id",
          email_hash: "id",
          scheduled_at: "timestamptz",
          expires_at: "timestamptz",
        },
        invitations.map((one) => ({
          id: one.id,
          inviter_id: one.inviterId,
          link_id: one.linkId,
          batch_id: one.batchId,
          channel: one.channel,
          state: one.state,
          language: one.language,
          email_hash: one.emailHash,
          scheduled_at: one.scheduledAt,
          expires_at: one.expiresAt,
        })),
      )}`);

export const insertInvitationIdentities = (tx: Tx, invitations: readonly NewInvitation[]) =>
  tx.run(sql`
    insert into invitation_identities (program_id, invitation_id, email, name, message)
    select ${tx.programId}, id, email, name, message
      from ${tableOf(
        "identity",
        { id: "id", email: "text", name: "text", message: "text" },
        invitations.map(({ id, email, name, message }) => ({ id, email, name, message })),
      )}`);

export const insertTokens = (tx: Tx, tokens: readonly { id: string; tokenHash: string }[]) =>
  tx.run(sql`
    insert into invitation_tokens (token_hash, program_id, invitation_id)
    select hash, ${tx.programId}, id
      from ${tableOf(
        "token",
        { hash: "id", id: "id" },
        tokens.map(({ id, tokenHash }) => ({ id, hash: tokenHash })),
      )}`);

export const deleteTokens = (tx: Tx, invitationIds: readonly string[]) =>
  tx.run(sql`
    delete from invitation_tokens where program_id = ${tx.programId} and invitation_id = any(${invitationIds})`);

export const readTokenPlace = (reader: Reader, tokenHash: string) =>
  reader.maybe<{ programId: string; invitationId: InvitationId }>(sql`
    select program_id, invitation_id from invitation_tokens where token_hash = ${tokenHash}`);

export const listInvitations = (reader: Reader, ids: readonly string[]) =>
  reader.many<NamedInvitation>(sql`
    select ${NAMED}
      from ${WITH_IDENTITY}
     where invitation.program_id = ${reader.programId} and invitation.id = any(${ids})
     order by invitation.id`);

/** Locked in one order everywhere. */
export const lockInvitations = (tx: Tx, ids: readonly string[]) =>
  tx.many<NamedInvitation>(sql`
    select ${NAMED}
      from ${WITH_IDENTITY}
     where invitation.program_id = ${tx.programId} and invitation.id = any(${ids})
     order by invitation.id
       for no key update of invitation`);

export type InvitationFilter = {
  inviterId: string | null;
  batchId: string | null;
  states: readonly InvitationState[] | null;
  q: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first; `q` looks in names and addresses. */
export const listInvitationsNewest = (reader: Reader, filter: InvitationFilter) => {
  const { inviterId, batchId, states, q } = filter;
  const { conditions, order } = pageBy(sql`invitation.id`, filter);
  return reader.many<NamedInvitation>(sql`
    select ${NAMED}
      from ${WITH_IDENTITY}
     where invitation.program_id = ${reader.programId}
       ${andAll([
         inviterId === null ? null : sql`invitation.inviter_id = ${inviterId}`,
         batchId === null ? null : sql`invitation.batch_id = ${batchId}`,
         states === null ? null : sql`invitation.state = any(${states})`,
         q === null ? null : sql`(identity.name ilike ${q} or identity.email ilike ${q})`,
         ...conditions,
       ])}
     order by ${order}
     limit ${filter.limit}`);
};

export const countStates = (reader: Reader, of: { inviterId: string | null; batchId: string | null }) =>
  reader.many<{ state: InvitationState; count: bigint }>(sql`
    select state, count(*) as count
      from invitations
     where program_id = ${reader.programId}
       ${andAll([
         of.inviterId === null ? null : sql`inviter_id = ${of.inviterId}`,
         of.batchId === null ? null : sql`batch_id = ${of.batchId}`,
       ])}
     group by state
     order by state`);

/** How many of a member are still on their way: they count against the limit until something becomes of them. */
export const countPending = (reader: Reader, inviterId: string) =>
  reader.one<{ count: bigint }>(sql`
    select count(*) as count
      from invitations
     where program_id = ${reader.programId} and inviter_id = ${inviterId} and channel = 'email'
       and state in ('scheduled', 'queued', 'sent', 'delivered', 'clicked')`);

/** Of these people, those whom the inviter has invited already. */
export const listInvitedHashes = (reader: Reader, inviterId: string, emailHashes: readonly string[]) =>
  reader.many<{ emailHash: string }>(sql`
    select distinct email_hash
      from invitations
     where program_id = ${reader.programId} and email_hash = any(${emailHashes}) and inviter_id = ${inviterId}
       and state in ${INVITED}
     order by email_hash`);

/** Takes one step with each; what the step does not lead away from stays. Answers those that moved. */
export const moveInvitations = (
  tx: Tx,
  step: InvitationStep,
  moved: readonly { id: string; reason?: string | null; refereeId?: string | null }[],
) => {
  const from = statesBefore(step);
  const target = sql`case state ${sql.join(
    from.map((state) => sql`when ${sql.lit(state)} then ${sql.lit(stateAfter(state, step))}`),
    sql` `,
  )} end`;
  const isEnd = step === "expire" || step === "cancel" || step === "mail_suppressed" || step === "join";
  return tx.many<{
    id: InvitationId;
    state: InvitationState;
    inviterId: string;
    batchId: string | null;
    mails: number;
  }>(sql`
    update invitations
       set state = ${target}, changed_at = ${tx.now}::timestamptz,
           reason = coalesce(moved.reason, invitations.reason),
           referee_id = coalesce(moved.referee_id, invitations.referee_id),
           sent_at = ${stamp(step === "mail_sent" || step === "share", "sent_at", tx)},
           delivered_at = ${stamp(step === "mail_delivered", "delivered_at", tx)},
           clicked_at = ${stamp(step === "click", "clicked_at", tx)},
           joined_at = ${stamp(step === "join", "joined_at", tx)},
           scheduled_at = ${step === "withhold" ? sql`null` : sql`scheduled_at`},
           ended_at = ${isEnd ? sql`${tx.now}::timestamptz` : sql`null`}
      from ${tableOf(
        "moved",
        { moved_id: "id", reason: "text", referee_id: "id" },
        moved.map(({ id, reason = null, refereeId = null }) => ({
          moved_id: id,
          reason,
          referee_id: refereeId,
        })),
      )}
     where program_id = ${tx.programId} and id = moved_id and state = any(${from})
    returning id, state, inviter_id, batch_id, mails`);
};

const stamp = (isNow: boolean, column: "sent_at" | "delivered_at" | "clicked_at" | "joined_at", tx: Tx) =>
  isNow
    ? sql`coalesce(${sql.ref(`invitations.${column}`)}, ${tx.now}::timestamptz)`
    : sql.ref(`invitations.${column}`);

/** A mail is on its way: which one it is, and when. */
export const recordMails = (
  tx: Tx,
  ids: readonly string[],
  mail: { isReminder: boolean; remindAt: Date | null },
) =>
  tx.run(sql`
    update invitations
       set mails = mails + 1, mailed_at = ${tx.now}::timestamptz, changed_at = ${tx.now}::timestamptz,
           reminded_at = ${mail.isReminder ? sql`${tx.now}::timestamptz` : sql`reminded_at`},
           remind_at = case when reminded_at is null then ${mail.remindAt}::timestamptz end
     where program_id = ${tx.programId} and id = any(${ids})`);

export const recordRenewal = (tx: Tx, id: string, expiresAt: Date) =>
  tx.run(sql`
    update invitations
       set expires_at = ${expiresAt}::timestamptz
     where program_id = ${tx.programId} and id = ${id}`);

export const updateInvitation = (
  tx: Tx,
  id: string,
  change: {
    language: string;
    emailHash: string | null;
    scheduledAt: Date | null;
    expiresAt: Date;
    tokenNumber: number;
  },
) =>
  tx.run(sql`
    update invitations
       set language = ${change.language}, email_hash = ${change.emailHash},
           scheduled_at = ${change.scheduledAt}::timestamptz, expires_at = ${change.expiresAt}::timestamptz,
           token_number = ${change.tokenNumber}, changed_at = ${tx.now}::timestamptz
     where program_id = ${tx.programId} and id = ${id}`);

export const updateIdentity = (
  tx: Tx,
  id: string,
  identity: { email: string | null; name: string; message: string },
) =>
  tx.run(sql`
    update invitation_identities
       set email = ${identity.email}, name = ${identity.name}, message = ${identity.message}
     where program_id = ${tx.programId} and invitation_id = ${id}`);

/** At most one of each address: the rest follows with the next round. */
export const lockDueScheduled = (tx: Tx, limit: number) =>
  tx.many<{ id: InvitationId }>(sql`
    select id
      from invitations
     where program_id = ${tx.programId} and state = 'scheduled' and scheduled_at <= ${tx.now}::timestamptz
     order by scheduled_at, id
     limit ${limit} for no key update skip locked`);

export const postponeScheduled = (tx: Tx, ids: readonly string[], until: Date) =>
  tx.run(sql`
    update invitations
       set scheduled_at = ${until}::timestamptz
     where program_id = ${tx.programId} and id = any(${ids}) and state = 'scheduled'`);

export const lockDueReminders = (tx: Tx, limit: number) =>
  tx.many<{ id: InvitationId }>(sql`
    select id
      from invitations
     where program_id = ${tx.programId} and state in ('sent', 'delivered', 'clicked')
       and remind_at <= ${tx.now}::timestamptz
     order by remind_at, id
     limit ${limit} for no key update skip locked`);

export const lockExpired = (tx: Tx, limit: number) =>
  tx.many<{ id: InvitationId }>(sql`
    select id
      from invitations
     where program_id = ${tx.programId} and expires_at <= ${tx.now}::timestamptz
       and state in ('draft', 'scheduled', 'queued', 'sent', 'delivered', 'clicked', 'bounced')
     order by expires_at, id
     limit ${limit} for no key update skip locked`);

export const forgetReminders = (tx: Tx, ids: readonly string[]) =>
  tx.run(sql`
    update invitations set remind_at = null where program_id = ${tx.programId} and id = any(${ids})`);

/** Invitations of a batch that have not left the house. */
export const lockUnsentOf = (tx: Tx, batchId: string, limit: number) =>
  tx.many<{
    id: InvitationId;
    state: InvitationState;
    emailHash: string | null;
    mailedAt: Date | null;
    mails: number;
  }>(sql`
    select id, state, email_hash, mailed_at, mails
      from invitations
     where program_id = ${tx.programId} and batch_id = ${batchId} and state in ('scheduled', 'queued')
     order by id
     limit ${limit} for no key update`);

export const purgeIdentities = (tx: Tx, endedBefore: Date, limit: number) =>
  tx.run(sql`
    delete from invitation_identities
     where program_id = ${tx.programId}
       and invitation_id in (
         select id
           from invitations
           join invitation_identities as identity
             on identity.program_id = invitations.program_id and identity.invitation_id = id
          where invitations.program_id = ${tx.programId} and ended_at < ${endedBefore}::timestamptz
          order by id
          limit ${limit})`);

const TOUCH = sql`id as invitation_id, inviter_id, link_id, email_hash,
       coalesce(sent_at, mailed_at, created_at) as at,
       (state in ('queued', 'sent', 'delivered', 'clicked', 'bounced') and expires_at > now()) as is_open`;

/** By the token somebody brought: whatever became of the invitation. */
export const listTouchesByToken = (reader: Reader, tokenHashes: readonly string[]) =>
  reader.many<InvitationTouch>(sql`
    select ${TOUCH}, token_hash
      from invitation_tokens
      join invitations on invitations.program_id = invitation_tokens.program_id and id = invitation_id
     where token_hash = any(${tokenHashes}) and invitations.program_id = ${reader.programId}
       and state not in ('draft', 'scheduled')
     order by id`);

/** By the address somebody signs up with: only what went out and can still be used. */
export const listTouchesByEmail = (reader: Reader, emailHashes: readonly string[]) =>
  reader.many<InvitationTouch>(sql`
    select ${TOUCH}, null as token_hash
      from invitations
     where program_id = ${reader.programId} and email_hash = any(${emailHashes})
       and state in ('queued', 'sent', 'delivered', 'clicked') and expires_at > now()
     order by id`);
