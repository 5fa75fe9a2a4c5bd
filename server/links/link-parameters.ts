import type { FieldProblem } from "../primitives/refusal.ts";

/** What is added to the address a link leads to, in this order. */
export type LinkParameters = Record<string, string>;

const UTM_KEYS = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;
/** Ours, and those by which other products know an advocate: a link says who brought somebody by itself. */
const TAKEN_KEYS = new Set([
  ...["ref", "click", "exp", "sig", "code", "program", "invitation", "once", "pass", "token"],
  ...["via", "fp_ref", "grsf", "fpr", "rh_ref"],
]);
const OWN_KEYS_MAX = 10;
const OWN_KEY = /^[a-z][a-z0-9_-]{0,31}$/;
const VALUE_CHARS_MAX = 200;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What is wrong with the parameters, each at its key. */
export function parameterProblems(parameters: LinkParameters): FieldProblem[] {
  const keys = Object.keys(parameters);
  const own = keys.filter((key) => !isUtm(key));
  const problems = keys.flatMap((key) => problemOf(key, parameters[key] ?? ""));
  if (own.length > OWN_KEYS_MAX)
    problems.push(
      problem("", "too_many_parameters", `Besides the utm parameters, a link takes ${OWN_KEYS_MAX}.`),
    );
  return problems;
}

function problemOf(key: string, value: string): FieldProblem[] {
  const at = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  if (TAKEN_KEYS.has(key)) return [problem(at, "reserved_parameter", `"${key}" is set by the link itself.`)];
  if (!isUtm(key) && (!OWN_KEY.test(key) || key.startsWith("utm")))
    return [
      problem(
        at,
        "invalid_parameter",
        "A parameter's name begins with a small letter and has small letters, digits, - and _, 32 at most.",
      ),
    ];
  if (value === "" || value.length > VALUE_CHARS_MAX || UNSEEN.test(value) || !value.isWellFormed())
    return [problem(at, "invalid_parameter", `Enter 1 to ${VALUE_CHARS_MAX} characters that can be seen.`)];
  return [];
}

const isUtm = (key: string): boolean => (UTM_KEYS as readonly string[]).includes(key);

const problem = (at: string, code: string, message: string): FieldProblem => ({
  pointer: `/parameters${at}`,
  code,
  message,
});

/** The address with the parameters in its query, encoded; one that is there already is replaced. */
export function withParameters(address: string, parameters: LinkParameters): string {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return address;
  const [before = "", fragment] = address.split("#", 2);
  const at = before.indexOf("?");
  const path = at === -1 ? before : before.slice(0, at);
  const kept =
    at === -1
      ? []
      : before
          .slice(at + 1)
          .split("&")
          .filter((part) => part !== "" && !isNamed(part, parameters));
  const added = entries.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  const query = [...kept, ...added].join("&");
  return `${path}?${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

function isNamed(part: string, parameters: LinkParameters): boolean {
  const [name = ""] = part.split("=", 1);
  return Object.hasOwn(parameters, name) || Object.hasOwn(parameters, safelyDecoded(name));
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
