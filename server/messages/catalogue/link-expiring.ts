import { Type } from "typebox";
import { DayFact, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";
import { notice, noticeLetter, SAMPLE_URL, URL } from "../notice.ts";

export const linkExpiring = defineMessage({
  name: "link_expiring",
  kind: "notice",
  topic: "links",
  title: "A link expires within three days",
  facts: Type.Object({
    label: TextFact("What the link is called, or its code"),
    expires_on: DayFact("The day it expires"),
    url: URL,
  }),
  sample: { label: "diwali", expires_on: "2026-11-01", url: SAMPLE_URL },
  words: {
    en: {
      title: "Your link {label} expires on {expires_on}",
      text: "After that it brings nobody any more. You can renew it with one tap.",
      action: "Renew the link",
    },
    hi: {
      title: "आपके लिंक {label} की अवधि {expires_on} को समाप्त होगी",
      text: "उसके बाद उससे कोई नहीं जुड़ेगा। आप उसे एक टैप में बढ़ा सकते हैं।",
      action: "लिंक बढ़ाएँ",
    },
  },
  mail: noticeLetter,
  inApp: notice,
});
