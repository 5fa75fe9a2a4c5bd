import { defineMessage } from "../message.ts";
import { MOVED_SAMPLE, MovedFacts, notice, noticeLetter } from "../notice.ts";

export const debtWrittenOff = defineMessage({
  name: "debt_written_off",
  kind: "notice",
  topic: "corrections",
  title: "What somebody owes for too long is written off",
  facts: MovedFacts,
  sample: MOVED_SAMPLE,
  words: {
    en: {
      title: "{amount} you owed is written off",
      text: "{count, plural, one {After refunds you owed it for a long time. Your balance begins at zero again.} other {After refunds you owed it for a long time, in # parts. Your balance begins at zero again.}}",
      action: "See your earnings",
    },
    hi: {
      title: "आप पर बाक़ी {amount} माफ़ किए गए",
      text: "{count, plural, one {रिफ़ंड के बाद यह लंबे समय से बाक़ी था। आपका हिसाब फिर शून्य से शुरू होता है।} other {रिफ़ंड के बाद यह # हिस्सों में लंबे समय से बाक़ी था। आपका हिसाब फिर शून्य से शुरू होता है।}}",
      action: "अपनी कमाई देखें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
