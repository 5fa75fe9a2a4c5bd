import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Field, TextArea } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { Section } from "../../../ui/page.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Program } from "../../../wire.ts";

type Change = { destination_url: string | null; link_domains: string[] };

/** Where links lead, and where people may let links of their own lead. */
export function LinkDestinations({ program }: { program: Program }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [url, setUrl] = useState(program.destination_url ?? "");
  const [domains, setDomains] = useState(program.link_domains.join("\n"));
  const { submit, isBusy, problem } = useSubmit(
    (body: Change) => api.patch<Program>(`/v1/programs/${programId}`, { body }),
    (changed) => {
      client.setQueryData(["program", programId], changed);
      setDomains(changed.link_domains.join("\n"));
      toast("Saved.");
    },
  );
  const wanted = domains.split(/[\s,]+/).filter(Boolean);
  const wrong = problem?.errors.filter(({ pointer }) => pointer.startsWith("/link_domains"));
  return (
    <form
      noValidate
      className="mt-10 max-w-[44rem]"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ destination_url: url.trim() || null, link_domains: wanted });
      }}
    >
      <Section title="Where links lead">
        <div className="mt-4 grid gap-5">
          <Field
            label="Your own page for friends"
            hint="With ?ref= and the code added. Empty: the sign-up page we host."
            placeholder="https://shop.example/welcome"
            inputMode="url"
            autoComplete="off"
            maxLength={2000}
            value={url}
            onText={setUrl}
            error={problem?.fieldMessage("/destination_url")}
          />
          <TextArea
            label="Other domains that people’s links may lead to"
            hint="One a line, such as shop.example, or *.shop.example for all below it. The site of your own page always counts. A domain that is taken out is no longer led to at once."
            rows={3}
            value={domains}
            onText={setDomains}
            error={wrong?.map(({ message }) => message).join(" ")}
          />
          <FormProblem
            problem={problem}
            shown={["/destination_url", ...(wrong ?? []).map(({ pointer }) => pointer)]}
          />
          <Button type="submit" busy={isBusy} className="justify-self-start">
            Save where links lead
          </Button>
        </div>
      </Section>
    </form>
  );
}
