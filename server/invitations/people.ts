import { isEmail } from "../primitives/email.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { readFriendName } from "./personal-message.ts";

/** Somebody to invite, with the hash they are recognised by; without an address only a link can be given them. */
export type HashedPerson = { email: string | null; emailHash: string | null; name: string };

/** What is known of the people somebody wants to invite. */
export type Ground = {
  inviterEmailHash: string;
  members: ReadonlySet<string>;
  invited: ReadonlySet<string>;
  suppressed: ReadonlySet<string>;
  full: ReadonlySet<string>;
  isEuropeRefused: (email: string) => boolean;
};

export type PersonProblem = { code: string; message: string; field: "email" | "name" };

const PROBLEMS = {
  invalid_email: "This is not an e-mail address.",
  duplicate: "This address is in the list already.",
  own_address: "This is your own address.",
  already_invited: "You have invited this person already.",
  cannot_be_invited: "This person can't be invited.",
  not_mailed_there:
    "This program sends no mails to people in the European Union. Copy a link and send it yourself.",
} as const;

const problem = (code: keyof typeof PROBLEMS): PersonProblem => ({
  code,
  message: PROBLEMS[code],
  field: "email",
});

/** Whether an address can be used at all, before anybody is asked about it. */
function addressProblem(email: string): PersonProblem | null {
  return isEmail(email) ? null : problem("invalid_email");
}

function nameProblem(name: string): PersonProblem | null {
  const read = readFriendName(name);
  return read.kind === "ok"
    ? null
    : { code: read.problem.code, message: read.problem.message, field: "name" };
}

/**
 * What stands against inviting each of these people; null: nothing. Why somebody can't be invited is not said:
 * whether they are here already, or want no mail, is theirs to tell.
 */
export function peopleProblems(people: readonly HashedPerson[], ground: Ground): (PersonProblem | null)[] {
  const met = new Set<string>();
  return people.map(({ email, emailHash, name }) => {
    if (email === null) return nameProblem(name);
    const wrong = addressProblem(email) ?? nameProblem(name);
    if (wrong || emailHash === null) return wrong ?? problem("invalid_email");
    if (met.has(emailHash)) return problem("duplicate");
    met.add(emailHash);
    if (emailHash === ground.inviterEmailHash) return problem("own_address");
    if (ground.invited.has(emailHash)) return problem("already_invited");
    const isOut =
      ground.members.has(emailHash) || ground.suppressed.has(emailHash) || ground.full.has(emailHash);
    if (isOut) return problem("cannot_be_invited");
    return ground.isEuropeRefused(email) ? problem("not_mailed_there") : null;
  });
}

/** Problems as the API names them. */
export function fieldProblemsOf(problems: readonly (PersonProblem | null)[]): FieldProblem[] {
  return problems.flatMap((found, index) =>
    found === null
      ? []
      : [{ pointer: `/people/${index}/${found.field}`, code: found.code, message: found.message }],
  );
}
