import {
  ASK_POLICY_ENGINE,
  GET_API_KEY,
  GET_OAUTH2_TOKEN,
  GET_POLICY_ENGINE,
  GET_SECRET,
  GET_WORKLOAD_TOKEN,
  GET_WORKLOAD_TOKEN_FOR_JWT,
  INVOKE_API,
  INVOKE_FUNCTION,
  INVOKE_RUNTIME,
} from "../../aws/agentcore/actions";
import {
  type ApiKeyProvider,
  type CredentialProvider,
  entryOf,
  type Gateway,
  type Instance,
  type Inventory,
  type Role,
  type System,
  Unknown,
} from "../../topology";
import { sole } from "../evidence/certainty";
import { qualifierOf } from "../evidence/endpoints";
import { engineOf } from "../evidence/policies";
import {
  agentRuntime,
  agentRuntimeEndpoint,
  apiOperation,
  credentialProvider,
  functionBehindUrl,
  gatewayItself,
  lambdaFunction,
  type NeededResource,
  policyEngine,
  providerSecret,
  samplesFor,
  tokenVault,
  workloadDirectory,
  workloadIdentity,
} from "./needed-resources";
import { stageTools } from "./rest-apis";
import { Permissions, type Question } from "./permissions";
import { regionOf } from "../evidence/regions";
import type { Subject } from "../rule";

/** What needs a permission. */
export type Purpose = "target" | "secret" | "interceptor" | "policy engine";

interface AskedQuestion extends Question {
  readonly purpose: Purpose;
}

export interface Answer extends AskedQuestion {
  readonly allowed: boolean | undefined;
  /** Whether it would be allowed if IAM did not compare case. */
  readonly allowedInAnyCase: boolean | undefined;
}

export interface GatewayNeeds {
  readonly gateway: Gateway;
  readonly role: Role;
  readonly answers: readonly Answer[];
}

const INVOKE_FUNCTION_URL = "lambda:InvokeFunctionUrl";

const worked = new WeakMap<System, readonly GatewayNeeds[]>();

/** What the role of each gateway needs for the targets of the gateway, and whether it has it. */
export function gatewayNeeds({ system, inventory }: Subject): readonly GatewayNeeds[] {
  return entryOf(worked, system, () => needsIn(system, inventory));
}

/** What roles of gateways need for a purpose, and may not do. */
export const refusedNeeds = (purpose: Purpose) => (subject: Subject) =>
  gatewayNeeds(subject).flatMap(({ gateway, role: { address }, answers }) =>
    answers
      .filter((answer) => answer.purpose === purpose && answer.allowed === false)
      .map((answer) => ({ address, gateway, ...answer })),
  );

function needsIn({ gateways }: System, inventory: Inventory): readonly GatewayNeeds[] {
  // A function may let the role in by itself.
  const functionsLetIn = inventory.instances.some(({ type }) => type === "aws_lambda_permission");
  return gateways.flatMap((gateway) => {
    const role = sole(gateway.role);
    const questions = questionsOf(gateway, inventory).filter(
      ({ action }) => !functionsLetIn || action !== INVOKE_FUNCTION,
    );
    if (role === undefined || questions.length === 0) return [];
    return [{ gateway, role, answers: answersOf(gateway, role, questions, inventory) }];
  });
}

/** The OAuth2 credential providers of a gateway's targets, each once. */
export function providersOf({ targets }: Gateway): readonly CredentialProvider[] {
  const used = targets.map(({ outbound }) => (outbound?.type === "OAUTH" ? sole(outbound.provider) : undefined));
  return [...new Set(used.filter((provider) => provider !== undefined))];
}

function answersOf(gateway: Gateway, role: Role, questions: readonly AskedQuestion[], inventory: Inventory): Answer[] {
  const region = regionOf(gateway.instance, inventory);
  const environment = {
    samples: samplesFor(
      gateway,
      questions.map(({ needed }) => needed),
      region,
    ),
    region,
  };
  const permissions = new Permissions(role, environment);
  const inAnyCase = new Permissions(role, environment, true);
  return questions.map((question) => ({
    ...question,
    allowed: permissions.allows(question),
    allowedInAnyCase: inAnyCase.allows(question),
  }));
}

/**
 * GetResourceOauth2Token and GetResourceApiKey are authorized on four kinds of resource at once, and the vault reads
 * the secret in the role's name (service authorization reference of Amazon Bedrock AgentCore).
 */
function questionsOf(gateway: Gateway, inventory: Inventory): AskedQuestion[] {
  const oauth = providersOf(gateway);
  const apiKeys = apiKeyProvidersOf(gateway);
  const identity = [workloadDirectory(), workloadIdentity(gateway)];
  const ask = (action: string, resources: readonly NeededResource[], purpose: Purpose = "target"): AskedQuestion[] =>
    resources.map((needed) => ({ action, needed, purpose }));
  const vaulted = (action: string, providers: readonly (CredentialProvider | ApiKeyProvider)[]): AskedQuestion[] =>
    providers.length === 0 ? [] : ask(action, [...identity, tokenVault(), ...providers.map(credentialProvider)]);
  return [
    ...(hasOwnTokens(gateway) ? ask(GET_WORKLOAD_TOKEN, identity) : []),
    ...(hasTokensOfUsers(gateway) ? ask(GET_WORKLOAD_TOKEN_FOR_JWT, identity) : []),
    ...vaulted(GET_OAUTH2_TOKEN, oauth),
    ...vaulted(GET_API_KEY, apiKeys),
    ...ask(GET_SECRET, [...oauth, ...apiKeys].map(providerSecret), "secret"),
    ...ask(
      INVOKE_FUNCTION,
      interceptorsOf(gateway).map((lambda) => lambdaFunction(lambda)),
      "interceptor",
    ),
    ...engineQuestions(gateway, inventory).map((question) => ({ ...question, purpose: "policy engine" as const })),
    ...ask(INVOKE_FUNCTION_URL, functionUrls(gateway)),
    ...ask(INVOKE_API, signedOperations(gateway, inventory)),
    ...signedCalls(gateway).flatMap(({ runtime, qualifier, lambda, lambdaArn }) => [
      ...(runtime === undefined ? [] : ask(INVOKE_RUNTIME, [agentRuntime(runtime)])),
      ...(runtime === undefined || qualifier === undefined
        ? []
        : ask(INVOKE_RUNTIME, [agentRuntimeEndpoint(runtime, qualifier)])),
      ...(lambda === undefined ? [] : ask(INVOKE_FUNCTION, [lambdaFunction(lambda, lambdaArn)])),
    ]),
  ];
}

/** Whether the gateway draws credentials in its own name, to synchronize targets of token exchanges, too. */
function hasOwnTokens({ targets }: Gateway): boolean {
  return targets.some(
    ({ outbound }) =>
      outbound?.type === "API_KEY" || (outbound?.type === "OAUTH" && outbound.grantType !== "AUTHORIZATION_CODE"),
  );
}

function hasTokensOfUsers({ targets }: Gateway): boolean {
  return targets.some(
    ({ outbound }) =>
      outbound?.type === "OAUTH" &&
      (outbound.grantType === "AUTHORIZATION_CODE" || outbound.grantType === "TOKEN_EXCHANGE"),
  );
}

function engineQuestions(gateway: Gateway, inventory: Inventory): Question[] {
  const { arguments: block } = gateway.instance;
  const engine = engineOf(block.block("policy_engine_configuration").text("arn"), inventory);
  if (engine === undefined) return [];
  const own = policyEngine(engine);
  return [
    { action: GET_POLICY_ENGINE, needed: own },
    ...ASK_POLICY_ENGINE.flatMap((action) => [own, gatewayItself(gateway)].map((needed) => ({ action, needed }))),
  ];
}

function interceptorsOf({ interceptors }: Gateway): readonly Instance[] {
  return [...new Set(interceptors.map(sole).filter((lambda) => lambda !== undefined))];
}

export function apiKeyProvidersOf({ targets }: Gateway): readonly ApiKeyProvider[] {
  const used = targets.map(({ outbound }) => (outbound?.type === "API_KEY" ? sole(outbound.provider) : undefined));
  return [
    ...new Map(
      used.flatMap((provider) => (provider === undefined ? [] : [[provider.address, provider] as const])),
    ).values(),
  ];
}

/** Functions that are MCP servers, called by their URLs with signed requests. */
function functionUrls({ targets }: Gateway): NeededResource[] {
  return targets
    .filter(({ outbound }) => outbound?.type === "GATEWAY_IAM_ROLE" && outbound.service === "lambda")
    .flatMap(({ address, endpoint }) => {
      const part = endpoint instanceof Unknown ? endpoint.parts?.find((each) => typeof each === "object") : undefined;
      const url = typeof part === "object" ? part.reference.address : undefined;
      return url === undefined || !url.includes("aws_lambda_function_url.") ? [] : [functionBehindUrl(address, url)];
    });
}

/** Methods with IAM authorization, of APIs in API Gateway. */
function signedOperations({ targets }: Gateway, inventory: Inventory): NeededResource[] {
  return targets
    .filter(({ outbound }) => outbound?.type === "GATEWAY_IAM_ROLE")
    .flatMap((target) => stageTools(target, inventory)?.signed ?? [])
    .map(apiOperation);
}

/** What the gateway calls with signed requests. */
function signedCalls({ targets }: Gateway) {
  return targets
    .filter(({ outbound }) => outbound?.type === "GATEWAY_IAM_ROLE")
    .map((target) => ({
      runtime: sole(target.runtime),
      qualifier: qualifierOf(target),
      lambda: sole(target.lambdaFunction),
      lambdaArn: target.lambdaArn,
    }));
}
