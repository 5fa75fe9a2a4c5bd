import OutboxPage from "./outbox-page.tsx";

/** What has to do with mail. */
export default function EmailPages() {
  return <OutboxPage />;
}
