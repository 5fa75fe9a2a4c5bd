import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyField } from "../../../ui/copy.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field, Select } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { NewApiKey } from "../../../wire.ts";

type NewKey = { name: string; scopes: string[] };

export function CreateKeyDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (key: NewApiKey) => void;
}) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState("read write");
  const { submit, isBusy, problem } = useSubmit(
    (body: NewKey, idempotencyKey) => api.post<NewApiKey>("/v1/api_keys", { body, idempotencyKey }),
    (key) => {
      void client.invalidateQueries({ queryKey: ["keys", programId] });
      onCreated(key);
    },
  );
  return (
    <Dialog title="Create an API key" onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ name, scopes: scopes.split(" ") });
        }}
      >
        <Field
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onText={setName}
          error={problem?.fieldMessage("/name")}
          hint="Where it will be used, such as “shop server”."
        />
        <Select
          label="It may"
          value={scopes}
          onText={setScopes}
          options={[
            { value: "read write", label: "Read and write" },
            { value: "read", label: "Read only" },
            { value: "capture", label: "Record visits from web pages (may be public)" },
          ]}
        />
        <FormProblem problem={problem} shown={["/name"]} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Create key
        </Button>
      </form>
    </Dialog>
  );
}

export function SecretDialog({ apiKey, onClose }: { apiKey: NewApiKey; onClose: () => void }) {
  return (
    <Dialog title={`“${apiKey.name}” is ready`} onClose={onClose}>
      <p className="mb-4">Copy it now. We keep only a fingerprint.</p>
      <CopyField label="Key" text={apiKey.secret} done="Key copied" />
      {apiKey.scopes.includes("capture") && (
        <CopyField
          label="For your pages"
          text={`<script src="${location.origin}/capture.js" data-key="${apiKey.secret}" async></script>`}
          done="Script copied"
        />
      )}
      <Button onClick={onClose} look="quiet" className="mt-5 -ml-3.5">
        I have stored it
      </Button>
    </Dialog>
  );
}
