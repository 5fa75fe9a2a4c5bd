import { LANGUAGES } from "../messages/language.ts";
import { type AnyMessage, factsOf } from "../messages/message.ts";
import type * as contract from "./contract.ts";
import type { Mail } from "./mail.ts";

export function messageWire(message: AnyMessage): contract.MessageAnswer {
  const { name, kind, title } = message;
  const facts = factsOf(message).map(({ isAlwaysKnown, ...fact }) => ({
    ...fact,
    is_always_known: isAlwaysKnown,
  }));
  return { name, kind, title, languages: [...LANGUAGES], facts };
}

export function mailWire(mail: Mail): contract.MailAnswer {
  return {
    id: mail.id,
    message: mail.message,
    language: mail.language,
    to: mail.toAddress,
    participant_id: mail.participantId,
    subject_id: mail.subjectId,
    state: mail.state,
    detail: mail.detail,
    attempts: mail.attempts,
    send_at: mail.sendAt.toISOString(),
    next_attempt_at: mail.nextAttemptAt.toISOString(),
    created_at: mail.createdAt.toISOString(),
    sent_at: mail.sentAt?.toISOString() ?? null,
    ended_at: mail.endedAt?.toISOString() ?? null,
  };
}
