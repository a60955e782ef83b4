import { TOKEN_PATH } from "../../../aws/cognito/endpoints";
import { admits, type Emulator, signsUsersIn } from "../../../emulator";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";

/** A client of a user pool that speaks for itself. */
export interface MachineClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where it gets its tokens, as callers outside have it. */
  readonly tokenUrl: string;
}

/** Who calls a gateway here: whoever likes, whoever signs, a client for itself, or a user of a pool. */
export function callerOf(emulator: Emulator, gateway: Gateway): "anybody" | "signer" | "user" | MachineClient {
  if (gateway.declaration.authorizerType === "NONE") return "anybody";
  if (!gateway.authorizer) return "signer";
  return machineClientOf(emulator, gateway) ?? "user";
}

/** The first that a gateway lets in, of a pool with a domain; undefined where it lets in users with a password. */
function machineClientOf({ account, url }: Emulator, gateway: Gateway): MachineClient | undefined {
  const letIn = account.cognito
    .userPools()
    .flatMap((pool) => [...pool.clients.values()].map((client) => ({ pool, client })))
    .filter(({ pool, client }) => admits(gateway, pool, client));
  if (letIn.some(({ client }) => signsUsersIn(client))) return undefined;
  const [machine] = letIn.flatMap(({ pool: { host }, client: { clientId, clientSecret, allowedOAuthFlows } }) =>
    host === undefined || clientSecret === undefined || !allowedOAuthFlows.includes("client_credentials")
      ? []
      : [{ clientId, clientSecret, tokenUrl: `${url}/${host}${TOKEN_PATH}` }],
  );
  return machine;
}
