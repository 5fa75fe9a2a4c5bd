import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { invitationTermsQuery } from "../../../invitation-queries.ts";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { Bones, Loaded } from "../../../ui/states.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { InvitationTerms } from "../../../wire.ts";

/** What the program allows its participants to send. */
export function TermsDialog({ onClose }: { onClose: () => void }) {
  const { api } = useScope();
  const query = useQuery(invitationTermsQuery(api));
  return (
    <Dialog title="Limits and rules" place="side" onClose={onClose}>
      <Loaded query={query} what="The rules" skeleton={<Bones rows={6} />}>
        {(terms) => <Form terms={terms} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

const NUMBERS = {
  expires_days: "Days an invitation holds",
  per_member_day: "Invitations a participant may send in a day",
  per_new_member_day: "The same for a new participant",
  per_member_pending: "Open invitations of a participant",
  per_network_day: "Invitations in a day from one network",
  per_program_day: "Invitations of the program in a day",
} as const;
type NumberField = keyof typeof NUMBERS;
const FIELDS = Object.keys(NUMBERS) as NumberField[];

function Form({ terms, onClose }: { terms: InvitationTerms; onClose: () => void }) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [texts, setTexts] = useState<Record<NumberField | "reminder_days", string>>({
    ...(Object.fromEntries(FIELDS.map((field) => [field, String(terms[field])])) as Record<
      NumberField,
      string
    >),
    reminder_days: String(terms.reminder_days ?? ""),
  });
  const [mails, setMails] = useState(terms.mails_to_europe);
  const [reminders, setReminders] = useState(terms.reminders_to_europe);
  const { submit, isBusy, problem } = useSubmit(
    (body: object) => api.patch<InvitationTerms>("/v1/invitation_terms", { body }),
    (answer) => {
      client.setQueryData(["invitation-terms", api.programId], answer);
      toast("Saved");
      onClose();
    },
  );
  const save = (event: Event) => {
    event.preventDefault();
    const { reminder_days, ...rest } = texts;
    const numbers = Object.fromEntries(Object.entries(rest).map(([field, text]) => [field, Number(text)]));
    void submit({
      ...numbers,
      reminder_days: reminder_days.trim() === "" ? null : Number(reminder_days),
      mails_to_europe: mails,
      reminders_to_europe: reminders,
    });
  };
  const set = (field: keyof typeof texts) => (text: string) => setTexts({ ...texts, [field]: text });
  return (
    <form onSubmit={save} noValidate className="grid gap-5">
      <Field
        label="Days until the one reminder (empty: none)"
        value={texts.reminder_days}
        inputMode="decimal"
        onText={set("reminder_days")}
        error={problem?.fieldMessage("/reminder_days")}
      />
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={NUMBERS[field]}
          value={texts[field]}
          inputMode="decimal"
          onText={set(field)}
          error={problem?.fieldMessage(`/${field}`)}
        />
      ))}
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-medium">People in the European Union</legend>
        <p className="rounded-control bg-warn-tint px-3 py-2.5 text-sm text-warn">
          In Germany and elsewhere a mail that your program sends because somebody else asked it to counts as
          your own advertising. Without the friend’s consent it can be unlawful. Off, participants pass their
          link on themselves.
        </p>
        <Switch label="Mail them" isOn={mails} onChange={setMails} />
        <Switch label="Remind them" isOn={reminders} onChange={setReminders} />
      </fieldset>
      <FormProblem problem={problem} shown={[...FIELDS, "reminder_days"].map((field) => `/${field}`)} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" look="primary" busy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Switch({
  label,
  isOn,
  onChange,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <label className="flex min-h-6 items-baseline gap-2.5 pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-4 translate-y-0.5 accent-accent"
      />
      {label}
    </label>
  );
}
