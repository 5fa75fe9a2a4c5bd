import type { Language } from "./language.ts";
import type { MessageKind } from "./message-kind.ts";
import type { Words } from "./say.ts";

/** What stands around every letter. */
const FRAME_WORDS: Record<Language, Words> = {
  en: {
    stop: "Stop these e-mails",
    open: "Or copy this address into your browser:",
    wrote: "{by} wrote:",
    why_transactional: "You get this e-mail because somebody asked {program} for it with your address.",
    why_notice: "You get this e-mail because you take part in {program}.",
    why_invitation:
      "You get this e-mail because a friend asked {program} to invite you. Your address is used for nothing else.",
  },
  hi: {
    stop: "ये ई-मेल बंद करें",
    open: "या यह पता अपने ब्राउज़र में डालें:",
    wrote: "{by} ने लिखा:",
    why_transactional: "यह ई-मेल आपको इसलिए मिला क्योंकि किसी ने आपके पते से {program} पर इसका अनुरोध किया।",
    why_notice: "यह ई-मेल आपको इसलिए मिला क्योंकि आप {program} में भाग ले रहे हैं।",
    why_invitation:
      "यह ई-मेल आपको इसलिए मिला क्योंकि एक मित्र ने {program} से आपको आमंत्रित करने को कहा। आपके पते का कोई और उपयोग नहीं होता।",
  },
};

export type FrameKey = "stop" | "open" | "wrote" | `why_${MessageKind}`;

/** A sentence of the frame with its names filled in. */
export function frameWord(language: Language, key: FrameKey, names: Record<string, string> = {}): string {
  const text = FRAME_WORDS[language][key] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
}
