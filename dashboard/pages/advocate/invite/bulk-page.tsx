import { Route, Switch, useLocation } from "wouter";
import { BatchStart } from "../../../parts/invitations/batch-start.tsx";
import { BatchView } from "../../../parts/invitations/batch-view.tsx";
import { paths } from "../../../paths.ts";
import { useTitle } from "../../../ui/page.tsx";

/** A whole list of people: taken in, looked over, sent. */
export default function BulkPage() {
  return (
    <Switch>
      <Route path={paths.bulkList(":id")}>{({ id }: { id: string }) => <BatchView key={id} id={id} />}</Route>
      <Route component={Start} />
    </Switch>
  );
}

function Start() {
  useTitle("Invite a list");
  const [, go] = useLocation();
  return <BatchStart participantId={null} onDone={({ id }) => go(paths.bulkList(id))} />;
}
