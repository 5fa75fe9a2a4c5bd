import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mailsQuery, messagesQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { When } from "../../../../parts/when.tsx";
import { Button } from "../../../../ui/button.tsx";
import { PageHeading, useTitle } from "../../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../../ui/states.tsx";
import { type Column, More, Table } from "../../../../ui/table.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";
import type { Mail } from "../../../../wire.ts";
import { MailDialog } from "./mail-dialog.tsx";
import { MAIL_STATES, MailStatus } from "./mail-status.tsx";

const FILTERS = [
  { value: "", word: "All" },
  ...(["queued", "sent", "delivered", "bounced", "complained", "failed", "suppressed"] as const).map(
    (value) => ({
      value,
      word: MAIL_STATES[value].word,
    }),
  ),
];

export function OutboxPage() {
  useTitle("Outbox");
  const { api } = useScope();
  const [state, setState] = useState("");
  const [opened, setOpened] = useState<string | null>(null);
  const query = useInfiniteQuery(mailsQuery(api, state));
  const { data: shelf } = useQuery(messagesQuery(api));
  const titles = new Map(shelf?.data.map(({ name, title }) => [name, title]));
  const data = query.data?.pages.flatMap((page) => page.data);
  return (
    <>
      <PageHeading title="Outbox">
        Every mail of this program, the newest first. Addresses and what was said are forgotten 30 days after
        a mail’s end.
      </PageHeading>
      <Tabs label="Which mails" tabs={FILTERS} value={state} onChoose={setState} />
      <div className="mt-4">
        <Loaded query={{ ...query, data }} what="The outbox" skeleton={<Bones rows={6} />}>
          {(mails) =>
            mails.length === 0 ? (
              <Nothing isFiltered={state !== ""} onClear={() => setState("")} />
            ) : (
              <>
                <Table
                  caption="Mails"
                  columns={columnsOf(titles, setOpened)}
                  rows={mails}
                  rowKey={({ id }) => id}
                />
                <More query={query} />
              </>
            )
          }
        </Loaded>
      </div>
      {opened && <MailDialog id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered)
    return (
      <EmptyState title="No mails match" action={<Button onClick={onClear}>Show all</Button>}>
        None is in this state.
      </EmptyState>
    );
  return (
    <EmptyState title="No mails yet">
      Invitations, links to sign in and news for your advocates stand here on their way.
    </EmptyState>
  );
}

function columnsOf(titles: ReadonlyMap<string, string>, onOpen: (id: string) => void): Column<Mail>[] {
  return [
    { key: "to", header: "To", isTitle: true, cell: (mail) => mail.to ?? "Forgotten" },
    { key: "message", header: "Message", cell: (mail) => titles.get(mail.message) ?? mail.message },
    { key: "state", header: "State", cell: (mail) => <MailStatus state={mail.state} /> },
    { key: "when", header: "When", cell: (mail) => <When at={mail.sent_at ?? mail.created_at} /> },
    {
      key: "acts",
      header: "Acts",
      isHeaderUnseen: true,
      isFigure: true,
      isLead: true,
      cell: (mail) => (
        <Button look="quiet" onClick={() => onOpen(mail.id)} className="-my-1 sm:-mr-3.5">
          Open<span className="sr-only"> the mail to {mail.to ?? "somebody forgotten"}</span>
        </Button>
      ),
    },
  ];
}
