import type { ProgramLook } from "../messages/composition.ts";
import type { Reader } from "../platform/database.ts";
import { findProgram } from "./find-program.ts";

const COLOR_DEFAULT = "#0b6e4f";

/** How a program's mails look. */
export async function findLook(reader: Reader): Promise<Omit<ProgramLook, "address">> {
  const { name } = await findProgram(reader);
  return { program: name, logoUrl: null, color: COLOR_DEFAULT };
}
