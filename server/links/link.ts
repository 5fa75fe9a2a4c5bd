import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";

export type LinkId = Id<"lnk">;

export type Link = {
  id: LinkId;
  participantId: ParticipantId;
  code: string;
  state: "active" | "disabled";
};

/** What a public code stands for, found before the program is known. */
export type LinkTarget = { programId: string; linkId: LinkId; participantId: ParticipantId };

/** The address people share. */
export function linkUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/${code}`;
}
