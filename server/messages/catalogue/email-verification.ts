import { Type } from "typebox";
import { AddressFact, CountFact, TextFact } from "../fact.ts";
import { defineMessage } from "../message.ts";

export const verifyEmail = defineMessage({
  name: "verify_email",
  kind: "transactional",
  title: "Somebody joined and has to show that the address is theirs",
  facts: Type.Object({
    link: AddressFact("Where the address is confirmed; it works once"),
    code: TextFact("Six digits that do the same where the link cannot be opened"),
    hours: CountFact("For how many hours the link works"),
  }),
  sample: { link: "https://refer.example/v/8sK2mQx4", code: "482 915", hours: 24 },
  words: {
    en: {
      subject: "Confirm your e-mail address for {program}",
      preview: "One tap, and your place is yours.",
      heading: "Is this your address?",
      body: "Confirm it, so that nobody else can take part in {program} under your name.",
      code: "Or type this code on the page where you joined: {code}",
      action: "Confirm my address",
      fine: "The link works for {hours, plural, one {# hour} other {# hours}}. If you did not ask for this, do nothing: without the confirmation nothing happens.",
    },
    hi: {
      subject: "{program} के लिए अपना ई-मेल पता सत्यापित करें",
      preview: "एक टैप, और आपकी जगह पक्की।",
      heading: "क्या यह आपका पता है?",
      body: "इसे सत्यापित करें, ताकि कोई और आपके नाम से {program} में भाग न ले सके।",
      code: "या जिस पेज पर आप जुड़े थे, वहाँ यह कोड डालें: {code}",
      action: "मेरा पता सत्यापित करें",
      fine: "यह लिंक {hours, plural, one {# घंटे} other {# घंटे}} तक काम करता है। अगर आपने यह अनुरोध नहीं किया, तो कुछ न करें: सत्यापन के बिना कुछ नहीं होगा।",
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
