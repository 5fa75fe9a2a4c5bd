import { Type } from "typebox";
import { AddressFact, CountFact, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";

export const signInLink = defineMessage({
  name: "sign_in_link",
  kind: "transactional",
  title: "Somebody asked to sign in by e-mail",
  facts: Type.Object({
    link: AddressFact("Signs its reader in; it works once"),
    code: TextFact("Six digits that do the same on another device"),
    minutes: CountFact("For how many minutes the link works"),
  }),
  sample: { link: "https://refer.example/s/Qm7rT2yV", code: "482 915", minutes: 15 },
  words: {
    en: {
      subject: "Your link to sign in to {program}",
      preview: "It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
      heading: "Sign in to {program}",
      body: "The button signs you in on the device where you press it.",
      code: "On another device, type this code instead: {code}",
      action: "Sign in",
      fine: "The link works once, for {minutes, plural, one {# minute} other {# minutes}}. If you did not ask for it, do nothing: nobody gets in without it.",
    },
    hi: {
      subject: "{program} में साइन इन करने का आपका लिंक",
      preview: "यह एक बार काम करता है, {minutes, plural, one {# मिनट} other {# मिनट}} तक।",
      heading: "{program} में साइन इन करें",
      body: "बटन दबाते ही आप उसी डिवाइस पर साइन इन हो जाएँगे।",
      code: "किसी दूसरे डिवाइस पर यह कोड डालें: {code}",
      action: "साइन इन करें",
      fine: "लिंक एक बार काम करता है, {minutes, plural, one {# मिनट} other {# मिनट}} तक। अगर आपने इसका अनुरोध नहीं किया, तो कुछ न करें: इसके बिना कोई अंदर नहीं आ सकता।",
    },
  },
  mail: ({ link }, say) => ({
    subject: say("subject"),
    preview: say("preview"),
    heading: say("heading"),
    paragraphs: [say("body")],
    action: { label: say("action"), url: link },
    fine: [say("code"), say("fine")],
  }),
});
