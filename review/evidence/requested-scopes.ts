import type { Target, Text, UserPoolClient } from "../../topology";
import { shown, sole } from "./certainty";
import type { Subject } from "../rule";

export interface RequestedScope {
  /** Of the target. */
  readonly address: string;
  /** The client that asks for it, with the client credentials grant. */
  readonly client: UserPoolClient;
  readonly scope: Text;
}

/** The scopes that targets ask of Cognito clients that are part of the system. */
export function requestedScopes({ system }: Subject): RequestedScope[] {
  return system.targets.flatMap((target) => {
    const client = machineClient(target);
    if (client === undefined || target.outbound?.type !== "OAUTH") return [];
    return shown(target.outbound.scopes).map((scope) => ({ address: target.address, client, scope }));
  });
}

/** The client with whose credentials a target fetches its tokens. */
export function machineClient({ outbound }: Target): UserPoolClient | undefined {
  if (outbound?.type !== "OAUTH" || (outbound.grantType !== undefined && outbound.grantType !== "CLIENT_CREDENTIALS")) {
    return undefined;
  }
  return sole(sole(outbound.provider)?.client ?? []);
}
