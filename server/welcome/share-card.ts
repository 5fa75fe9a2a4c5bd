import type { Color } from "../primitives/color.ts";
import type { Picture } from "../primitives/picture.ts";
import { brandThemes } from "../programs/brand-colors.ts";
import type { Welcome } from "./find-invitation.ts";
import { giftSentence } from "./gift-panel.ts";
import type { Offer } from "./offer.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "./page.ts";

/** What a message shows under a shared link, as a picture. */
export type ShareCard = {
  program: string;
  /** "Anika invited you". */
  title: string;
  /** What the friend gets. */
  text: string;
  /** "refer.example.com". */
  host: string;
  /** The program's colour and what is legible on it, as CSS writes them. */
  color: string;
  onColor: string;
  logo: Buffer | null;
};

const MARGIN = 80;
const TEXT_WIDTH = CARD_WIDTH - 2 * MARGIN;
const BAR = 84;
const PAPER = "#fafaf8";
const INK = "#1b1c19";
const TITLE_SIZES = [88, 76, 64, 52];
const TEXT_SIZES = [40, 34, 30];
const INK_2 = "#585953";
const LOOK = { color: "#0b6e4f", onColor: "#ffffff" };

/** Where the picture for a code is. */
export const cardUrl = (publicUrl: string, code: string): string =>
  `${publicUrl}/og/${encodeURIComponent(code)}.png`;

/** What the card of an invitation says. */
export function shareCardOf(
  welcome: Extract<Welcome, { kind: "program" }>,
  offer: Offer | null,
  host: string,
  logo: Buffer | null,
): ShareCard {
  const { name: program, invitation, brand } = welcome;
  const isInvited = "advocateId" in invitation;
  return {
    program,
    title: isInvited ? `${invitation.advocate ?? "A friend"} invited you` : `Join ${program}`,
    text:
      (isInvited && giftSentence(offer?.gifts ?? [])) ||
      "Join with your name and e-mail. Your own link is ready at once.",
    host,
    ...colorsOf(brand.color),
    logo,
  };
}

function colorsOf(color: Color | null): Pick<ShareCard, "color" | "onColor"> {
  if (color === null) return LOOK;
  const { brand, onBrand } = brandThemes(color).light;
  return { color: brand, onColor: onBrand };
}

/** The card as what is drawn: who, what for, and where it leads. */
export function shareCardPicture(card: ShareCard): Picture {
  const { program, title, text, host, color, onColor, logo } = card;
  const top = CARD_HEIGHT - BAR;
  const half = TEXT_WIDTH / 2 - MARGIN / 4;
  const line = {
    kind: "text",
    align: "left",
    x: MARGIN,
    width: TEXT_WIDTH,
    face: "sans",
    linesMax: 1,
  } as const;
  return {
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
    color: PAPER,
    parts: [
      logo === null
        ? { ...line, text: program, y: 120, weight: 600, sizes: [36], color: INK_2 }
        : { kind: "image", x: MARGIN, y: 72, width: 360, height: 72, data: logo },
      {
        ...line,
        text: title,
        y: 236,
        face: "serif",
        weight: 400,
        sizes: TITLE_SIZES,
        linesMax: 2,
        color: INK,
      },
      { ...line, text, y: { below: 8 }, weight: 500, sizes: TEXT_SIZES, linesMax: 2, color: INK_2 },
      { kind: "box", x: 0, y: top, width: CARD_WIDTH, height: BAR, color },
      {
        ...line,
        ...{ text: logo === null ? "Open the invitation" : program, width: half },
        ...{ y: top + 54, weight: 600, sizes: [34], color: onColor },
      },
      {
        ...line,
        ...{ text: host, width: half, x: CARD_WIDTH - MARGIN - half, align: "right" },
        ...{ y: top + 53, weight: 400, sizes: [30], color: onColor },
      },
    ],
  };
}
