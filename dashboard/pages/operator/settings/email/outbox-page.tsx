import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mailsQuery, messagesQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { When } from "../../../../parts/when.tsx";
import { PageHeading, useTitle } from "../../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../../ui/states.tsx";
import { type Column, More, Table } from "../../../../ui/table.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";
import type { Mail } from "../../../../wire.ts";
import { MAIL_STATES, MailStatus } from "./mail-status.tsx";

const FILTERS = [
  { value: "", word: "All" },
  ...(["queued", "sent", "bounced", "failed", "suppressed"] as const).map((value) => ({
    value,
    word: MAIL_STATES[value].word,
  })),
];

export default function OutboxPage() {
  useTitle("Outbox");
  const { api } = useScope();
  const [state, setState] = useState("");
  const query = useInfiniteQuery(mailsQuery(api, state));
  const { data: shelf } = useQuery(messagesQuery(api));
  const titles = new Map(shelf?.data.map(({ name, title }) => [name, title]));
  const data = query.data?.pages.flatMap((page) => page.data);
  return (
    <>
      <PageHeading title="Outbox">
        Every mail of this program, the newest first. Addresses are forgotten 30 days after a mail’s end.
      </PageHeading>
      <Tabs label="Which mails" tabs={FILTERS} value={state} onChoose={setState} />
      <div className="mt-4">
        <Loaded query={{ ...query, data }} what="The outbox" skeleton={<Bones rows={6} />}>
          {(mails) =>
            mails.length === 0 ? (
              <EmptyState title={state === "" ? "No mails yet" : "No mails match"}>
                Invitations, links to sign in and news for your advocates stand here on their way.
              </EmptyState>
            ) : (
              <>
                <Table caption="Mails" columns={columnsOf(titles)} rows={mails} rowKey={({ id }) => id} />
                <More query={query} />
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function columnsOf(titles: ReadonlyMap<string, string>): Column<Mail>[] {
  return [
    { key: "to", header: "To", isTitle: true, cell: (mail) => mail.to ?? "Forgotten" },
    { key: "message", header: "Message", cell: (mail) => titles.get(mail.message) ?? mail.message },
    { key: "state", header: "State", isLead: true, cell: (mail) => <MailStatus state={mail.state} /> },
    { key: "when", header: "When", cell: (mail) => <When at={mail.sent_at ?? mail.created_at} /> },
  ];
}
