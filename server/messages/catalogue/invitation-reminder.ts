import { defineMessage } from "../message.ts";
import { INVITATION_SAMPLE, InvitationFacts, invitationLetter } from "./invitation.ts";

export const invitationReminder = defineMessage({
  name: "invitation_reminder",
  kind: "invitation",
  title: "An invitation was not used: its one reminder",
  facts: InvitationFacts,
  sample: INVITATION_SAMPLE,
  words: {
    en: {
      subject: "Still open: {inviter}’s invitation to {program}",
      subject_unnamed: "Still open: your invitation to {program}",
      preview: "{offer}",
      preview_no_offer: "Your invitation to {program} is still there.",
      heading: "{inviter}’s invitation is still open",
      heading_unnamed: "Your invitation is still open",
      greeting: "Hello {friend},",
      offer: "{offer}",
      body: "The invitation is already in the link: there is no code to type.",
      action: "See the invitation",
      fine_expires: "The invitation holds until {expires_on}.",
      fine: "This is the only reminder. You can also stop invitations with the link at the end.",
    },
    hi: {
      subject: "{inviter} का {program} का निमंत्रण अब भी खुला है",
      subject_unnamed: "{program} का आपका निमंत्रण अब भी खुला है",
      preview: "{offer}",
      preview_no_offer: "{program} का आपका निमंत्रण अब भी आपके लिए है।",
      heading: "{inviter} का निमंत्रण अब भी खुला है",
      heading_unnamed: "आपका निमंत्रण अब भी खुला है",
      greeting: "नमस्ते {friend},",
      offer: "{offer}",
      body: "निमंत्रण लिंक में ही है: कोई कोड लिखने की ज़रूरत नहीं।",
      action: "निमंत्रण देखें",
      fine_expires: "यह निमंत्रण {expires_on} तक मान्य है।",
      fine: "यह एकमात्र अनुस्मारक है। नीचे दिए लिंक से आप निमंत्रण बंद भी कर सकते हैं।",
    },
  },
  mail: invitationLetter,
});
