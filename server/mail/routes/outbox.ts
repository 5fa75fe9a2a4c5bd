import { type AnyDoor, door } from "../../access/door.ts";
import { findProfile } from "../../access/find-profile.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { messages } from "../../messages/catalogue/index.ts";
import { LANGUAGES } from "../../messages/language.ts";
import { type AnyMessage, factsOf } from "../../messages/message.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { cancelMails } from "../cancel-mails.ts";
import * as contract from "../contract.ts";
import type { Mail } from "../mail.ts";
import { postTestMail } from "../post-test-mail.ts";
import { listMails, readMail } from "../store/outbox.ts";
import type { MailDeps } from "./deps.ts";

export const outboxRoutes = ({ db }: Pick<MailDeps, "db">): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/messages",
    operation: "messages.list",
    limit: "read",
    summary: "Everything the program says to people, with what may stand in its sentences",
    tag: "Mail",
    schema: { response: { 200: contract.MessageList } },
    handle: () => ({ status: 200, body: { data: messages.map(messageWire) } }),
  }),
  door({
    method: "GET",
    path: "/v1/mails",
    operation: "mails.list",
    limit: "read",
    summary: "The outbox, newest first",
    tag: "Mail",
    schema: { query: contract.MailsQuery, response: { 200: contract.MailList } },
    handle: async ({ programId, query }) => {
      const filter = {
        ...pageWindow(query, "mal"),
        state: query.state ?? null,
        message: query.message ?? null,
        subjectId: query.subject_id ?? null,
      };
      const rows = await db.read(programId, (reader) => listMails(reader, filter));
      return { status: 200, body: pageOf(rows, query, (row) => row.id, mailWire) };
    },
  }),
  door({
    method: "POST",
    path: "/v1/mails/test",
    operation: "mails.test",
    limit: "write",
    summary: "Send a message about its sample facts, to see it in a mailbox",
    tag: "Mail",
    schema: { body: contract.TestMail, response: { 201: contract.MailAnswer } },
    handle: async ({ body, actor, requestId, write }) => {
      const own = body.to ?? (await db.readDirectory((reader) => findProfile(reader, actor))).user?.email;
      return write(async (tx) => {
        const mail = await postTestMail(tx, { ...body, to: own ?? null });
        await recordAudit(tx, [{ actor, operation: "mails.test", subjectId: mail.id, requestId }]);
        return { status: 201, body: mailWire(mail) };
      });
    },
  }),
  door({
    method: "POST",
    path: "/v1/mails/:mail/cancel",
    operation: "mails.cancel",
    limit: "write",
    summary: "Take back a mail that still waits",
    tag: "Mail",
    schema: { params: contract.MailParams, response: { 200: contract.MailAnswer } },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        const [cancelled] = await cancelMails(tx, [params.mail]);
        const mail = await readMail(tx, params.mail);
        if (!mail) throw new Refusal("not_found");
        if (!cancelled && mail.state !== "cancelled") throw new Refusal("mail_not_queued");
        if (cancelled)
          await recordAudit(tx, [{ actor, operation: "mails.cancel", subjectId: mail.id, requestId }]);
        return { status: 200, body: mailWire(mail) };
      }),
  }),
];

function messageWire(message: AnyMessage): contract.MessageAnswer {
  const { name, kind, title } = message;
  const facts = factsOf(message).map(({ isAlwaysKnown, ...fact }) => ({
    ...fact,
    is_always_known: isAlwaysKnown,
  }));
  return { name, kind, title, languages: [...LANGUAGES], facts };
}

function mailWire(mail: Mail): contract.MailAnswer {
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
