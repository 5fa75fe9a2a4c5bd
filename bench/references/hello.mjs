// The least an HTTP server can do on this machine: what everything that only reads is measured against.
import http from "node:http";

const server = http.createServer((_request, response) => {
  response.setHeader("content-type", "text/plain");
  response.end("hello");
});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`ready http://127.0.0.1:${server.address().port}\n`),
);
