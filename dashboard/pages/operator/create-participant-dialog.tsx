import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { nameOf } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

type NewParticipant = { name: string; email: string; external_id?: string; referral?: { code: string } };
type Typed = { name: string; email: string; externalId: string; code: string };

export function CreateParticipantDialog({ onClose }: { onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [typed, setTyped] = useState<Typed>({ name: "", email: "", externalId: "", code: "" });
  const [created, setCreated] = useState<Participant | null>(null);
  const set = (key: keyof Typed) => (text: string) => setTyped((old) => ({ ...old, [key]: text }));
  const { submit, isBusy, problem } = useSubmit(
    (body: NewParticipant, idempotencyKey) =>
      api.post<Participant>("/v1/participants", { body, idempotencyKey }),
    (participant) => {
      void client.invalidateQueries({ queryKey: ["participants", programId] });
      setCreated(participant);
    },
  );
  if (created) return <Created participant={created} onClose={onClose} />;
  return (
    <Dialog title="Add a participant" place="side" onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({
            name: typed.name,
            email: typed.email,
            ...(typed.externalId ? { external_id: typed.externalId } : {}),
            ...(typed.code ? { referral: { code: typed.code } } : {}),
          });
        }}
      >
        <Field
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          value={typed.name}
          onText={set("name")}
          error={problem?.fieldMessage("/name")}
        />
        <Field
          label="E-mail"
          type="email"
          required
          autoComplete="off"
          value={typed.email}
          onText={set("email")}
          error={problem?.fieldMessage("/email")}
        />
        <Field
          label="Your own id (optional)"
          autoComplete="off"
          value={typed.externalId}
          onText={set("externalId")}
          error={problem?.fieldMessage("/external_id")}
          hint="How your product knows this person."
        />
        <Field
          label="Invited with code (optional)"
          autoComplete="off"
          value={typed.code}
          onText={set("code")}
          error={problem?.fieldMessage("/referral/code")}
          hint="The code of the advocate who invited them."
        />
        <FormProblem problem={problem} shown={["/name", "/email", "/external_id", "/referral/code"]} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Add participant
        </Button>
      </form>
    </Dialog>
  );
}

function Created({ participant, onClose }: { participant: Participant; onClose: () => void }) {
  const { programId } = useScope();
  const [reason] = participant.referral?.reasons ?? [];
  return (
    <Dialog title={`${nameOf(participant)} is in`} place="side" onClose={onClose}>
      <p className="mb-4 text-ink-2">This is their link. They can start sharing it now.</p>
      {participant.link && <CopyField label="Link" text={participant.link.url} done="Link copied" />}
      {reason && (
        <p className="mt-4 rounded-control bg-warn-tint px-3 py-2.5 text-warn">
          No referral was made: {reason.message}
        </p>
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        <Link
          href={paths.participant(programId, participant.id)}
          className="inline-flex min-h-9 items-center font-medium text-accent hover:underline"
        >
          Open {nameOf(participant)}
        </Link>
      </div>
    </Dialog>
  );
}
