import { LRUCache } from "lru-cache";
import { clientAddress } from "./client-address.ts";

/** What of a request says where it came from. */
export type Arriving = {
  socket: { remoteAddress?: string | undefined };
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** Tells the address of a request's client. */
export type AddressReader = (request: Arriving) => string;

const ADDRESSES_MAX = 10_000;

/** Without proxies an address is read once for all requests of a connection. */
export function createAddressReader(trustedProxies: number): AddressReader {
  if (trustedProxies > 0)
    return ({ socket, headers }) => clientAddress(socket.remoteAddress ?? "", headers, trustedProxies);
  const known = new LRUCache<string, string>({ max: ADDRESSES_MAX });
  return ({ socket, headers }) => {
    const { remoteAddress = "" } = socket;
    let address = known.get(remoteAddress);
    if (address === undefined) {
      address = clientAddress(remoteAddress, headers, 0);
      known.set(remoteAddress, address);
    }
    return address;
  };
}
