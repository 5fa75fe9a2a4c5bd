/** The proof somebody was asked for when they joined. */
export type Verification = {
  participantId: string;
  codeHash: string;
  attempts: number;
  sends: number;
  sentAt: Date;
  expiresAt: Date;
};

export const VERIFICATION_HOURS = 24;
const CODE_ATTEMPTS_MAX = 5;
const SENDS_MAX = 5;
const PAUSE_MS = 60_000;
const SPELL_MS = VERIFICATION_HOURS * 3_600_000;

export type CodeVerdict = "fits" | "wrong" | "too_many" | "expired";

/** Whether what somebody typed is the code they were sent. */
export function judgeCode(verification: Verification, codeHash: string, now: Date): CodeVerdict {
  if (verification.expiresAt.getTime() <= now.getTime()) return "expired";
  if (verification.attempts >= CODE_ATTEMPTS_MAX) return "too_many";
  return codeHash === verification.codeHash ? "fits" : "wrong";
}

/** Seconds until another mail may be sent; 0 is now, null is not today. */
export function resendWait(verification: Verification | null, now: Date): number | null {
  if (verification === null) return 0;
  const age = now.getTime() - verification.sentAt.getTime();
  if (age >= SPELL_MS) return 0;
  if (verification.sends >= SENDS_MAX) return null;
  return Math.max(0, Math.ceil((PAUSE_MS - age) / 1000));
}

/** Six digits, however they were typed or pasted. */
export function readCode(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** In two halves, which are easier to carry over. */
export function shownCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
