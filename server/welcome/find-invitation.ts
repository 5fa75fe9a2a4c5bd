import { parseCode } from "../links/code.ts";
import { findLink } from "../links/find-link.ts";
import { findTargets } from "../links/find-targets.ts";
import type { LinkTarget } from "../links/link.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Database, Reader } from "../platform/database.ts";
import { isId } from "../primitives/id.ts";
import type { Brand } from "../programs/brand.ts";
import { findBrand } from "../programs/find-brand.ts";
import { findProgram } from "../programs/find-program.ts";
import { findProgramIds } from "../programs/find-program-ids.ts";
import type { Overflow, ProgramState } from "../programs/program.ts";
import { findWaiting } from "../referrals/find-waiting.ts";
import { type Invitation, invitationOf } from "./invitation.ts";

/** What an address or a form says about where somebody wants to join. */
type Wish = { code: string | null; programId: string | null };

/** The program somebody may join, and what their code says; no program when nothing names one. */
export type Welcome =
  | {
      kind: "program";
      programId: string;
      name: string;
      state: ProgramState;
      timeZone: string;
      termsUrl: string | null;
      /** Who earns, in the program's own sentence; null: in ours. */
      disclosure: string | null;
      brand: Brand;
      invitation: Invitation;
    }
  | { kind: "no_program"; code: string | null };

/** A known code names its program; without one the address does, or there is only one to join. */
export async function findInvitation(db: Database, wish: Wish): Promise<Welcome> {
  const code = wish.code === null ? null : parseCode(wish.code);
  const target = code === null ? undefined : await findTarget(db, code);
  const programId = target?.programId ?? (await findProgramIdOf(db, wish.programId));
  if (programId === null) return { kind: "no_program", code: wish.code };
  return db.read(programId, async (reader) => {
    const { name, state, timeZone, termsUrl, disclosure, overflow } = await findProgram(reader);
    const invitation: Invitation =
      wish.code === null
        ? { kind: "none" }
        : target
          ? await readInvitation(reader, target, overflow)
          : { kind: "unknown_code", code: wish.code };
    return {
      kind: "program",
      programId,
      name,
      state,
      timeZone,
      termsUrl,
      disclosure: disclosure.en ?? null,
      brand: await findBrand(reader),
      invitation,
    };
  });
}

type Target = LinkTarget & { code: string };

async function findTarget(db: Database, code: string): Promise<Target | undefined> {
  const target = (await db.readDirectory((reader) => findTargets(reader, [code]))).get(code);
  return target && { ...target, code };
}

async function findProgramIdOf(db: Database, named: string | null): Promise<string | null> {
  const ids = await db.readDirectory(findProgramIds);
  if (named !== null && isId("prg", named)) return ids.includes(named) ? named : null;
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

async function readInvitation(reader: Reader, target: Target, overflow: Overflow): Promise<Invitation> {
  const link = await findLink(reader, target.linkId);
  const advocate = (await findPersons(reader, [target.participantId])).get(target.participantId);
  if (!advocate) return { kind: "advocate_not_active" };
  const waiting = await findWaiting(reader, advocate.id);
  return invitationOf({
    code: target.code,
    linkState: link.state,
    ...{ advocate, overflow, waiting },
  });
}
