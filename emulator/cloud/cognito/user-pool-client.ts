import type { UserPoolClientDeclaration } from "../../../topology";
import type { Times } from "../times";

/** What the service keeps of a client beside the declaration. */
export interface UserPoolClientSettings extends UserPoolClientDeclaration {
  /** Members of the API that have no effect here, given back as they came. */
  readonly inert?: Readonly<Record<string, unknown>>;
  /** How long tokens are good for, as a request of the API said it. @default - the declaration's seconds alone */
  readonly givenValidity?: object;
  /** Minutes that a challenge waits for its answer. @default 3 */
  readonly authSessionValidity?: number;
  /** @default true */
  readonly enableTokenRevocation?: boolean;
}

/** An app client of a user pool. */
export interface UserPoolClient extends UserPoolClientSettings, Times {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** Whether the client signs users in by their name and password alone. */
export function signsUsersIn(client: UserPoolClient): boolean {
  return client.clientSecret === undefined && allowsAuthFlow(client, "USER_PASSWORD_AUTH");
}

/** Whether the client may sign users in with a flow such as `USER_PASSWORD_AUTH`. */
export function allowsAuthFlow({ explicitAuthFlows }: UserPoolClient, flow: string): boolean {
  if (explicitAuthFlows.includes(`ALLOW_${flow}`) || explicitAuthFlows.includes(flow)) return true;
  if (flow === "ADMIN_USER_PASSWORD_AUTH" && explicitAuthFlows.includes("ADMIN_NO_SRP_AUTH")) return true;
  const hasLegacyNames = explicitAuthFlows.every((name) => !name.startsWith("ALLOW_"));
  return flow === "REFRESH_TOKEN_AUTH" && hasLegacyNames;
}
