import type { CredentialProvider, Gateway, Inventory, Role, System } from "../topology";
import { sole } from "./certainty";
import { clientSecret, credentialProvider, samplesFor, tokenVault, workloadDirectory, workloadIdentity } from "./needed-resources";
import { Permissions, type Question } from "./permissions";
import { regionOf } from "./regions";
import type { Subject } from "./rule";

export interface Answer extends Question {
  readonly allowed: boolean | undefined;
  /** Whether it would be allowed if IAM did not compare case. */
  readonly allowedInAnyCase: boolean | undefined;
}

export interface GatewayNeeds {
  readonly gateway: Gateway;
  readonly role: Role;
  readonly answers: readonly Answer[];
}

const GET_WORKLOAD_TOKEN = "bedrock-agentcore:GetWorkloadAccessToken";
const GET_OAUTH2_TOKEN = "bedrock-agentcore:GetResourceOauth2Token";
export const GET_SECRET = "secretsmanager:GetSecretValue";

const worked = new WeakMap<System, readonly GatewayNeeds[]>();

/**
 * What the role of each gateway needs for the OAuth targets of the gateway, and whether it has it.
 * GetResourceOauth2Token is authorized on four kinds of resource at once, and the secret is read in the role's name
 * (service authorization reference of Amazon Bedrock AgentCore).
 */
export function gatewayNeeds({ system, inventory }: Subject): readonly GatewayNeeds[] {
  const known = worked.get(system);
  if (known) return known;
  const needs = system.gateways.flatMap((gateway) => {
    const role = sole(gateway.role);
    const providers = providersOf(gateway);
    if (role === undefined || providers.length === 0) return [];
    return [{ gateway, role, answers: answersOf(gateway, role, providers, inventory) }];
  });
  worked.set(system, needs);
  return needs;
}

/** The credential providers of a gateway's targets, each once. */
export function providersOf({ targets }: Gateway): readonly CredentialProvider[] {
  const used = targets.map(({ outbound }) => (outbound?.type === "OAUTH" ? sole(outbound.provider) : undefined));
  return [...new Set(used.filter((provider) => provider !== undefined))];
}

function answersOf(gateway: Gateway, role: Role, providers: readonly CredentialProvider[], inventory: Inventory): Answer[] {
  const environment = { samples: samplesFor({ inventory, gateway, providers }), region: regionOf(gateway.instance, inventory) };
  const permissions = new Permissions(role, environment);
  const inAnyCase = new Permissions(role, environment, true);
  return questionsOf(gateway, providers).map((question) => ({
    ...question,
    allowed: permissions.allows(question),
    allowedInAnyCase: inAnyCase.allows(question),
  }));
}

function questionsOf(gateway: Gateway, providers: readonly CredentialProvider[]): Question[] {
  const identity = [workloadDirectory(), workloadIdentity(gateway)];
  const tokens = [...identity, tokenVault(), ...providers.map(credentialProvider)];
  return [
    ...identity.map((needed) => ({ action: GET_WORKLOAD_TOKEN, needed })),
    ...tokens.map((needed) => ({ action: GET_OAUTH2_TOKEN, needed })),
    ...providers.map((provider) => ({ action: GET_SECRET, needed: clientSecret(provider) })),
  ];
}
