import { type Static, Type } from "typebox";
import { AddressFact, CountFact, LinesFact } from "../fact.ts";
import type { Letter } from "../letter.ts";
import { defineMessage } from "../message.ts";
import type { Say } from "../say.ts";

const DigestFacts = Type.Object({
  count: CountFact("How many notices there are"),
  lines: LinesFact("The newest of them, each with its amount or its day"),
  more: CountFact("How many more there are than lines"),
  url: AddressFact("The inbox of the reader"),
});

export const digest = defineMessage({
  name: "digest",
  kind: "notice",
  title: "The notices of a day or a week, gathered",
  facts: DigestFacts,
  sample: {
    count: 14,
    lines: [
      ["You earned ₹21.00", "1 June"],
      ["Meera joined", "30 May"],
    ],
    more: 12,
    url: "https://refer.example/app/inbox",
  },
  words: {
    en: {
      subject:
        "{count, plural, one {One thing happened in {program}} other {# things happened in {program}}}",
      preview: "What your friends did and what it brought you.",
      heading: "What happened since we last wrote",
      text: "Here is what your friends did and what it brought you.",
      more: "{more, plural, one {And one more.} other {And # more.}}",
      action: "Open your inbox",
    },
    hi: {
      subject: "{count, plural, one {{program} में एक नई बात} other {{program} में # नई बातें}}",
      preview: "आपके मित्रों ने क्या किया और उससे आपको क्या मिला।",
      heading: "पिछली बार के बाद क्या हुआ",
      text: "आपके मित्रों ने क्या किया और उससे आपको क्या मिला, वह यहाँ है।",
      more: "{more, plural, one {और एक बात।} other {और # बातें।}}",
      action: "अपना इनबॉक्स खोलें",
    },
  },
  mail: digestLetter,
});

function digestLetter({ lines, more, url }: Static<typeof DigestFacts>, say: Say): Letter {
  return {
    subject: say("subject"),
    preview: say("preview"),
    heading: say("heading"),
    paragraphs: [say("text")],
    table: lines,
    action: { label: say("action"), url },
    fine: more > 0 ? [say("more")] : [],
  };
}
