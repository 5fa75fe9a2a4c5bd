import { Type } from "typebox";
import { AddressFact, DayFact, Maybe, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";

/** A friend who has joined is reminded by the one who brought them. */
export const nudge = defineMessage({
  name: "nudge",
  kind: "invitation",
  title: "Somebody reminds a friend of the step that is missing",
  facts: Type.Object({
    inviter: Maybe(TextFact("The friend who reminds, where they agreed to be named")),
    friend: TextFact("The name of the person who is reminded"),
    gift: Maybe(TextFact("What the reminded person gets for the step, as a sentence")),
    until: Maybe(DayFact("The last day of it")),
    link: AddressFact("The program's own page"),
  }),
  sample: {
    inviter: "Asha",
    friend: "Meera",
    gift: "You get ₹200 for your first order over ₹1,000.",
    until: "2026-12-31",
    link: "https://shop.example",
  },
  words: {
    en: {
      subject: "{inviter} thought of you: one step is left at {program}",
      subject_unnamed: "One step is left at {program}",
      heading: "You are one step away",
      greeting: "Hello {friend},",
      body: "you joined {program}, and {inviter} would be glad if you had a look around.",
      body_unnamed:
        "you joined {program}, and the friend who invited you would be glad if you had a look around.",
      gift: "{gift}",
      until: "There is time until {until}.",
      action: "Have a look",
      fine: "You are reminded once a day at most, and only when your friend asks for it.",
    },
    hi: {
      subject: "{inviter} ने आपको याद किया: {program} में एक क़दम बाक़ी है",
      subject_unnamed: "{program} में एक क़दम बाक़ी है",
      heading: "आप बस एक क़दम दूर हैं",
      greeting: "नमस्ते {friend},",
      body: "आप {program} से जुड़ चुके हैं, और {inviter} चाहेंगे कि आप एक नज़र डालें।",
      body_unnamed: "आप {program} से जुड़ चुके हैं, और आपको आमंत्रित करने वाले मित्र चाहेंगे कि आप एक नज़र डालें।",
      gift: "{gift}",
      until: "{until} तक समय है।",
      action: "एक नज़र डालें",
      fine: "आपको दिन में अधिकतम एक बार याद दिलाया जाता है, और केवल तब जब आपके मित्र ऐसा चाहें।",
    },
  },
  mail: (facts, say) => {
    const isNamed = facts.inviter !== null;
    return {
      subject: say(isNamed ? "subject" : "subject_unnamed"),
      preview: say("heading"),
      heading: say("heading"),
      paragraphs: [
        say("greeting"),
        say(isNamed ? "body" : "body_unnamed"),
        ...(facts.gift === null ? [] : [say("gift")]),
        ...(facts.until === null ? [] : [say("until")]),
      ],
      action: { label: say("action"), url: facts.link },
      fine: [say("fine")],
    };
  },
});
