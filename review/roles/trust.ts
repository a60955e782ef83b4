import { SERVICE_PRINCIPAL } from "../../aws/agentcore/endpoints";
import {
  type Gateway,
  isSymbolicList,
  isSymbolicObject,
  isText,
  type Role,
  type Runtime,
  type Statement,
  type Symbolic,
  type Text,
} from "../../topology";
import { sole } from "../evidence/certainty";
import { regionOf } from "../evidence/regions";
import type { Subject } from "../rule";

export interface TrustedUser {
  readonly address: string;
  readonly kind: "runtime" | "gateway";
  readonly name?: Text;
  readonly region: string | undefined;
}

export interface TrustedRole {
  /** Of the role. */
  readonly address: string;
  readonly role: Role;
  /** The runtime or gateway that uses the role. */
  readonly user: TrustedUser;
}

/** The roles that runtimes and gateways assume, with trust policies that are shown. */
export function trustedRoles({ system: { runtimes, gateways }, inventory }: Subject): TrustedRole[] {
  const all = (kind: TrustedUser["kind"], users: readonly (Runtime | Gateway)[]): TrustedRole[] =>
    users.flatMap(({ address, name, role: candidates, instance }) => {
      const role = sole(candidates);
      const user = { address, kind, name, region: regionOf(instance, inventory) };
      return role?.trust.statements === undefined ? [] : [{ address: role.address, role, user }];
    });
  return [...all("runtime", runtimes), ...all("gateway", gateways)];
}

/** The statements that let AgentCore assume the role; undefined where a principal is not shown. */
export function agentCoreStatements({ trust }: Role): readonly Statement[] | undefined {
  const allowing = (trust.statements ?? []).filter(({ effect }) => effect === "Allow");
  const answers = allowing.map(({ principals }) => namesAgentCore(principals));
  return answers.includes(undefined) ? undefined : allowing.filter((_, index) => answers[index]);
}

function namesAgentCore(principals: Symbolic | undefined): boolean | undefined {
  if (principals === "*") return true;
  if (principals === undefined || !isSymbolicObject(principals)) return principals === undefined ? false : undefined;
  const services = textsIn(principals["Service"]);
  if (services.includes(SERVICE_PRINCIPAL)) return true;
  return services.some((service) => typeof service !== "string") ? undefined : false;
}

/** The values of a condition key under whichever operator, with the operators; keys are not case-sensitive. */
export function conditionValues(
  { conditions }: Statement,
  key: string,
): { readonly operator: string; readonly values: readonly Text[] }[] {
  if (conditions === undefined || !isSymbolicObject(conditions)) return [];
  return Object.entries(conditions).flatMap(([operator, tests]) => {
    if (!isSymbolicObject(tests)) return [];
    return Object.entries(tests)
      .filter(([name]) => name.toLowerCase() === key.toLowerCase())
      .map(([, values]) => ({ operator, values: textsIn(values) }));
  });
}

function textsIn(value: Symbolic | undefined): readonly Text[] {
  if (value === undefined) return [];
  if (isText(value)) return [value];
  return isSymbolicList(value) ? value.filter(isText) : [];
}
