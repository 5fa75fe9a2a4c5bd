import { Type } from "typebox";
import { defineMessage } from "../message.ts";
import { COUNT, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const couponUsed = defineMessage({
  name: "coupon_used",
  kind: "notice",
  topic: "rewards",
  title: "A coupon is used in the shop",
  facts: Type.Object({ count: COUNT, url: URL }),
  sample: { count: 1, url: SAMPLE_URL },
  words: {
    en: {
      title: "{count, plural, one {Your coupon was used} other {# of your coupons were used}}",
      text: "{count, plural, one {If that was not you, tell the shop. It works once.} other {If that was not you, tell the shop. Each works once.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{count, plural, one {आपका कूपन इस्तेमाल हुआ} other {आपके # कूपन इस्तेमाल हुए}}",
      text: "{count, plural, one {अगर यह आपने नहीं किया तो दुकान को बताएँ। यह एक ही बार चलता है।} other {अगर यह आपने नहीं किया तो दुकान को बताएँ। हर कूपन एक ही बार चलता है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
