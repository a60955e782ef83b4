import { WORKLOAD_IDENTITY_DIRECTORY } from "../../aws/agentcore/names";
import {
  type ApiKeyProvider,
  type CredentialProvider,
  type Gateway,
  type Instance,
  referenceText,
  type Runtime,
  type Text,
} from "../../topology";

/** An operation of a stage of a REST API. */
export interface ApiOperation {
  readonly restApi: Instance;
  readonly stage: Instance;
  readonly method: string;
  readonly path: string;
}

/** The resources that a gateway's role has to reach, with samples of what the services will assign. */

/** Ten characters as AgentCore appends them to a name, and six as Secrets Manager does. */
export const SAMPLE_SUFFIX = "a1b2c3d4e5";
export const SAMPLE_SECRET_SUFFIX = "Ab1Cd2";
export const SAMPLE_ACCOUNT = "111122223333";

/** A resource that a role must reach. */
export interface NeededResource {
  /** For messages: `the credential provider aws_bedrockagentcore_oauth2_credential_provider.m2m`. */
  readonly what: string;
  /** Everything after `arn:<partition>:<service>:<region>:<account>:`, with samples in it. */
  readonly resource: string;
  readonly service: string;
  /** How Terraform names it, or its ARN where it is fixed. */
  readonly exact: string;
  /** What else policies may name it by, or what it is part of: values by reference. @default - nothing */
  readonly names?: (arnOf: (resource: string) => string) => Readonly<Record<string, string>>;
}

/** The sample of each reference, and of none other. */
export type Samples = ReadonlyMap<string, string>;

export function workloadDirectory(): NeededResource {
  return {
    what: "the workload identity directory",
    service: "bedrock-agentcore",
    resource: WORKLOAD_IDENTITY_DIRECTORY,
    exact: arnText("bedrock-agentcore", WORKLOAD_IDENTITY_DIRECTORY),
  };
}

export function tokenVault(): NeededResource {
  return {
    what: "the token vault",
    service: "bedrock-agentcore",
    resource: "token-vault/default",
    exact: arnText("bedrock-agentcore", "token-vault/default"),
  };
}

export function workloadIdentity(gateway: Gateway): NeededResource {
  return {
    what: "the gateway's workload identity",
    service: "bedrock-agentcore",
    resource:
      knownResource(
        gateway.instance.arguments.optionalBlock("workload_identity_details")?.text("workload_identity_arn"),
      ) ?? `${WORKLOAD_IDENTITY_DIRECTORY}/workload-identity/${gatewayId(gateway)}`,
    exact: `${gateway.address}.workload_identity_details[0].workload_identity_arn`,
  };
}

export function credentialProvider({ address, name, instance }: CredentialProvider | ApiKeyProvider): NeededResource {
  const kind = instance.type.endsWith("api_key_credential_provider")
    ? "apikeycredentialprovider"
    : "oauth2credentialprovider";
  return {
    what: `the credential provider ${address}`,
    service: "bedrock-agentcore",
    resource:
      knownResource(instance.arguments.text("credential_provider_arn")) ??
      `token-vault/default/${kind}/${sampleText(name)}`,
    exact: `${address}.credential_provider_arn`,
  };
}

/** Where AgentCore Identity keeps what a credential provider was given. */
export function providerSecret({ address, name, instance }: CredentialProvider | ApiKeyProvider): NeededResource {
  const [attribute, folder] = instance.type.endsWith("api_key_credential_provider")
    ? ["api_key_secret_arn", "apikey"]
    : ["client_secret_arn", "oauth2"];
  return {
    what: `the secret of ${address}`,
    service: "secretsmanager",
    resource:
      knownResource(instance.arguments.optionalBlock(attribute)?.text("secret_arn")) ??
      `secret:bedrock-agentcore-identity!default/${folder}/${sampleText(name)}-${SAMPLE_SECRET_SUFFIX}`,
    exact: `${address}.${attribute}[0].secret_arn`,
  };
}

export function agentRuntime({ address, name, instance }: Runtime): NeededResource {
  return {
    what: `the runtime ${address}`,
    service: "bedrock-agentcore",
    resource:
      knownResource(instance.arguments.text("agent_runtime_arn")) ?? `runtime/${sampleText(name)}-${SAMPLE_SUFFIX}`,
    exact: `${address}.agent_runtime_arn`,
  };
}

/**
 * Invoking a runtime is authorized on its endpoint, too.
 * @param qualifier its name
 */
export function agentRuntimeEndpoint(runtime: Runtime, qualifier: string): NeededResource {
  const { what, service, resource, exact } = agentRuntime(runtime);
  return {
    what: `the endpoint of ${what}`,
    service,
    resource: `${resource}/runtime-endpoint/${qualifier}`,
    exact: `"\${${exact}}/runtime-endpoint/*"`,
  };
}

/** @param named - its ARN, or that of one of its versions, which IAM tells apart */
export function lambdaFunction({ address, arguments: block }: Instance, named?: Text): NeededResource {
  const what = `the function ${address}`;
  const resource = knownResource(block.text("arn")) ?? `function:${sampleText(block.text("function_name"))}`;
  if (!isReferenceTo(named, "qualified_arn")) return { what, service: "lambda", resource, exact: `${address}.arn` };
  const version = block.value("publish") === undefined ? "$LATEST" : OPEN_WORD;
  return {
    what: `a version of ${what}`,
    service: "lambda",
    resource: `${resource}:${version}`,
    exact: `${address}.qualified_arn`,
    names: (arnOf) => ({ [`${address}.arn`]: arnOf(resource) }),
  };
}

function isReferenceTo(text: Text | undefined, attribute: string): boolean {
  const [part] = typeof text === "object" ? (text.parts ?? []) : [];
  return typeof part === "object" && part.reference.attribute === attribute;
}

/** The function of a URL, whose name stands elsewhere: a policy that names any function may mean it. */
export function functionBehindUrl(target: string, url: string): NeededResource {
  return {
    what: `the function behind the URL of ${target}`,
    service: "lambda",
    resource: `function:${OPEN_WORD}`,
    exact: `the function of ${url}`,
  };
}

/** A method of a stage, for which a parameter of its path has any value. */
export function apiOperation({ restApi, stage, method, path }: ApiOperation): NeededResource {
  const stageName = sampleText(stage.arguments.text("stage_name"));
  const id = restApi.address.toLowerCase().replace(/[^a-z0-9]/g, "");
  return {
    what: `${method} ${path} of ${restApi.address}`,
    service: "execute-api",
    resource: `${id}/${stageName}/${method}${path.replace(/\{[^}]*\}/g, OPEN_WORD)}`,
    exact: `"\${${stage.address}.execution_arn}/${method}${path.replace(/\{[^}]*\}/g, "*")}"`,
    names: (arnOf) => ({
      [`${restApi.address}.id`]: id,
      [`${restApi.address}.execution_arn`]: arnOf(id),
      [`${stage.address}.execution_arn`]: arnOf(`${id}/${stageName}`),
    }),
  };
}

export function policyEngine({ address, arguments: block }: Instance): NeededResource {
  return {
    what: `the policy engine ${address}`,
    service: "bedrock-agentcore",
    resource:
      knownResource(block.text("policy_engine_arn")) ??
      `policy-engine/${sampleText(block.text("name"))}-${SAMPLE_SUFFIX}`,
    exact: `${address}.policy_engine_arn`,
  };
}

export function gatewayItself(gateway: Gateway): NeededResource {
  return {
    what: "the gateway itself",
    service: "bedrock-agentcore",
    resource: `gateway/${gatewayId(gateway)}`,
    exact: `${gateway.address}.gateway_arn`,
  };
}

function arnText(service: string, resource: string): string {
  return `arn:<partition>:${service}:<region>:<account>:${resource}`;
}

/** What follows the account in the ARN of something that exists already. */
function knownResource(arn: Text | undefined): string | undefined {
  return typeof arn === "string" ? arn.split(":").slice(5).join(":") : undefined;
}

/** The id of a gateway, which is its name in lower case, a hyphen and ten characters. */
function gatewayId({ name, instance }: Gateway): string {
  const known = instance.arguments.text("gateway_id");
  return typeof known === "string" ? known : `${sampleText(name).toLowerCase()}-${SAMPLE_SUFFIX}`;
}

/** A text with each placeholder as a word of its own, the same wherever the same reference stands. */
export function sampleText(text: Text | undefined, samples: Samples = new Map()): string {
  if (text === undefined) return OPEN_WORD;
  if (typeof text === "string") return text;
  if (text.parts === undefined) return OPEN_WORD;
  return text.parts
    .map((part) =>
      typeof part === "string"
        ? part
        : (samples.get(referenceText(part.reference)) ?? wordOf(referenceText(part.reference))),
    )
    .join("");
}

/** Stands for what is not known; no name of AWS has this character. */
export const OPEN_WORD = "\u25a1";

/** A sample as messages show it. */
export function readableSample(sample: string): string {
  return sample.replace(new RegExp(`${OPEN_WORD}[a-z0-9]*`, "g"), "<known after apply>");
}

function wordOf(reference: string): string {
  return `${OPEN_WORD}${reference.toLowerCase().replace(/[^a-z0-9]/g, "")}`;
}

/** A region that is not shown stands for itself. */
export function sampleArn(
  { service, resource }: Pick<NeededResource, "service" | "resource">,
  region = OPEN_WORD,
): string {
  return `arn:aws:${service}:${region}:${SAMPLE_ACCOUNT}:${resource}`;
}

/** What the ids and ARNs of a gateway and of the resources that it needs will look like. */
export function samplesFor(gateway: Gateway, needed: readonly NeededResource[], region: string | undefined): Samples {
  return new Map([
    [`${gateway.address}.gateway_id`, gatewayId(gateway)],
    [
      `${gateway.address}.gateway_arn`,
      `arn:aws:bedrock-agentcore:${region ?? OPEN_WORD}:${SAMPLE_ACCOUNT}:gateway/${gatewayId(gateway)}`,
    ],
    ...needed.flatMap(({ service, names }) =>
      Object.entries(names?.((resource) => sampleArn({ service, resource }, region)) ?? {}),
    ),
    ...needed.map((resource): [string, string] => [resource.exact, sampleArn(resource, region)]),
  ]);
}
