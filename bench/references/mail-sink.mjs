// A mail server that takes everything and keeps nothing: what a mail costs us, without what it costs others.
import { SMTPServer } from "smtp-server";

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, done) => {
    stream.resume();
    stream.on("end", () => done());
  },
});
server.on("error", () => {});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`ready smtp://127.0.0.1:${server.server.address().port}\n`),
);
