import { useState } from "react";
import { apiOf } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Session } from "../../wire.ts";

type AskProps = { email: string; onSent: (email: string) => void; onMissing: () => void };

/** Sends a link and a code to the address that stands in the form. */
export function AskForMail({ email, onSent, onMissing }: AskProps) {
  const { submit, isBusy, problem } = useSubmit(
    (body: { email: string }) => apiOf(null).post("/v1/session/mail", { body }),
    () => onSent(email),
  );
  return (
    <>
      <Button
        type="button"
        busy={isBusy}
        className="min-h-11"
        onClick={() => (email === "" ? onMissing() : void submit({ email }))}
      >
        E-mail me a link
      </Button>
      <FormProblem problem={problem} />
    </>
  );
}

type CodeProps = { email: string; onSession: (session: Session) => void; onBack: () => void };

/** The same sentence for every address: whether it has an account is told to its mailbox alone. */
export function TypeCode({ email, onSession, onBack }: CodeProps) {
  const [code, setCode] = useState("");
  const { submit, isBusy, problem } = useSubmit(async (body: { email: string; code: string }) => {
    const outside = apiOf(null);
    await outside.post("/v1/session/code", { body });
    return outside.get<Session>("/v1/session");
  }, onSession);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ email, code });
      }}
    >
      <p className="text-ink-2" role="status">
        If <b className="font-medium text-ink">{email}</b> has an account, a mail is on its way. Open its
        link, or type its code here. Both work once, for 15 minutes.
      </p>
      <Field
        label="Code"
        name="code"
        inputMode="decimal"
        autoComplete="one-time-code"
        required
        maxLength={12}
        value={code}
        onText={setCode}
        hint="Six digits. You can paste them."
      />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" busy={isBusy} className="min-h-11">
        Sign in
      </Button>
      <Button type="button" className="min-h-11" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
