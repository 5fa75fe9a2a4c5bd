import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import type { LinkParameters } from "./link-parameters.ts";

export type LinkId = Id<"lnk">;

/** What somebody decided of a link; the rest of its state follows from its date and its count. */
type DecidedState = "active" | "paused" | "disabled";

export type LinkState = "active" | "paused" | "expired" | "used_up" | "disabled";

export type Link = {
  id: LinkId;
  participantId: ParticipantId;
  /** The part of its address that a person can type: generated, or the slug they chose. */
  code: string;
  /** Codes it had before, the oldest first; each still leads to it. */
  formerCodes: string[];
  label: string | null;
  /** Where it is shared, in its owner's words; clicks and referrals carry it on. */
  channel: string | null;
  /** Null: where the program's links lead. */
  destinationUrl: string | null;
  parameters: LinkParameters;
  expiresAt: Date | null;
  /** Sign-ups it may bring; null: any number. */
  maxUses: number | null;
  /** Counted while there is a limit. */
  uses: number;
  state: LinkState;
  createdAt: Date;
};

/** A link as it is stored, with the time it was read at. */
export type LinkRow = Omit<Link, "state" | "parameters"> & {
  state: DecidedState;
  parameters: LinkParameters | null;
  readAt: Date;
};

export function linkOf({ readAt, ...row }: LinkRow): Link {
  return { ...row, parameters: row.parameters ?? {}, state: linkStateAt(row, readAt) };
}

/** A date that is reached has passed: a link that expires at noon does not work at noon. */
function linkStateAt(
  { state, expiresAt, maxUses, uses }: Pick<LinkRow, "state" | "expiresAt" | "maxUses" | "uses">,
  now: Date,
): LinkState {
  if (state !== "active") return state;
  if (expiresAt !== null && expiresAt <= now) return "expired";
  return maxUses !== null && uses >= maxUses ? "used_up" : "active";
}

/** What a public code stands for, found before the program is known. */
export type LinkTarget = { programId: string; linkId: LinkId; participantId: ParticipantId };

/** The address people share. */
export function linkUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/${code}`;
}
