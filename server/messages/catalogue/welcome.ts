import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const welcome = defineMessage({
  name: "welcome",
  kind: "notice",
  topic: "account",
  title: "Somebody joins by themselves",
  facts: Type.Object({ url: URL }),
  sample: { url: SAMPLE_URL },
  words: {
    en: {
      title: "Welcome to {program}",
      text: "Your own link is ready. Share it, and you see here who joins and what it earns you.",
      action: "Open your page",
    },
    hi: {
      title: "{program} में आपका स्वागत है",
      text: "आपका अपना लिंक तैयार है। उसे साझा करें, और यहीं देखें कि कौन जुड़ा और आपको क्या मिला।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
