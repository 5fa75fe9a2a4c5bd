import type { ApiKey } from "./api-key.ts";
import type { ApiKeyAnswer, AuditEntryAnswer, MemberAnswer, SessionAnswer } from "./contract.ts";
import type { Profile } from "./find-profile.ts";
import type { Member, StoredAuditEntry } from "./store.ts";

/** A list too short to be cut into pages. */
export const wholeList = <Entry>(data: Entry[]) => ({
  data,
  has_more: false,
  next_cursor: null,
  prev_cursor: null,
});

export function profileAnswer({ user, memberships, participations }: Profile): SessionAnswer {
  return {
    user: user && { id: user.id, email: user.email, name: user.name, has_password: user.hasPassword },
    memberships: memberships.map(({ programId, programName, role }) => ({
      program_id: programId,
      program_name: programName,
      role,
    })),
    participations: participations.map(({ programId, programName, participantId }) => ({
      program_id: programId,
      program_name: programName,
      participant_id: participantId,
    })),
  };
}

export function apiKeyAnswer(key: ApiKey): ApiKeyAnswer {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    livemode: key.livemode,
    hint: key.hint,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}

export function memberAnswer(member: Member): MemberAnswer {
  return {
    user_id: member.userId,
    name: member.name,
    email: member.email,
    role: member.role,
    created_at: member.createdAt.toISOString(),
  };
}

export function auditEntryAnswer(entry: StoredAuditEntry): AuditEntryAnswer {
  return {
    id: entry.id,
    actor: { kind: entry.actorKind, id: entry.actorId },
    operation: entry.operation,
    subject_id: entry.subjectId,
    request_id: entry.requestId,
    changes: entry.changes,
    at: entry.at.toISOString(),
  };
}
