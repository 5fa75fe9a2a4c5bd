import type { ProgramLook } from "../messages/composition.ts";
import type { Reader } from "../platform/database.ts";
import { logoPath } from "./brand-address.ts";
import { brandThemes } from "./brand-colors.ts";
import { findBrand } from "./find-brand.ts";
import { findProgram } from "./find-program.ts";

const COLOR_DEFAULT = "#0b6e4f";

/** How a program's mails look: its name or its logo, and its colour on the one button. */
export async function findLook(reader: Reader, publicUrl = ""): Promise<Omit<ProgramLook, "address">> {
  const { name, programId } = await findProgram(reader);
  const brand = await findBrand(reader);
  const logo = logoPath(programId, brand);
  return {
    program: name,
    // A mail has no address of its own to go on from, so a server that does not know its own shows the name.
    logoUrl: logo === null || publicUrl === "" ? null : `${publicUrl}${logo}`,
    color: brand.color === null ? COLOR_DEFAULT : brandThemes(brand.color).light.brand,
  };
}
