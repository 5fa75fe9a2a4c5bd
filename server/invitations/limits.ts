/** What a program may set; a program that sets nothing has these. */
export type InvitationTerms = {
  /** Mails to people in the European Union: the program is their sender there, whatever the friend wished. */
  mailsToEurope: boolean;
  remindersToEurope: boolean;
  /** Days after which one reminder goes out by itself; null: none does. */
  reminderDays: number | null;
  expiresDays: number;
  perMemberDay: number;
  perMemberPending: number;
  perNewMemberDay: number;
  perProgramDay: number;
  perNetworkDay: number;
};

export const TERMS: InvitationTerms = {
  mailsToEurope: false,
  remindersToEurope: false,
  reminderDays: null,
  expiresDays: 30,
  perMemberDay: 50,
  perMemberPending: 200,
  perNewMemberDay: 5,
  perProgramDay: 10_000,
  perNetworkDay: 200,
};

/** Mails one person gets, from whomever, before it is enough. */
export const MAILS_PER_RECIPIENT_MAX = 3;
const RECIPIENT_DAYS = 30;
export const RESEND_HOURS = 24;

const DAY_MS = 86_400_000;

export type Member = { isVerified: boolean; qualified: number };

/** Invitations a member may send in a day: few until we know that there is somebody. */
export function memberAllowance(terms: InvitationTerms, member: Member): number {
  const isKnown = member.isVerified || member.qualified > 0;
  return isKnown ? terms.perMemberDay : Math.min(terms.perNewMemberDay, terms.perMemberDay);
}

export type Allowance = { counted: string; limit: number; code: string };

/** What a mail of a member uses up, in the order in which it is taken. */
export function allowancesOf(
  terms: InvitationTerms,
  by: { inviterId: string; member: Member | null; networkHash: string | null },
): Allowance[] {
  const allowances: Allowance[] = [];
  if (by.member) {
    const limit = memberAllowance(terms, by.member);
    allowances.push({ counted: `member ${by.inviterId}`, limit, code: "daily_limit_reached" });
  }
  if (by.member && by.networkHash !== null) {
    const limit = terms.perNetworkDay;
    allowances.push({ counted: `network ${by.networkHash}`, limit, code: "network_limit_reached" });
  }
  allowances.push({ counted: "program", limit: terms.perProgramDay, code: "program_limit_reached" });
  return allowances;
}

/** The day an allowance belongs to, and when the next one begins. */
export function dayOf(now: Date): { day: string; until: Date } {
  const day = now.toISOString().slice(0, 10);
  return { day, until: new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS) };
}

/** Mails older than this no longer count for their recipient. */
export function recipientWindow(now: Date): Date {
  return new Date(now.getTime() - RECIPIENT_DAYS * DAY_MS);
}

export function daysAfter(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

export function hoursAfter(moment: Date, hours: number): Date {
  return new Date(moment.getTime() + hours * 3_600_000);
}
