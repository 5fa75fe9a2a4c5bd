import type { ProgramLook } from "../messages/composition.ts";
import type { Words } from "../messages/say.ts";
import type { MailSettings } from "./mail-settings.ts";
import type { ClaimedMail } from "./store/sending.ts";

/** What a program's mails have in common. */
export type Sender = {
  look: ProgramLook;
  settings: MailSettings;
  /** The program's own words, by message and language. */
  words: ReadonlyMap<string, Words>;
};

export type Claim = { mails: ClaimedMail[]; sender: Sender; suppressed: number };

/** What became of a claimed mail. */
export type Outcome =
  | { kind: "sent"; mail: ClaimedMail; detail: string }
  | { kind: "deferred"; mail: ClaimedMail; detail: string }
  | { kind: "bounced"; mail: ClaimedMail; detail: string }
  | { kind: "failed"; mail: ClaimedMail; detail: string }
  | { kind: "suppressed"; mail: ClaimedMail; detail: string };
