import { Type } from "typebox";
import { TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { FRIEND, notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const referralNotEligible = defineMessage({
  name: "referral_not_eligible",
  kind: "notice",
  topic: "progress",
  title: "A sign-up does not count for whoever brought it",
  facts: Type.Object({
    friend: FRIEND,
    reason: TextFact("Why it does not count: the code of a reason"),
    url: URL,
  }),
  sample: { friend: "Sam", reason: "already_referred", url: SAMPLE_URL },
  words: {
    en: {
      title: "{friend} does not count as your referral",
      text: "{reason, select, already_referred {{friend} already had an account, so this one doesn’t count.} direct_limit_reached {You have no room for another direct friend, so this one doesn’t count.} expired_link {The link was no longer active when {friend} used it.} link_used_up {The link had been used as often as it may be.} outside_window {{friend} opened the link too long before signing up.} advocate_not_active {You were not active when {friend} joined.} other {The sign-up did not meet the program’s conditions.}}",
      action: "See your network",
    },
    hi: {
      title: "{friend} आपके रेफ़रल में नहीं गिने जाएँगे",
      text: "{reason, select, already_referred {{friend} का पहले से खाता था, इसलिए यह नहीं गिना जाता।} direct_limit_reached {आपके पास एक और सीधे मित्र की जगह नहीं है, इसलिए यह नहीं गिना जाता।} expired_link {जब {friend} ने लिंक इस्तेमाल किया तब वह सक्रिय नहीं था।} link_used_up {लिंक जितनी बार चल सकता था, चल चुका था।} outside_window {{friend} ने लिंक जुड़ने से बहुत पहले खोला था।} advocate_not_active {जब {friend} जुड़े तब आप सक्रिय नहीं थे।} other {यह जुड़ना कार्यक्रम की शर्तों को पूरा नहीं करता था।}}",
      action: "अपना नेटवर्क देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
