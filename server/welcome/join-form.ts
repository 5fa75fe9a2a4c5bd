import { isToken } from "../invitations/token.ts";
import { EMAIL_CHARS_MAX } from "../primitives/email.ts";
import { isId } from "../primitives/id.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import type { JoinForm, JoinQuery } from "./contract.ts";

/** What the form shows: what was typed, and what the link carried. */
export type JoinFields = {
  name: string;
  email: string;
  /** The code as somebody typed it or their link carried it; null when there is none. */
  code: string | null;
  clickId: string | null;
  /** The token of the invitation they opened. */
  invitation: string | null;
  programId: string | null;
  /** Two capital letters; null where nobody asked, or they live elsewhere. */
  country: string | null;
  isNameShown: boolean;
  hasMarketingConsent: boolean;
  /** Sent with the form, so that pressing the button twice joins once. */
  once: string;
};

/** What is wrong, by the field it stands beside. */
export type FieldErrors = { name?: string; email?: string; code?: string };

export const NAME_CHARS_MAX = 120;
const CODE_CHARS_MAX = 100;
const COUNTRY = /^(?!ZZ)[A-Z]{2}$/;
const ONCE = /^[0-9A-Za-z_-]{16,64}$/;

export function fieldsFromQuery(query: JoinQuery, once: string): JoinFields {
  const nothing = { country: null, isNameShown: false, hasMarketingConsent: false };
  return { name: "", email: "", ...carried(query), ...nothing, once };
}

/** A form without its mark (an old page, a script) gets a fresh one. */
export function fieldsFromForm(form: JoinForm, fresh: string): JoinFields {
  return {
    name: form.name ?? "",
    email: (form.email ?? "").trim(),
    ...carried(form),
    country: COUNTRY.test(form.country ?? "") ? (form.country as string) : null,
    isNameShown: form.shown === "yes",
    hasMarketingConsent: form.news === "yes",
    once: ONCE.test(form.once ?? "") ? (form.once as string) : fresh,
  };
}

function carried(sent: JoinQuery): Pick<JoinFields, "code" | "clickId" | "invitation" | "programId"> {
  const { click, invitation, program } = sent;
  const named = [sent.ref, sent.via, sent.fp_ref, sent.grsf].find((text) => text?.trim());
  const code = (named ?? "").trim().slice(0, CODE_CHARS_MAX);
  return {
    code: code === "" ? null : code,
    clickId: isId("clk", click ?? "") ? (click as string) : null,
    invitation: isToken(invitation ?? "") ? (invitation as string) : null,
    programId: isId("prg", program ?? "") ? (program as string) : null,
  };
}

/** What can be said before the rest of the product is asked. */
export function missingFields({ name, email }: JoinFields): FieldErrors {
  return {
    ...(name.trim() === "" ? { name: "Enter your name." } : {}),
    ...(name.length > NAME_CHARS_MAX ? { name: `A name takes at most ${NAME_CHARS_MAX} characters.` } : {}),
    ...(email === "" ? { email: "Enter your e-mail address." } : {}),
    ...(email.length > EMAIL_CHARS_MAX ? { email: "This address is too long." } : {}),
  };
}

const WORDS: Record<string, FieldErrors> = {
  "/email": { email: "Enter an address like name@example.com." },
  "/name": { name: "Enter a name with at least one letter." },
};

/** The product's own complaints, beside the fields of this form. */
export function refusedFields(problems: readonly FieldProblem[]): FieldErrors {
  return Object.assign({}, ...problems.map(({ pointer }) => WORDS[pointer] ?? {}));
}
