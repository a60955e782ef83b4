import type { ApiKeyProvider, CredentialProvider, Gateway, Role, Runtime, Statement, System } from "../../topology";
import { sole } from "../evidence/certainty";
import { apiKeyProvidersOf, providersOf } from "./gateway-needs";

/** A role with everything that it is for. */
export interface RoleUse {
  readonly role: Role;
  readonly gateways: readonly Gateway[];
  readonly runtimes: readonly Runtime[];
  /** The credential providers and runtimes that the gateways call. */
  readonly providers: readonly CredentialProvider[];
  readonly apiKeyProviders: readonly ApiKeyProvider[];
  readonly targetRuntimes: readonly Runtime[];
}

/** The roles of runtimes and gateways. */
export function roleUses({ gateways, runtimes }: System): RoleUse[] {
  const roles = new Map<Role, { gateways: Gateway[]; runtimes: Runtime[] }>();
  const use = (role: Role | undefined): { gateways: Gateway[]; runtimes: Runtime[] } => {
    const users = (role && roles.get(role)) ?? { gateways: [], runtimes: [] };
    if (role) roles.set(role, users);
    return users;
  };
  for (const gateway of gateways) use(sole(gateway.role)).gateways.push(gateway);
  for (const runtime of runtimes) use(sole(runtime.role)).runtimes.push(runtime);
  return [...roles].map(([role, users]) => ({
    role,
    ...users,
    providers: [...new Set(users.gateways.flatMap(providersOf))],
    apiKeyProviders: [...new Set(users.gateways.flatMap(apiKeyProvidersOf))],
    targetRuntimes: [
      ...new Set(users.gateways.flatMap(({ targets }) => targets.flatMap(({ runtime }) => sole(runtime) ?? []))),
    ],
  }));
}

/** The statements that somebody can narrow: of all policies but AWS's. */
export function ownStatements({ policies }: Role): readonly Statement[] {
  return policies.filter(({ isOfAws }) => isOfAws !== true).flatMap(({ statements }) => statements ?? []);
}
