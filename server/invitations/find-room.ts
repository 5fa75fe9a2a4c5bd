import type { Reader } from "../platform/database.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import { dayOf, memberAllowance } from "./limits.ts";
import { listAllowances } from "./store/allowances.ts";
import { countPending } from "./store/invitations.ts";

export type Room = {
  perDay: number;
  leftToday: number;
  pendingMax: number;
  leftPending: number;
  isNew: boolean;
};

/** How many invitations a member may still send. */
export async function findRoom(reader: Reader, inviterId: string, now: Date): Promise<Room> {
  const [terms, member] = [await findTerms(reader), await findMember(reader, inviterId)];
  const [used] = await listAllowances(reader, [`member ${inviterId}`], dayOf(now).day);
  const pending = Number((await countPending(reader, inviterId)).count);
  const perDay = memberAllowance(terms, member);
  return {
    perDay,
    leftToday: Math.max(0, perDay - (used?.used ?? 0)),
    pendingMax: terms.perMemberPending,
    leftPending: Math.max(0, terms.perMemberPending - pending),
    isNew: perDay < terms.perMemberDay,
  };
}
