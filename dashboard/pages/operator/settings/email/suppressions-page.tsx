import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { suppressionsQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { When } from "../../../../parts/when.tsx";
import { Button } from "../../../../ui/button.tsx";
import { Dialog } from "../../../../ui/dialog.tsx";
import { Field } from "../../../../ui/field.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { PageHeading, useTitle } from "../../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../../ui/states.tsx";
import { type Column, More, Table } from "../../../../ui/table.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Suppression } from "../../../../wire.ts";

const SCOPES: Record<Suppression["scope"], string> = {
  all: "Everything",
  optional: "All but what they ask for",
  invitations: "Invitations",
  inviter: "Invitations of one person",
  message: "One kind of mail",
};
const REASONS: Record<Suppression["reason"], string> = {
  bounced: "The mailbox is gone",
  complained: "Marked as spam",
  unsubscribed: "They said so",
  manual: "Your team said so",
};

export function SuppressionsPage() {
  useTitle("Suppressions");
  const { api } = useScope();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [removed, setRemoved] = useState<Suppression | null>(null);
  const query = useInfiniteQuery(suppressionsQuery(api, asked));
  const data = query.data?.pages.flatMap((page) => page.data);
  const clear = () => {
    setTyped("");
    setAsked("");
  };
  return (
    <>
      <PageHeading title="Suppressions">
        Who gets no mail of this program. Only a fingerprint of the address is kept: type one to look it up.
      </PageHeading>
      <form
        className="mb-4 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Field label="Address" type="email" value={typed} onText={setTyped} className="w-72 max-w-full" />
        <Button type="submit">Look up</Button>
        <AddSuppression email={typed.trim()} />
      </form>
      <Loaded query={{ ...query, data }} what="The list" skeleton={<Bones rows={4} />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              title={asked === "" ? "Everybody may get mail" : "This address may get mail"}
              action={asked !== "" && <Button onClick={clear}>Show all</Button>}
            >
              Who stops mails, complains about one or has no mailbox any more is kept here by itself.
            </EmptyState>
          ) : (
            <>
              <Table
                caption="Suppressions"
                columns={columnsOf(setRemoved)}
                rows={rows}
                rowKey={({ id }) => id}
              />
              <More query={query} />
            </>
          )
        }
      </Loaded>
      {removed && <RemoveDialog suppression={removed} onClose={() => setRemoved(null)} />}
    </>
  );
}

function columnsOf(onRemove: (one: Suppression) => void): Column<Suppression>[] {
  return [
    {
      key: "email",
      header: "Address",
      isTitle: true,
      cell: (one) => one.email ?? "Known by its fingerprint",
    },
    { key: "scope", header: "Gets no", cell: (one) => SCOPES[one.scope] },
    { key: "reason", header: "Because", cell: (one) => REASONS[one.reason] },
    { key: "since", header: "Since", cell: (one) => <When at={one.created_at} /> },
    {
      key: "acts",
      header: "Acts",
      isHeaderUnseen: true,
      isFigure: true,
      isLead: true,
      cell: (one) => (
        <Button look="quiet" onClick={() => onRemove(one)} className="-my-1 sm:-mr-3.5">
          Remove<span className="sr-only"> {one.email ?? "this one"}</span>
        </Button>
      ),
    },
  ];
}

function useRefresh(): () => void {
  const { programId } = useScope();
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["suppressions", programId] });
}

function AddSuppression({ email }: { email: string }) {
  const { api } = useScope();
  const { toast } = useVoice();
  const refresh = useRefresh();
  const { submit, isBusy, problem } = useSubmit(
    (body: { email: string }, idempotencyKey) =>
      api.post<Suppression>("/v1/suppressions", { body, idempotencyKey }),
    () => {
      toast("They get no more mail");
      refresh();
    },
  );
  return (
    <>
      <Button busy={isBusy} disabled={email === ""} onClick={() => void submit({ email })}>
        Send it nothing more
      </Button>
      <FormProblem problem={problem} />
    </>
  );
}

function RemoveDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const { api } = useScope();
  const { toast } = useVoice();
  const refresh = useRefresh();
  const { submit, isBusy, problem } = useSubmit(
    ({ id }: { id: string }) => api.remove(`/v1/suppressions/${id}`),
    () => {
      toast("They may get mail again");
      refresh();
      onClose();
    },
  );
  return (
    <Dialog title="Send mail again?" onClose={onClose}>
      <p>
        {suppression.reason === "bounced"
          ? "The mailbox was gone. Mail to it harms how others see your domain, unless it is back."
          : "They did not want it. Only do this when they asked you to."}
      </p>
      <div className="mt-5 grid gap-4">
        <FormProblem problem={problem} />
        <div className="flex gap-2">
          <Button look="danger" busy={isBusy} onClick={() => void submit({ id: suppression.id })}>
            Remove
          </Button>
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
