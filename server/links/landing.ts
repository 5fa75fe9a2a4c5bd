import { parseDestination } from "../programs/destination.ts";
import type { Program } from "../programs/program.ts";
import type { Link } from "./link.ts";
import { type LinkParameters, withParameters } from "./link-parameters.ts";

const PLAIN = /^[\x21-\x7e]*$/;

/** Where the links of an advocate lead; the id of a click goes in between. */
export type Landing = { before: string; after: string };

type Place = { isActive: boolean; url: string | null; parameters: LinkParameters };

/** A domain that the program no longer allows is no longer led to. Null: the hosted sign-up page. */
export function urlOf(
  { destinationUrl, parameters }: Pick<Link, "destinationUrl" | "parameters">,
  program: Pick<Program, "destinationUrl" | "linkDomains">,
): string | null {
  const own = destinationUrl === null ? null : parseDestination(destinationUrl, program);
  const url = own?.kind === "allowed" ? own.url : program.destinationUrl;
  return url === null ? null : withParameters(url, parameters);
}

/** A link that is off leads to our own page, which says so; one without a place of its own to the same page. */
export function baseOf({ isActive, url, parameters }: Place, publicUrl: string): string {
  const page = `${publicUrl}/join`;
  return isActive ? (url ?? withParameters(page, parameters)) : page;
}

export function landingOf(base: string, code: string): Landing {
  // A header carries plain letters only.
  const written = PLAIN.test(base) ? base : new URL(base).href;
  const [address = "", fragment] = written.split("#", 2);
  const joiner = address.includes("?") ? "&" : "?";
  return {
    before: `${address}${joiner}ref=${code}`,
    after: fragment === undefined ? "" : `#${fragment}`,
  };
}
