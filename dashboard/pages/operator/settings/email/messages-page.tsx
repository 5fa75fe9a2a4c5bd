import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { messagesQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { paths } from "../../../../paths.ts";
import { PageHeading, Section, useTitle } from "../../../../ui/page.tsx";
import { Bones, Loaded } from "../../../../ui/states.tsx";
import type { Message } from "../../../../wire.ts";

const KINDS: { kind: Message["kind"]; title: string; note: string }[] = [
  { kind: "invitation", title: "Invitations", note: "Each has a link that stops them" },
  { kind: "notice", title: "News for participants", note: "Each has a link that stops it" },
  { kind: "transactional", title: "Asked for just now", note: "Always sent" },
];

export function MessagesPage() {
  useTitle("Messages");
  const { api, programId } = useScope();
  const query = useQuery(messagesQuery(api));
  return (
    <>
      <PageHeading title="Messages">
        Everything this program says to people, in English and Hindi. Say it in your own words where ours do
        not fit.
      </PageHeading>
      <Loaded query={query} what="The messages" skeleton={<Bones rows={6} />}>
        {({ data }) => (
          <div className="grid gap-8">
            {KINDS.map(({ kind, title, note }) => (
              <Section key={kind} title={title} aside={note}>
                <ul className="divide-y divide-line">
                  {data
                    .filter((message) => message.kind === kind)
                    .map((message) => (
                      <li key={message.name}>
                        <Link
                          href={paths.emailMessage(programId, message.name)}
                          className="flex min-h-11 items-center py-2 font-medium text-ink hover:text-accent"
                        >
                          {message.title}
                        </Link>
                      </li>
                    ))}
                </ul>
              </Section>
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}
