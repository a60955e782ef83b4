import { isLoopback } from "../../address";
import type { LoopbackAddress } from "./loopback";

/** A server that is to stand for a host, but cannot. */
export class HostMappingError extends Error {
  /** Stable, for programs. */
  readonly code = "HOST_NOT_MAPPED";
  constructor(host: string, origin: string) {
    super(
      `The host ${host} cannot be mapped to '${origin}': the emulator reaches only servers of this machine. ` +
        "Give an origin such as http://127.0.0.1:9000.",
    );
    this.name = "HostMappingError";
  }
}

/** The id of a REST API, which nobody knows before it is created: `--host execute-api.REGION.amazonaws.com` is for all. */
const REST_API = /^[a-z0-9]{10}\.(?=execute-api\.)/;

/** Hosts outside of AWS, by the origins on the loopback interface that stand for them. */
export class LoopbackHosts {
  private readonly origins: ReadonlyMap<string, string>;

  /** @throws HostMappingError */
  constructor(hosts: Readonly<Record<string, string>> = {}) {
    for (const [host, origin] of Object.entries(hosts)) {
      if (!isLoopbackOrigin(origin)) throw new HostMappingError(host, origin);
    }
    this.origins = new Map(Object.entries(hosts).map(([host, origin]) => [host.toLowerCase(), new URL(origin).origin]));
  }

  /** @returns where it is on this machine, undefined where the host is not mapped */
  locate({ host, pathname, search }: URL): LoopbackAddress | undefined {
    const origin = this.origins.get(host) ?? this.origins.get(host.replace(REST_API, ""));
    return origin === undefined ? undefined : { origin, path: `${pathname}${search}` };
  }
}

function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === "http:" && isLoopback(url) && url.pathname === "/";
}
