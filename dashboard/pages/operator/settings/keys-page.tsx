import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { When } from "../../../parts/when.tsx";
import { keysQuery } from "../../../queries.ts";
import { Button, ButtonLink } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { PageHeading, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { ApiKey, NewApiKey } from "../../../wire.ts";
import { CreateKeyDialog, SecretDialog } from "./create-key-dialog.tsx";

export default function KeysPage() {
  useTitle("API keys");
  const { api } = useScope();
  const query = useQuery(keysQuery(api));
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewApiKey | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const create = (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      Create key
    </Button>
  );
  return (
    <>
      <PageHeading
        title="API keys"
        actions={
          <>
            <ButtonLink href="/docs" look="quiet" icon="external">
              API reference
            </ButtonLink>
            {query.data && query.data.data.length > 0 && create}
          </>
        }
      >
        Your servers use them to report sign-ups and purchases of this program. In a browser belongs only a
        key that records visits.
      </PageHeading>
      <Loaded query={query} what="The keys" skeleton={<Bones rows={3} />}>
        {({ data }) =>
          data.length === 0 ? (
            <div className="border-t border-line">
              <EmptyState title="No keys yet" action={create}>
                A key lets your own server call the API. Its secret is shown once.
              </EmptyState>
            </div>
          ) : (
            <Table caption="API keys" columns={columnsOf(setRevoked)} rows={data} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
      {isCreating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onCreated={(key) => {
            setCreating(false);
            setCreated(key);
          }}
        />
      )}
      {created && <SecretDialog apiKey={created} onClose={() => setCreated(null)} />}
      {revoked && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

/** What people call it; scopes by name otherwise. */
const MAY: Record<string, string> = {
  read: "read",
  "read,write": "read and write",
  capture: "record visits",
};

function columnsOf(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    {
      key: "name",
      header: "Name",
      isTitle: true,
      cell: (key) => <span className="font-medium">{key.name}</span>,
    },
    {
      key: "key",
      header: "Key",
      cell: (key) => <code className="font-mono text-sm">…{key.hint}</code>,
    },
    { key: "scopes", header: "May", cell: (key) => MAY[key.scopes.join()] ?? key.scopes.join(" and ") },
    {
      key: "used",
      header: "Last used",
      cell: (key) => (key.last_used_at ? <When at={key.last_used_at} /> : "Never"),
    },
    { key: "created", header: "Created", cell: (key) => <When at={key.created_at} /> },
    {
      key: "acts",
      header: "Acts",
      isHeaderUnseen: true,
      isFigure: true,
      isLead: true,
      cell: (key) => (
        <Button look="quiet" onClick={() => onRevoke(key)} className="-my-1 sm:-mr-3.5">
          Revoke<span className="sr-only"> {key.name}</span>
        </Button>
      ),
    },
  ];
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    ({ id }: { id: string }) => api.remove(`/v1/api_keys/${id}`),
    () => {
      void client.invalidateQueries({ queryKey: ["keys", programId] });
      toast("Key revoked");
      onClose();
    },
  );
  return (
    <Dialog title={`Revoke “${apiKey.name}”`} onClose={onClose}>
      <p>Whatever uses this key is refused from the next request on. A revoked key cannot be brought back.</p>
      <div className="mt-5 grid gap-4">
        <FormProblem problem={problem} />
        <div className="flex gap-2">
          <Button look="danger" busy={isBusy} onClick={() => void submit({ id: apiKey.id })}>
            Revoke key
          </Button>
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
