import { Check } from "typebox/value";
import { EmailText } from "../access/contract.ts";
import { createApiKey } from "../access/create-api-key.ts";
import { createOwner } from "../access/create-owner.ts";
import { PasswordHasher } from "../platform/password-hasher.ts";
import { newSecret } from "../platform/secret.ts";
import { launchProgram } from "../rewards/launch-program.ts";
import { planTemplates } from "../rewards/templates/index.ts";
import { type Command, required, UsageError } from "./command.ts";

const CAUSE = { actor: { kind: "system" }, requestId: null } as const;
const CURRENCY_DEFAULT = "INR";
const TIME_ZONE_DEFAULT = "Asia/Kolkata";
const PASSWORD_CHARS = 24;

/** Everything a script needs to begin: an owner, a program on a template, and an API key. */
export const provision: Command = {
  name: "provision",
  usage:
    "provision --owner EMAIL --program NAME --template two-level|points [--currency INR] [--time-zone Asia/Kolkata] [--destination URL] --json",
  summary: "Create the owner, a program and an API key",
  options: ["owner", "program", "template", "currency", "time-zone", "destination", "json"],
  async run({ installation: { db }, options, print }) {
    const email = required(options, "owner");
    if (!Check(EmailText, email))
      throw new UsageError(`--owner "${email}" is not an e-mail address that can sign in.`);
    const name = required(options, "program");
    const template = required(options, "template");
    if (!planTemplates.some((one) => one.name === template))
      throw new UsageError(`--template must be one of ${planTemplates.map((one) => one.name).join(", ")}.`);
    const password = newSecret().slice(0, PASSWORD_CHARS);
    const passwordHash = await new PasswordHasher().hash(password);
    await db.writeDirectory((tx) => createOwner(tx, { email, name: nameOf(email), passwordHash }, CAUSE));
    const programId = db.newId("prg");
    const secret = await db.write(programId, async (tx) => {
      const text = {
        name,
        currency: optional(options.get("currency")) ?? CURRENCY_DEFAULT,
        timeZone: optional(options.get("time-zone")) ?? TIME_ZONE_DEFAULT,
        destinationUrl: optional(options.get("destination")),
      };
      await launchProgram(tx, text, template, CAUSE.actor);
      const wish = { name: "Provisioned", scopes: ["read", "write"], livemode: true } as const;
      return (await createApiKey(tx, programId, wish, CAUSE)).secret;
    });
    const result = { program_id: programId, api_key: secret, owner: { email, password } };
    print(
      options.has("json")
        ? JSON.stringify(result)
        : Object.entries(flat(result))
            .map(([key, value]) => `${key}: ${value}`)
            .join("\n"),
    );
    return 0;
  },
};

const optional = (value: string | true | undefined): string | null =>
  typeof value === "string" ? value : null;

const flat = ({ owner, ...rest }: { owner: object; program_id: string; api_key: string }) => ({
  ...rest,
  ...owner,
});

function nameOf(email: string): string {
  return email.split("@")[0] ?? email;
}
