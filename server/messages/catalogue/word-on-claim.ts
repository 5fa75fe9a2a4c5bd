import { Type } from "typebox";
import { TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const claimDecided = defineMessage({
  name: "claim_decided",
  kind: "notice",
  topic: "invitations",
  title: "A claim (“somebody invited me”) is decided",
  facts: Type.Object({ state: TextFact("The word “approved”, or “rejected”"), url: URL }),
  sample: { state: "approved", url: SAMPLE_URL },
  words: {
    en: {
      title: "{state, select, approved {Your claim was accepted} other {Your claim was not accepted}}",
      text: "{state, select, approved {The person who invited you is recorded now. What is due to you both follows by itself.} other {The program could not confirm who invited you. What you have earned stays yours.}}",
      action: "Open your page",
    },
    hi: {
      title: "{state, select, approved {आपका दावा स्वीकार हुआ} other {आपका दावा स्वीकार नहीं हुआ}}",
      text: "{state, select, approved {जिन्होंने आपको बुलाया वे अब दर्ज हैं। आप दोनों का हिस्सा अपने-आप मिलेगा।} other {कार्यक्रम यह पक्का नहीं कर सका कि आपको किसने बुलाया। आपकी कमाई आपकी ही रहेगी।}}",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
