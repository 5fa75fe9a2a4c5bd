import { Type } from "typebox";
import { TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const suspended = defineMessage({
  name: "suspended",
  kind: "notice",
  topic: "account",
  title: "Somebody is suspended",
  facts: Type.Object({ reason: TextFact("Why, in the operator's words"), url: URL }),
  sample: { reason: "We are looking into several accounts of one person.", url: SAMPLE_URL },
  words: {
    en: {
      title: "You are suspended",
      text: "{reason} Until that is settled nobody new counts through your link. What you have earned stays yours.",
      action: "Open your page",
    },
    hi: {
      title: "आपकी भागीदारी रोकी गई है",
      text: "{reason} इसके सुलझने तक आपके लिंक से कोई नया नहीं गिना जाएगा। आपकी कमाई आपकी ही रहेगी।",
      action: "अपना पेज खोलें",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
