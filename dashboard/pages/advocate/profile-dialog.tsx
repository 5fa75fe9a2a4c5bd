import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAdvocate } from "../../parts/scope.tsx";
import { participantQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

type Change = { name_shown: boolean; marketing_consent: boolean };

/** What friends may read of somebody, and what the program may send them: both are theirs to say. */
export default function ProfileDialog({ onClose }: { onClose: () => void }) {
  const { api, participantId, programName } = useAdvocate();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { data: person } = useQuery(participantQuery(api, participantId));
  const [change, setChange] = useState<Partial<Change>>({});
  const { submit, isBusy, problem } = useSubmit(
    (body: Partial<Change>) => api.patch<Participant>(`/v1/participants/${participantId}`, { body }),
    () => {
      void client.invalidateQueries({ queryKey: participantQuery(api, participantId).queryKey });
      toast("Saved.");
      onClose();
    },
  );
  if (!person) return null;
  const first = person.name.trim().split(/\s+/)[0] ?? "";
  const wish = { name_shown: person.name_shown, marketing_consent: person.marketing_consent, ...change };
  return (
    <Dialog title="What friends see" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(wish);
        }}
      >
        <Choice
          isOn={wish.name_shown}
          onChange={(isOn) => setChange({ ...change, name_shown: isOn })}
          label="Show my first name to friends I invite"
        />
        <p className="rounded-surface bg-sunken px-4 py-3 font-serif text-lg" aria-live="polite">
          {wish.name_shown ? first : "A friend"} invited you
        </p>
        <Choice
          isOn={wish.marketing_consent}
          onChange={(isOn) => setChange({ ...change, marketing_consent: isOn })}
          label={`Send me news of ${programName}`}
        />
        <FormProblem problem={problem} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Save
        </Button>
      </form>
    </Dialog>
  );
}

type ChoiceProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void };

function Choice({ label, isOn, onChange }: ChoiceProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-5 flex-none accent-accent"
      />
      {label}
    </label>
  );
}
