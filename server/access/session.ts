import type { Membership, ParticipantActor, UserActor } from "./actor.ts";

export type Participation = { programId: string; participantId: string };

/** A signed-in user and everything they may speak for. */
export type Session = {
  sessionId: string;
  userId: string;
  createdAt: Date;
  usedAt: Date;
  isInstallationOwner: boolean;
  memberships: readonly Membership[];
  participations: readonly Participation[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TEAM_AGE_MS_MAX = 12 * HOUR_MS;
const TEAM_IDLE_MS_MAX = 30 * MINUTE_MS;
const PARTICIPANT_AGE_MS_MAX = 30 * 24 * HOUR_MS;

/**
 * A team member sees other people's money, so their session ends after 12 hours or half an hour
 * unused. A participant sees only their own and may have no password to come back with: 30 days.
 */
export function isSessionOver(session: Session, now: Date): boolean {
  const age = now.getTime() - session.createdAt.getTime();
  if (!isTeamMember(session)) return age >= PARTICIPANT_AGE_MS_MAX;
  return age >= TEAM_AGE_MS_MAX || now.getTime() - session.usedAt.getTime() >= TEAM_IDLE_MS_MAX;
}

/** Who the user is in the program they chose: of its team before one of its participants. */
export function actorOf(session: Session, programId: string | null): UserActor | ParticipantActor {
  const participation = participationIn(session, programId);
  if (participation && !isMemberOf(session, programId))
    return { kind: "participant", ...participation, userId: session.userId };
  const { userId, isInstallationOwner, memberships } = session;
  return { kind: "user", userId, isInstallationOwner, memberships, programId };
}

export function isMemberOf(session: Session, programId: string | null): boolean {
  return session.memberships.some((membership) => membership.programId === programId);
}

/** Whether the session knows the program at all; if not, it may have been read before the user joined. */
export function knowsProgram(session: Session, programId: string | null): boolean {
  return (
    programId === null || isMemberOf(session, programId) || participationIn(session, programId) !== undefined
  );
}

/** Somebody with one participation and nothing else need not say which program they mean. */
function participationIn(session: Session, programId: string | null): Participation | undefined {
  if (programId === null && !isTeamMember(session) && session.participations.length === 1)
    return session.participations[0];
  return session.participations.find((participation) => participation.programId === programId);
}

function isTeamMember(session: Session): boolean {
  return session.isInstallationOwner || session.memberships.length > 0;
}
