import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { FRIEND, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const friendUnassigned = defineMessage({
  name: "friend_unassigned",
  kind: "notice",
  topic: "progress",
  title: "A referral is taken from somebody after it was looked at again",
  facts: Type.Object({ friend: FRIEND, url: URL }),
  sample: { friend: "Asha", url: SAMPLE_URL },
  words: {
    en: {
      title: "{friend} no longer counts as your friend",
      text: "The program looked at it again: somebody else brought {friend}. Your earnings page shows what changes for you.",
      action: "See your earnings",
    },
    hi: {
      title: "{friend} अब आपके मित्र नहीं गिने जाएँगे",
      text: "कार्यक्रम ने फिर देखा: {friend} को कोई और लाया था। आपके लिए क्या बदलता है, यह आपके कमाई वाले पेज पर है।",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
