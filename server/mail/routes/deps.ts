import type { Answer } from "../../access/door.ts";
import type { ProgramLook } from "../../messages/composition.ts";
import type { Database, Reader } from "../../platform/database.ts";
import type { FindTexts } from "../../platform/dns.ts";
import type { StopChoice, StopFacts } from "../stop.ts";

export type MailDeps = {
  db: Database;
  /** Hashes addresses and seals links. */
  emailKey: string;
  findLook: (reader: Reader) => Promise<Omit<ProgramLook, "address">>;
  publicUrl: () => string;
  /** The mail server's name; null where none is configured. */
  smtpHost: string | null;
  findTexts: FindTexts;
  /** The pages behind the link that stops mails. */
  stopPages: {
    ask(facts: StopFacts, token: string): Answer;
    done(facts: StopFacts, choice: StopChoice, token: string): Answer;
    unknown(): Answer;
  };
};
