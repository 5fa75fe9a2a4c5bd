import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, STATE, URL } from "../notice.ts";

export const couponReceived = defineMessage({
  name: "coupon_received",
  kind: "notice",
  topic: "rewards",
  title: "A coupon is granted",
  facts: Type.Object({ state: STATE, url: URL }),
  sample: { state: "available", url: SAMPLE_URL },
  words: {
    en: {
      title: "A coupon for you",
      text: "{state, select, available {Its code is on your earnings page.} other {You see its code on your earnings page once it can be used.}}",
      action: "See the coupon",
    },
    hi: {
      title: "आपके लिए एक कूपन",
      text: "{state, select, available {इसका कोड आपके कमाई वाले पेज पर है।} other {इस्तेमाल के योग्य होते ही इसका कोड आपके कमाई वाले पेज पर दिखेगा।}}",
      action: "कूपन देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
