import type { Language } from "../messages/language.ts";
import type { Tx } from "../platform/database.ts";
import { newSecret } from "../platform/secret.ts";
import { Refusal } from "../primitives/refusal.ts";
import { parseLinkDomain } from "./destination.ts";
import { checkProgram, type Disclosure, type Program } from "./program.ts";
import { lockProgram, updateProgram } from "./store.ts";

export type ProgramChange = {
  name?: string;
  timeZone?: string;
  language?: Language;
  destinationUrl?: string | null;
  defaultMarginPpm?: bigint;
  debtWriteOffDays?: number | null;
  termsUrl?: string | null;
  disclosure?: Disclosure;
  linkDomains?: string[];
  claimWindowDays?: number;
  reassignSecondPersonAbove?: bigint | null;
  signsReferrals?: boolean;
};

/** Changes what may change of a program; its currency may not, because rewards are counted in it. */
export async function setProgram(tx: Tx, { signsReferrals, ...change }: ProgramChange): Promise<Program> {
  checkProgram(change);
  const program = await lockProgram(tx);
  if (!program) throw new Refusal("not_found");
  const linkDomains = change.linkDomains?.flatMap((domain) => parseLinkDomain(domain) ?? []);
  return updateProgram(tx, {
    ...program,
    ...change,
    ...(linkDomains && { linkDomains: [...new Set(linkDomains)] }),
    ...(signsReferrals !== undefined && { signingKey: signingKeyFor(signsReferrals, program) }),
  });
}

/** Turned off and on again, a program has a new key: so one that became known is replaced. */
function signingKeyFor(signs: boolean, { signingKey }: Program): string | null {
  return signs ? (signingKey ?? newSecret()) : null;
}
