import { isSessionHeader, MAX_HEADER_VALUE } from "../../../../aws/agentcore/passed-on";
import type { GatewayTargetDeclaration, PassedOnDeclaration } from "../../../../topology";
import type { HttpHeaders } from "../../network/http-message";
import type { Authorize } from "./outbound-request";

// What of a call passes a gateway beside its arguments and its result: developer guide, "gateway-headers".

/** A caller's request as far as targets may be told of it, and what its caller is told of their answers. */
export interface Incoming {
  readonly headers: Pick<HttpHeaders, "get">;
  readonly location: URL;
  /** The one that an interceptor puts in the place of the target's credential. */
  readonly authorization?: string | undefined;
  /** Header fields for the caller. */
  readonly shown: Record<string, string>;
}

/** Adds to the requests for a target what its configuration lets through, before they are signed. */
export function passOn(authorize: Authorize, { passedOn }: GatewayTargetDeclaration, incoming?: Incoming): Authorize {
  if (!incoming || (!passedOn && incoming.authorization === undefined)) return authorize;
  const { authorization } = incoming;
  const headers = passedHeaders(passedOn, incoming);
  return async (request) => {
    // That of an MCP session is the client's own affair.
    for (const [name, value] of Object.entries(headers)) {
      if (!isSessionHeader(name)) request.headers[name.toLowerCase()] = value;
    }
    const authorized = await authorize({
      ...request,
      url: withQuery(request.url, passedParameters(passedOn, incoming)),
    });
    return authorization === undefined
      ? authorized
      : { ...authorized, headers: { ...authorized.headers, authorization } };
  };
}

/** The fields of a request that a target gets, by the names of its configuration. */
export function passedHeaders(
  passedOn: PassedOnDeclaration | undefined,
  { headers }: Incoming,
): Record<string, string> {
  return pick(passedOn?.allowedRequestHeaders, (name) => headers.get(name.toLowerCase()));
}

export function passedParameters(
  passedOn: PassedOnDeclaration | undefined,
  { location }: Incoming,
): Record<string, string> {
  return pick(passedOn?.allowedQueryParameters, (name) => location.searchParams.get(name));
}

/** Shows the caller of a target's answer what its configuration lets through. */
export function passBack({ passedOn }: GatewayTargetDeclaration, answered: HttpHeaders, incoming?: Incoming): void {
  if (!incoming || !passedOn?.allowedResponseHeaders) return;
  const shown = pick(passedOn.allowedResponseHeaders, (name) => answered.get(name.toLowerCase()));
  for (const [name, value] of Object.entries(shown)) incoming.shown[name.toLowerCase()] = value;
}

/** Whether the callers of a target keep its sessions themselves: developer guide, "gateway-target-MCPservers". */
export function passesSessions({ passedOn }: GatewayTargetDeclaration): boolean {
  return passedOn?.allowedRequestHeaders?.some(isSessionHeader) ?? false;
}

/** A value that is too long, or of other characters, does not pass. */
function pick(names: readonly string[] = [], valueOf: (name: string) => string | null): Record<string, string> {
  const values = names.map((name) => [name, valueOf(name)] as const);
  return Object.fromEntries(values.filter((entry): entry is [string, string] => passes(entry[1])));
}

function passes(value: string | null): boolean {
  return value !== null && value.length <= MAX_HEADER_VALUE && /^[\x20-\x7e]*$/.test(value);
}

function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return url;
  const location = new URL(url);
  for (const [name, value] of entries) location.searchParams.set(name, value);
  return location.href;
}
