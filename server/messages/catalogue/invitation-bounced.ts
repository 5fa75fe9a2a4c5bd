import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { COUNT, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const invitationBounced = defineMessage({
  name: "invitation_bounced",
  kind: "notice",
  topic: "invitations",
  title: "An invitation could not be delivered",
  facts: Type.Object({ count: COUNT, url: URL }),
  sample: { count: 1, url: SAMPLE_URL },
  words: {
    en: {
      title: "{count, plural, one {An invitation came back} other {# invitations came back}}",
      text: "{count, plural, one {The address does not take mail. You can correct it and send it again.} other {The addresses do not take mail. You can correct them and send again.}}",
      action: "Correct the address",
    },
    hi: {
      title: "{count, plural, one {एक निमंत्रण लौट आया} other {# निमंत्रण लौट आए}}",
      text: "{count, plural, one {यह पता मेल नहीं लेता। आप इसे ठीक करके फिर भेज सकते हैं।} other {ये पते मेल नहीं लेते। आप इन्हें ठीक करके फिर भेज सकते हैं।}}",
      action: "पता ठीक करें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
