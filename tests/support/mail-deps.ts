import type { MailDeps } from "../../server/mail/routes/deps.ts";
import type { Database } from "../../server/platform/database.ts";
import { findLook } from "../../server/programs/find-look.ts";
import { createPages } from "../../server/welcome/create-pages.ts";
import { stopPage, stoppedPage, unknownStopPage } from "../../server/welcome/stop-page.ts";

export const EMAIL_KEY = "the key of a test";

const pages = createPages({ sans: null, sansExtended: null, serif: null, serifExtended: null });

/** What the doors of the mail room need, as the server wires it. */
export const mailDeps = (db: Database): MailDeps => ({
  ...{ db, emailKey: EMAIL_KEY, findLook, publicUrl: () => "https://refer.example", smtpHost: null },
  findTexts: async () => null,
  stopPages: {
    ask: (facts, token) => pages.answer(200, stopPage(facts, token)),
    done: (facts, choice, token) => pages.answer(200, stoppedPage(facts, choice, token)),
    unknown: () => pages.answer(404, unknownStopPage()),
  },
});
