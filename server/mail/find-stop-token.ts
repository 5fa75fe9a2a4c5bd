import type { Reader } from "../platform/database.ts";
import { isId } from "../primitives/id.ts";
import { stopToken } from "./seal.ts";
import { listMails } from "./store/outbox.ts";

const MAILS_MAX = 10;

/** What stops mails like those sent about this, for whoever they went to; null while none was sent. */
export async function findStopToken(reader: Reader, subjectId: string, key: string): Promise<string | null> {
  const about = { state: null, message: null, subjectId, after: null, before: null, limit: MAILS_MAX };
  const sent = (await listMails(reader, about)).find(({ sentAt }) => sentAt !== null);
  const { programId } = reader;
  return sent && programId !== null && isId("prg", programId)
    ? stopToken({ programId, mailId: sent.id }, key)
    : null;
}
