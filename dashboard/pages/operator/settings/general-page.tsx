import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { parseAmount, toDecimal } from "../../../parts/money.ts";
import { useScope } from "../../../parts/scope.tsx";
import { programQuery } from "../../../queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { PageHeading, Section, useTitle } from "../../../ui/page.tsx";
import { Radios } from "../../../ui/radios.tsx";
import { Bones, Loaded } from "../../../ui/states.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Program } from "../../../wire.ts";
import { LinkDestinations } from "./link-destinations.tsx";

const MODELS = [
  {
    value: "code_wins",
    word: "Code wins",
    note: "A code that was typed counts before links that were only followed.",
  },
  { value: "first_touch", word: "First touch", note: "Whoever reached the person first counts." },
  { value: "last_touch", word: "Last touch", note: "Whoever reached them last before they joined counts." },
];

type Change = {
  attribution: { model: string; window_days: number | null };
  claim_window_days: number;
  reassign_second_person_above: number | null;
};

export default function GeneralPage() {
  useTitle("General settings");
  const { api } = useScope();
  const query = useQuery(programQuery(api));
  return (
    <>
      <PageHeading title="General">
        How it is decided who brought somebody, who may change it, and where links lead.
      </PageHeading>
      <Loaded query={query} what="The settings" skeleton={<Bones rows={8} />}>
        {(program) => (
          <>
            <Form key={program.attribution.version} program={program} />
            <LinkDestinations program={program} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Form({ program }: { program: Program }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { currency, attribution } = program;
  const above = program.reassign_second_person_above;
  const [model, setModel] = useState(attribution.model);
  const [days, setDays] = useState(attribution.window_days?.toString() ?? "");
  const [claims, setClaims] = useState(program.claim_window_days.toString());
  const [limit, setLimit] = useState(above === null ? "" : toDecimal({ amount: above, currency }));
  const { submit, isBusy, problem } = useSubmit(
    (body: Change, idempotencyKey) =>
      api.patch<Program>(`/v1/programs/${programId}`, { body, idempotencyKey }),
    (changed) => {
      client.setQueryData(["program", programId], changed);
      toast("Saved.");
    },
  );
  const wrong = wrongOf({ days, claims, limit }, currency);
  const minor = limit.trim() === "" ? null : limit.trim() === "0" ? 0 : parseAmount(limit, currency);
  return (
    <form
      noValidate
      className="grid max-w-[44rem] gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.days || wrong.claims || wrong.limit) return;
        void submit({
          attribution: { model, window_days: days === "" ? null : Number(days) },
          claim_window_days: Number(claims),
          reassign_second_person_above: minor ?? null,
        });
      }}
    >
      <Section title="Who counts">
        <div className="mt-4 grid gap-5">
          <Radios
            legend="When several people reached the same friend"
            name="model"
            value={model}
            onChoose={setModel}
            choices={MODELS}
          />
          <Field
            label="Days in which a click, a code or an invitation counts"
            hint={`Empty: as the plan in force says. Today it is ${attribution.days_in_force}.`}
            value={days}
            inputMode="numeric"
            maxLength={4}
            onText={setDays}
            error={wrong.days}
            className="max-w-72"
          />
          <p className="text-sm text-ink-2">
            Version {attribution.version}. A change holds for sign-ups from now on; earlier ones keep theirs.
          </p>
        </div>
      </Section>
      <Section title="Somebody invited me">
        <Field
          label="Days after joining in which a friend may say so"
          hint="0: they cannot. What they say is decided under Referrals."
          value={claims}
          inputMode="numeric"
          maxLength={4}
          onText={setClaims}
          error={wrong.claims}
          className="mt-4 max-w-72"
        />
      </Section>
      <Section title="A second person">
        <Field
          label={`Needed when a decision moves more than (${currency})`}
          hint="Empty: one person decides any amount. 0: whatever moves money needs two."
          value={limit}
          inputMode="decimal"
          maxLength={16}
          onText={setLimit}
          error={wrong.limit ?? problem?.fieldMessage("/reassign_second_person_above")}
          className="mt-4 max-w-72"
        />
      </Section>
      <div className="grid gap-3">
        <FormProblem problem={problem} shown={["/reassign_second_person_above"]} />
        <Button type="submit" look="primary" busy={isBusy} className="justify-self-start">
          Save
        </Button>
      </div>
    </form>
  );
}

function wrongOf(
  { days, claims, limit }: { days: string; claims: string; limit: string },
  currency: string,
): { days?: string; claims?: string; limit?: string } {
  const text = limit.trim();
  return {
    ...(days !== "" && !/^[1-9]\d{0,3}$/.test(days)
      ? { days: "A number of days from 1 to 3650, or nothing." }
      : {}),
    ...(/^\d{1,4}$/.test(claims) ? {} : { claims: "A number of days from 0 to 3650." }),
    ...(text === "" || text === "0" || parseAmount(text, currency)
      ? {}
      : { limit: "An amount, 0 or nothing." }),
  };
}
