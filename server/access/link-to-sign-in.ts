import type { UserStanding } from "./store.ts";

const PREFIX = "rh_sil_";

export function signInLinkSecret(random: string): string {
  return `${PREFIX}${random}`;
}

export function isSignInLinkSecret(text: string): boolean {
  return /^rh_sil_[0-9A-Za-z]{43}$/.test(text);
}

/**
 * Whether a program's team may let somebody into the whole account of this user. Only where that account is nothing
 * but a participant of this program without a password: else a link would open other programs, or the team's own doors.
 */
export function mayOpenAccount(
  { isInstallationOwner, memberships, participations }: UserStanding,
  hasPassword: boolean,
  programId: string,
): boolean {
  if (hasPassword || isInstallationOwner || memberships.length > 0) return false;
  return participations.every((participation) => participation.programId === programId);
}
