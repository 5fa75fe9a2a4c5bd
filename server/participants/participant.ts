import type { Id } from "../primitives/id.ts";

export type ParticipantId = Id<"par">;
