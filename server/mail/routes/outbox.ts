import { type Actor, roleIn } from "../../access/actor.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { findProfile } from "../../access/find-profile.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findMessage, messages } from "../../messages/catalogue/index.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { cancelMails } from "../cancel-mails.ts";
import * as contract from "../contract.ts";
import { findMailContent } from "../find-mail-content.ts";
import type { Mail } from "../mail.ts";
import { postTestMail } from "../post-test-mail.ts";
import { mailWire, messageWire } from "../presentation.ts";
import { resendMail } from "../resend-mail.ts";
import { listMails, readMail } from "../store/outbox.ts";
import type { MailDeps } from "./deps.ts";

export const outboxRoutes = ({ db, findLook }: Pick<MailDeps, "db" | "findLook">): AnyDoor[] => [
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
    method: "GET",
    path: "/v1/mails/:mail",
    operation: "mails.read",
    limit: "read",
    summary: "A mail with what it says, to pass it on by hand",
    tag: "Mail",
    schema: { params: contract.MailParams, response: { 200: contract.MailDetail } },
    handle: async ({ programId, params, actor }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const mail = await readMail(reader, params.mail);
        if (!mail) throw new Refusal("not_found");
        const content = mayReadContent(actor, programId, mail)
          ? await findMailContent(reader, mail, findLook)
          : null;
        return { ...mailWire(mail), content };
      }),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/mails/:mail/resend",
    operation: "mails.resend",
    limit: "write",
    summary: "Send a mail that has not gone out",
    tag: "Mail",
    schema: { params: contract.MailParams, response: { 200: contract.MailAnswer } },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        const mail = await resendMail(tx, params.mail);
        await recordAudit(tx, [{ actor, operation: "mails.resend", subjectId: mail.id, requestId }]);
        return { status: 200, body: mailWire(mail) };
      }),
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

/** A link that signs somebody in is as good as their password: only those who own the program may pass it on. */
function mayReadContent(actor: Actor, programId: string, { message }: Mail): boolean {
  if (findMessage(message)?.kind !== "transactional") return true;
  const role = actor.kind === "user" ? roleIn(actor, programId) : null;
  return role === "owner" || role === "admin";
}
