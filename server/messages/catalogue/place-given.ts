import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const placeGiven = defineMessage({
  name: "place_given",
  kind: "notice",
  topic: "account",
  title: "Somebody who waited gets their place",
  facts: Type.Object({ url: URL }),
  sample: { url: SAMPLE_URL },
  words: {
    en: {
      title: "You have your place",
      text: "The wait is over: you have your place with the person who invited you.",
      action: "Open your page",
    },
    hi: {
      title: "आपको अपनी जगह मिल गई",
      text: "प्रतीक्षा समाप्त: जिन्होंने आपको बुलाया, उनके साथ अब आपकी जगह है।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
