import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { isGeneratedCode, isSlug } from "./code.ts";

/** Why an address cannot be chosen; whether somebody has it already is asked of the directory. */
export type SlugProblem = {
  code: "invalid_slug" | "generated_slug" | "reserved_slug" | "unfit_slug" | "program_slug";
  message: string;
};

export type SlugRules = {
  /** First parts of the paths that lead somewhere else. */
  reserved: ReadonlySet<string>;
  /** The program speaks for itself: nobody else takes its name. Null for its operators. */
  programName: string | null;
};

const SLUG_CHARS_MAX = 40;
/** Whoever had such an address could be taken for somebody who speaks for the program, or for a page of it. */
const RESERVED_NAMES = [
  ...[
    "about",
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "assets",
    "auth",
    "billing",
    "blog",
    "cdn",
  ],
  ...[
    "claim",
    "contact",
    "dashboard",
    "embed",
    "favicon",
    "health",
    "help",
    "home",
    "imprint",
    "invite",
    "invites",
  ],
  ...[
    "legal",
    "login",
    "logout",
    "mail",
    "me",
    "new",
    "null",
    "oauth",
    "official",
    "operator",
    "owner",
    "pay",
  ],
  ...[
    "payment",
    "payments",
    "payout",
    "payouts",
    "portal",
    "privacy",
    "referralhub",
    "register",
    "robots",
    "root",
  ],
  ...[
    "script",
    "sdk",
    "security",
    "settings",
    "sign-in",
    "sign-out",
    "sign-up",
    "signin",
    "signup",
    "sitemap",
  ],
  ...["staff", "static", "status", "stop", "support", "system", "team", "terms", "undefined", "unsubscribe"],
  ...["verify", "webhook", "webhooks", "welcome", "well-known", "widget", "www"],
];

const profanity = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });

/** Null where the text may be somebody's address. */
export function slugProblem(slug: string, { reserved, programName }: SlugRules): SlugProblem | null {
  if (!isSlug(slug))
    return {
      code: "invalid_slug",
      message: "Use 3 to 40 small letters and digits, with single dashes between them.",
    };
  if (isGeneratedCode(slug.replaceAll("-", "")))
    return {
      code: "generated_slug",
      message: "This looks like a code that we make. Choose something with a meaning.",
    };
  const disguise = disguiseOf(slug);
  if ([...reserved, ...RESERVED_NAMES].some((name) => disguiseOf(name) === disguise))
    return { code: "reserved_slug", message: "This address is ours, or looks as if it were." };
  if (programName !== null && disguise === disguiseOf(slugFrom(programName)))
    return { code: "program_slug", message: "This is the program's own name. Add something of yours." };
  if (profanity.hasMatch(spelledOut(slug)))
    return { code: "unfit_slug", message: "People may take this amiss. Choose another word." };
  return null;
}

/** Single letters between dashes spell a word. */
function spelledOut(slug: string): string {
  return slug
    .replace(/\b[a-z0-9](?:-[a-z0-9]\b)+/g, (letters) => letters.replaceAll("-", ""))
    .replaceAll("-", " ");
}

/** What is seen of it at a glance: two addresses with one look are taken for each other. */
export function lookOf(slug: string): string {
  return slug
    .replaceAll("-", "")
    .replaceAll("0", "o")
    .replaceAll("1", "l")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

const DISGUISES: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", i: "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g" },
};

/** The same for the eye of somebody who wants to deceive: figures that stand for letters, too. */
const disguiseOf = (name: string): string =>
  lookOf(name).replace(/[01345789i]/g, (letter) => DISGUISES[letter] ?? letter);

/** A name as an address: letters without their accents, the rest as dashes. */
function slugFrom(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

const NUMBERED_TO = 9;

/** Addresses near what somebody wished for, the nearest first; the name is what to begin with where nothing is left. */
export function slugsNear(wish: string, name: string, rules: SlugRules): string[] {
  const base = (slugFrom(wish) || slugFrom(name)).slice(0, SLUG_CHARS_MAX - 8).replace(/-+$/, "");
  if (base === "") return [];
  const numbered = Array.from({ length: NUMBERED_TO - 1 }, (_, index) => `${base}-${index + 2}`);
  const near = [base, `${base}-invites`, `hello-${base}`, `join-${base}`, ...numbered];
  return near.filter((slug) => slug !== wish && slugProblem(slug, rules) === null);
}
