import type { Language } from "../messages/language.ts";
import type { Id } from "../primitives/id.ts";
import type { Rate } from "../primitives/rate.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { parseLinkDomain } from "./destination.ts";

export type ProgramId = Id<"prg">;

const PROGRAM_STATES = ["draft", "test", "live", "paused", "ended"] as const;
export type ProgramState = (typeof PROGRAM_STATES)[number];

/** What happens to a direct referral beyond the limit. */
export type Overflow = "reject" | "no_reward" | "spillover" | "waitlist";

export type Program = {
  programId: ProgramId;
  name: string;
  state: ProgramState;
  currency: string;
  timeZone: string;
  /** What people are written to in who have not said. */
  language: Language;
  /** Where a followed link leads; null: the hosted sign-up page. */
  destinationUrl: string | null;
  /** Where links of their own may lead besides; `*.` stands for all below a domain. */
  linkDomains: string[];
  /** The share of a purchase that counts as profit where the caller names none. */
  defaultMarginPpm: bigint;
  directLimit: number | null;
  overflow: Overflow;
  /** As the plan in force says. */
  attributionWindowDays: number;
  /** Who of several advocates counts: a model of the shelf, in the version of the terms that says so. */
  attributionModel: string;
  attributionVersion: number;
  /** Instead of what the plan says; null: the plan's. */
  attributionDays: number | null;
  /** Days after which what somebody owes is written off; null: never. */
  debtWriteOffDays: number | null;
  /** Where the program's terms can be read. */
  termsUrl: string | null;
  /** What friends are told about who earns, in the program's own words; where a language has none, in ours. */
  disclosure: Disclosure;
  /** Days after joining in which somebody may say who invited them; 0: never. */
  claimWindowDays: number;
  /** What one person may move by a decision, in minor units; null: any amount. */
  reassignSecondPersonAbove: bigint | null;
  /** With it followed links sign the code and the click they lead on with; null: they do not. */
  signingKey: string | null;
  planRevision: bigint;
  createdAt: Date;
};

/** By language. */
export type Disclosure = { en?: string; hi?: string };

export type ProgramText = {
  name: string;
  currency: string;
  timeZone: string;
  destinationUrl: string | null;
};

export function defaultMargin(program: Pick<Program, "defaultMarginPpm">): Rate {
  return program.defaultMarginPpm as Rate;
}

/** How many days a touch counts. */
export function attributionWindow(
  program: Pick<Program, "attributionDays" | "attributionWindowDays">,
): number {
  return program.attributionDays ?? program.attributionWindowDays;
}

/** Refuses a currency, time zone or destination that cannot be used, each with its field. */
export function checkProgram(
  program: Partial<ProgramText & Pick<Program, "termsUrl" | "linkDomains">>,
): void {
  const errors: FieldProblem[] = [];
  const { currency, timeZone, destinationUrl, termsUrl, linkDomains } = program;
  if (currency !== undefined && !Intl.supportedValuesOf("currency").includes(currency))
    errors.push({
      pointer: "/currency",
      code: "unknown_currency",
      message: `"${currency}" is not a currency in use (ISO 4217).`,
    });
  if (timeZone !== undefined && !isTimeZone(timeZone))
    errors.push({
      pointer: "/time_zone",
      code: "unknown_time_zone",
      message: `"${timeZone}" is not a time zone, such as Asia/Kolkata.`,
    });
  if (destinationUrl && !isWebAddress(destinationUrl))
    errors.push({
      pointer: "/destination_url",
      code: "invalid_url",
      message: "The destination must be an http or https address without a user name.",
    });
  if (termsUrl && !isWebAddress(termsUrl))
    errors.push({
      pointer: "/terms_url",
      code: "invalid_url",
      message: "The terms must be at an http or https address without a user name.",
    });
  linkDomains?.forEach((domain, index) => {
    if (parseLinkDomain(domain) === null)
      errors.push({
        pointer: `/link_domains/${index}`,
        code: "invalid_domain",
        message: `"${domain}" is not a domain, such as shop.example or *.shop.example.`,
      });
  });
  if (errors.length > 0) throw new Refusal("invalid_program", { errors });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === ""
  );
}
