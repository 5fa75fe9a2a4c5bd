import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { nameOf } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

type Details = { segment: string | null; country: string | null };

/** What plans may ask about a person. */
export function DetailsDialog({ participant, onClose }: { participant: Participant; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [segment, setSegment] = useState(participant.segment ?? "");
  const [country, setCountry] = useState(participant.country ?? "");
  const { submit, isBusy, problem } = useSubmit(
    (body: Details) => api.patch<Participant>(`/v1/participants/${participant.id}`, { body }),
    () => {
      void client.invalidateQueries({ queryKey: ["participant", programId, participant.id] });
      void client.invalidateQueries({ queryKey: ["participants", programId] });
      toast("Details saved");
      onClose();
    },
  );
  return (
    <Dialog title={`Details of ${nameOf(participant)}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ segment: segment.trim() || null, country: country.trim().toUpperCase() || null });
        }}
      >
        <Field
          label="Segment (optional)"
          maxLength={64}
          autoComplete="off"
          value={segment}
          onText={setSegment}
          hint="Your own word for a group of people. A plan can pay by it."
          error={problem?.fieldMessage("/segment")}
        />
        <Field
          label="Country (optional)"
          maxLength={2}
          autoComplete="off"
          value={country}
          onText={setCountry}
          hint="Two letters, such as IN."
          error={problem?.fieldMessage("/country")}
        />
        <FormProblem problem={problem} shown={["/segment", "/country"]} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Save
        </Button>
      </form>
    </Dialog>
  );
}
