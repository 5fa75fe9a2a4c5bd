import { type AnyDoor, door } from "../../access/door.ts";
import { StopForm, StopParams } from "../contract/stop.ts";
import { findStopFacts } from "../find-stop-facts.ts";
import { recordStop } from "../record-stop.ts";
import { readStopToken } from "../seal.ts";
import { choicesOf, oneClickChoice } from "../stop.ts";
import type { MailDeps } from "./deps.ts";

/** No login and no cookie: who has the mail may stop it. Looking at the page changes nothing. */
export const stopRoutes = ({ db, emailKey, findLook, stopPages }: MailDeps): AnyDoor[] => [
  ...(["GET", "HEAD"] as const).map((method) =>
    door({
      method,
      path: "/stop/:token",
      operation: "mails.stop",
      limit: "public_page",
      summary: "The page that stops mails",
      tag: "Pages",
      isPage: true,
      schema: { params: StopParams },
      handle: async ({ params }) => {
        const sealed = readStopToken(params.token, emailKey);
        if (!sealed) return stopPages.unknown();
        const facts = await db.read(sealed.programId, (reader) =>
          findStopFacts(reader, sealed.mailId, findLook),
        );
        return facts ? stopPages.ask(facts, params.token) : stopPages.unknown();
      },
    }),
  ),
  door({
    method: "POST",
    path: "/stop/:token",
    operation: "mails.stop",
    limit: "public_page",
    summary: "Stop mails, with one click in a mailbox or a button of the page",
    tag: "Pages",
    isPage: true,
    schema: { params: StopParams, body: StopForm },
    handle: async ({ params, body }) => {
      const sealed = readStopToken(params.token, emailKey);
      if (!sealed) return stopPages.unknown();
      return db.write(sealed.programId, async (tx) => {
        const facts = await findStopFacts(tx, sealed.mailId, findLook);
        if (!facts) return stopPages.unknown();
        const wanted = body.stop ?? oneClickChoice(facts);
        const choice =
          wanted === "none" || choicesOf(facts).includes(wanted) ? wanted : oneClickChoice(facts);
        await recordStop(tx, sealed.mailId, choice);
        return stopPages.done(facts, choice, params.token);
      });
    },
  }),
];
