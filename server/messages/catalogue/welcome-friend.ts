import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { FRIEND, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const welcomeFriend = defineMessage({
  name: "welcome_friend",
  kind: "notice",
  topic: "account",
  title: "Somebody joins whom an advocate brought",
  facts: Type.Object({ friend: FRIEND, url: URL }),
  sample: { friend: "Asha", url: SAMPLE_URL },
  words: {
    en: {
      title: "Welcome to {program}",
      text: "{friend} brought you here. Your own link is ready too: you can bring friends yourself.",
      action: "Open your page",
    },
    hi: {
      title: "{program} में आपका स्वागत है",
      text: "आपको {friend} यहाँ लाए। आपका अपना लिंक भी तैयार है: आप भी मित्रों को ला सकते हैं।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
