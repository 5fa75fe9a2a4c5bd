import { Type } from "typebox";
import { AddressFact, Maybe, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";

/** What somebody's own message app or mail begins with when they share their link; they may change it before they send. */
export const shareText = defineMessage({
  name: "share_text",
  kind: "invitation",
  title: "Somebody shares their link in a message of their own",
  facts: Type.Object({
    offer: Maybe(TextFact("What the friend gets, as a sentence")),
    disclosure: Maybe(TextFact("The program's own sentence about who earns, where it has one")),
    link: AddressFact("The link that is shared"),
  }),
  sample: {
    offer: "You get ₹200 after your first order over ₹1,000.",
    disclosure: "Asha earns when you buy.",
    link: "https://refer.example/abc123",
  },
  words: {
    en: {
      subject: "An invitation to {program}",
      text: "Join me at {program}.",
      text_offer: "Join me at {program}. {offer}",
      disclosure: "I may earn something when you join or buy.",
      own_disclosure: "{disclosure}",
      action: "Open the link",
    },
    hi: {
      subject: "{program} का निमंत्रण",
      text: "{program} में मेरे साथ जुड़ें।",
      text_offer: "{program} में मेरे साथ जुड़ें। {offer}",
      disclosure: "आपके जुड़ने या ख़रीदने पर मुझे कुछ लाभ मिल सकता है।",
      own_disclosure: "{disclosure}",
      action: "लिंक खोलें",
    },
  },
  mail: (facts, say) => ({
    subject: say("subject"),
    preview: say(facts.offer === null ? "text" : "text_offer"),
    heading: say("subject"),
    paragraphs: [
      say(facts.offer === null ? "text" : "text_offer"),
      say(facts.disclosure === null ? "disclosure" : "own_disclosure"),
    ],
    action: { label: say("action"), url: facts.link },
    fine: [],
  }),
});
