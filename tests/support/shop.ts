import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A customer's own web site: a server of its own, whose pages carry the capture script and a sign-up form. */
export type Shop = { url: string; close(): Promise<void> };

export async function startShop(page: (path: string) => string): Promise<Shop> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Shop</title>${page(request.url ?? "/")}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
