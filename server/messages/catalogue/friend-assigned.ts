import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { FRIEND, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const friendAssigned = defineMessage({
  name: "friend_assigned",
  kind: "notice",
  topic: "progress",
  title: "A referral is given to somebody after it was looked at again",
  facts: Type.Object({ friend: FRIEND, url: URL }),
  sample: { friend: "Asha", url: SAMPLE_URL },
  words: {
    en: {
      title: "{friend} counts as your friend now",
      text: "The program looked at it again: you brought {friend}. What they do from now on counts for you.",
      action: "See your network",
    },
    hi: {
      title: "{friend} अब आपके मित्र गिने जाएँगे",
      text: "कार्यक्रम ने फिर देखा: {friend} को आप लाए थे। अब से उनका किया आपके लिए गिना जाएगा।",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
