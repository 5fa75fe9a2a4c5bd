import { Type } from "typebox";
import { DayFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { AMOUNT, COUNT, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const rewardExpiring = defineMessage({
  name: "reward_expiring",
  kind: "notice",
  topic: "expiry",
  title: "Something expires within seven days",
  facts: Type.Object({
    count: COUNT,
    amount: AMOUNT,
    expires_on: DayFact("The first day something of it expires"),
    url: URL,
  }),
  sample: { count: 1, amount: { amount: 500, currency: "CRD" }, expires_on: "2026-06-30", url: SAMPLE_URL },
  words: {
    en: {
      title: "{amount} expires on {expires_on}",
      text: "{count, plural, one {Use it before then. What is not used goes back to {program}.} other {It is from # rewards. Use it before then: what is not used goes back to {program}.}}",
      action: "See your earnings",
    },
    hi: {
      title: "{amount} की अवधि {expires_on} को समाप्त होगी",
      text: "{count, plural, one {उससे पहले इस्तेमाल कर लें। जो बचेगा वह {program} के पास लौट जाएगा।} other {यह # इनामों से है। उससे पहले इस्तेमाल कर लें: जो बचेगा वह {program} के पास लौट जाएगा।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
