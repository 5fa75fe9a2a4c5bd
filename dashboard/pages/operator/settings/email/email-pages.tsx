import { Route, Switch } from "wouter";
import { useScope } from "../../../../parts/scope.tsx";
import { below, paths } from "../../../../paths.ts";
import { PlaceTabs } from "../../../../ui/navigation.tsx";
import { PageHeading } from "../../../../ui/page.tsx";
import { MessagePage } from "./message-page.tsx";
import { MessagesPage } from "./messages-page.tsx";
import { OutboxPage } from "./outbox-page.tsx";
import { SenderPage } from "./sender-page.tsx";
import { SuppressionsPage } from "./suppressions-page.tsx";

/** What has to do with mail: how it presents itself, what it says, where it is, and who wants none. */
export default function EmailPages() {
  const { programId } = useScope();
  const messages = paths.emailMessages(programId);
  const places = [
    { href: paths.email(programId), word: "Sender" },
    { href: messages, word: "Messages", pattern: below(messages) },
    { href: paths.outbox(programId), word: "Outbox" },
    { href: paths.suppressions(programId), word: "Suppressions" },
  ];
  return (
    <>
      <PlaceTabs label="E-mail" places={places} />
      <Switch>
        <Route path={paths.email(programId)} component={SenderPage} />
        <Route path={messages} component={MessagesPage} />
        <Route path={paths.emailMessage(programId, ":name")}>
          {({ name }: { name: string }) => <MessagePage key={name} name={name} />}
        </Route>
        <Route path={paths.outbox(programId)} component={OutboxPage} />
        <Route path={paths.suppressions(programId)} component={SuppressionsPage} />
        <Route>
          <PageHeading title="There is no page here">The address may be mistyped.</PageHeading>
        </Route>
      </Switch>
    </>
  );
}
