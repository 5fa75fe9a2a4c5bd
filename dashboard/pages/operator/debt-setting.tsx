import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../parts/scope.tsx";
import { programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Section } from "../../ui/page.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Program } from "../../wire.ts";

type Change = { debt_write_off_days: number | null };

/** What becomes of old debts: nothing, or they are written off after so many days. */
export function DebtSetting() {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { data: program } = useQuery(programQuery(api));
  const [text, setText] = useState<string | null>(null);
  const days = text ?? program?.debt_write_off_days?.toString() ?? "";
  const isWrong = days !== "" && !/^[1-9]\d{0,3}$/.test(days);
  const { submit, isBusy, problem } = useSubmit(
    (body: Change, idempotencyKey) =>
      api.patch<Program>(`/v1/programs/${programId}`, { body, idempotencyKey }),
    (changed) => {
      client.setQueryData(["program", programId], changed);
      setText(null);
      toast("Saved.");
    },
  );
  if (!program) return null;
  return (
    <Section title="Old debts">
      <p className="mt-3 max-w-[68ch] text-ink-2">
        A refund after a payout leaves a negative balance, and what comes next is counted against it. What is
        owed for longer than this is written off, with an entry of its own.
      </p>
      <form
        className="mt-4 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) void submit({ debt_write_off_days: days === "" ? null : Number(days) });
        }}
      >
        <Field
          label="Write off after days"
          value={days}
          inputMode="decimal"
          placeholder="Never"
          maxLength={4}
          onText={setText}
          error={isWrong ? "A number of days from 1 to 3650, or nothing." : undefined}
          className="w-48"
        />
        <Button look="secondary" busy={isBusy} disabled={text === null || isWrong}>
          Save
        </Button>
      </form>
      <FormProblem problem={problem} />
    </Section>
  );
}
