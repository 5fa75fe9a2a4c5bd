import type { Reader } from "../platform/database.ts";
import type { Actor, Role } from "./actor.ts";
import * as store from "./store.ts";

export type Profile = {
  user: store.UserProfile | null;
  memberships: { programId: string; programName: string; role: Role }[];
  participations: { programId: string; programName: string; participantId: string }[];
};

/** Who is signed in, with every program they belong to; an embed token shows one participation and no user. */
export async function findProfile(reader: Reader, actor: Actor): Promise<Profile> {
  const userId = actor.kind === "user" || actor.kind === "participant" ? actor.userId : null;
  const user = userId === null ? null : await store.findProfile(reader, userId);
  const standing = user && (await store.findStanding(reader, user.id, ""));
  const memberships = standing?.memberships ?? [];
  const own =
    actor.kind === "participant" ? [{ programId: actor.programId, participantId: actor.participantId }] : [];
  const participations = standing?.participations ?? own;
  const programIds = [...memberships, ...participations].map((belonging) => belonging.programId);
  const names = new Map(
    (await store.listProgramNames(reader, programIds)).map((program) => [program.programId, program.name]),
  );
  const named = <Belonging extends { programId: string }>(belonging: Belonging) => ({
    ...belonging,
    programName: names.get(belonging.programId) ?? "",
  });
  return { user, memberships: memberships.map(named), participations: participations.map(named) };
}
