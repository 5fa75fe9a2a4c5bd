import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const reinstated = defineMessage({
  name: "reinstated",
  kind: "notice",
  topic: "account",
  title: "Somebody who was suspended takes part again",
  facts: Type.Object({ url: URL }),
  sample: { url: SAMPLE_URL },
  words: {
    en: {
      title: "You take part again",
      text: "The suspension is over. New friends count through your link as before.",
      action: "Open your page",
    },
    hi: {
      title: "आप फिर भाग ले रहे हैं",
      text: "रोक समाप्त हुई। आपके लिंक से नए मित्र पहले की तरह गिने जाएँगे।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
