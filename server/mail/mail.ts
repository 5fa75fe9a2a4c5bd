import type { Id } from "../primitives/id.ts";

export type MailId = Id<"mal">;

/** What becomes of a mail. Without SMTP it stays queued, and people copy its text. */
export type MailState =
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "bounced"
  | "complained"
  | "suppressed"
  | "failed"
  | "cancelled";

/** A mail to be posted. */
export type NewMail = {
  /** A name of the shelf. */
  message: string;
  language: string;
  /** The message's own facts. */
  facts: Record<string, unknown>;
  to: string;
  /** The participant who gets it; null for somebody who is not one. */
  participantId: string | null;
  /** The participant on whose behalf it goes out: somebody may stop this one alone. */
  inviterId?: string | null;
  /** What it is about; the id its events carry beside its own. */
  subjectId: string | null;
  /** Whose name stands before the program's; null for the program's alone. */
  fromName: string | null;
  /** The same key is posted once. */
  key: string;
  /** Null: as soon as may be. */
  sendAt: Date | null;
};

export type Mail = {
  id: MailId;
  key: string;
  message: string;
  language: string;
  /** Null, like the address, when what is personal was dropped. */
  facts: Record<string, unknown> | null;
  toAddress: string | null;
  participantId: string | null;
  inviterId: string | null;
  subjectId: string | null;
  fromName: string | null;
  state: MailState;
  detail: string | null;
  attempts: number;
  sendAt: Date;
  nextAttemptAt: Date;
  createdAt: Date;
  sentAt: Date | null;
  endedAt: Date | null;
};

/** The part of an address behind the @, as servers are told apart by it. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
