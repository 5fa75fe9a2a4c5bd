import { type Static, Type } from "typebox";
import { AddressFact, DayFact, Maybe, TextFact } from "../fact.ts";
import type { Letter } from "../letter.ts";
import { defineMessage } from "../message.ts";
import type { Say } from "../say.ts";

export const InvitationFacts = Type.Object({
  inviter: Maybe(TextFact("The friend who invites, where they agreed to be named")),
  friend: Maybe(TextFact("The name of the person who is invited, where the friend gave it")),
  offer: Maybe(TextFact("What the invited person gets, as a sentence")),
  personal_message: Maybe(TextFact("What the friend wrote")),
  link: AddressFact("The invitation; it leads where the friend's link leads"),
  expires_on: Maybe(DayFact("The last day of the invitation")),
});

export const INVITATION_SAMPLE = {
  inviter: "Asha",
  friend: "Meera",
  offer: "You get ₹200 after your first order over ₹1,000.",
  personal_message: "I have ordered here for a year and thought of you.",
  link: "https://refer.example/i/4fJ9wLc2",
  expires_on: "2026-12-31",
};

export const invitation = defineMessage({
  name: "invitation",
  kind: "invitation",
  title: "Somebody invites a friend by name",
  facts: InvitationFacts,
  sample: INVITATION_SAMPLE,
  words: {
    en: {
      subject: "{inviter} invites you to {program}",
      subject_unnamed: "A friend invites you to {program}",
      preview: "{offer}",
      preview_no_offer: "An invitation to {program}.",
      heading: "{inviter} invites you to {program}",
      heading_unnamed: "A friend invites you to {program}",
      greeting: "Hello {friend},",
      offer: "{offer}",
      body: "The invitation is already in the link: there is no code to type.",
      action: "See the invitation",
      fine_expires: "The invitation holds until {expires_on}.",
      fine: "Not interested? Do nothing, or stop invitations with the link at the end.",
    },
    hi: {
      subject: "{inviter} ने आपको {program} में आमंत्रित किया है",
      subject_unnamed: "एक मित्र ने आपको {program} में आमंत्रित किया है",
      preview: "{offer}",
      preview_no_offer: "{program} का निमंत्रण।",
      heading: "{inviter} ने आपको {program} में आमंत्रित किया है",
      heading_unnamed: "एक मित्र ने आपको {program} में आमंत्रित किया है",
      greeting: "नमस्ते {friend},",
      offer: "{offer}",
      body: "निमंत्रण लिंक में ही है: कोई कोड लिखने की ज़रूरत नहीं।",
      action: "निमंत्रण देखें",
      fine_expires: "यह निमंत्रण {expires_on} तक मान्य है।",
      fine: "रुचि नहीं है? कुछ न करें, या नीचे दिए लिंक से निमंत्रण बंद करें।",
    },
  },
  mail: invitationLetter,
});

/** The same letter the first time and as the reminder: only the words differ. */
export function invitationLetter(facts: Static<typeof InvitationFacts>, say: Say): Letter {
  const isNamed = facts.inviter !== null;
  return {
    subject: say(isNamed ? "subject" : "subject_unnamed"),
    preview: say(facts.offer === null ? "preview_no_offer" : "preview"),
    heading: say(isNamed ? "heading" : "heading_unnamed"),
    paragraphs: [
      ...(facts.friend === null ? [] : [say("greeting")]),
      ...(facts.offer === null ? [] : [say("offer")]),
      say("body"),
    ],
    quote: facts.personal_message === null ? null : { text: facts.personal_message, by: facts.inviter },
    action: { label: say("action"), url: facts.link },
    fine: [...(facts.expires_on === null ? [] : [say("fine_expires")]), say("fine")],
  };
}
