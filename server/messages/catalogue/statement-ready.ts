import { Type } from "typebox";
import { TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const statementReady = defineMessage({
  name: "statement_ready",
  kind: "notice",
  topic: "statements",
  title: "The statement of a month is ready",
  facts: Type.Object({ month: TextFact("The month, such as “March 2026”"), url: URL }),
  sample: { month: "March 2026", url: SAMPLE_URL },
  words: {
    en: {
      title: "Your statement for {month} is ready",
      text: "What you had, what came, what went, and what you have: every line opens its calculation.",
      action: "See the statement",
    },
    hi: {
      title: "{month} का आपका विवरण तैयार है",
      text: "पहले क्या था, क्या आया, क्या गया और अब क्या है: हर पंक्ति अपना हिसाब दिखाती है।",
      action: "विवरण देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
