import { type CredentialProvider, type Gateway, type Inventory, referenceText, type Text } from "../topology";
import { regionOf } from "./regions";

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
}

/** The sample of each reference, and of none other. */
export type Samples = ReadonlyMap<string, string>;

const DIRECTORY = "workload-identity-directory/default";

export function workloadDirectory(): NeededResource {
  return { what: "the workload identity directory", service: "bedrock-agentcore", resource: DIRECTORY, exact: arnText("bedrock-agentcore", DIRECTORY) };
}

export function tokenVault(): NeededResource {
  return { what: "the token vault", service: "bedrock-agentcore", resource: "token-vault/default", exact: arnText("bedrock-agentcore", "token-vault/default") };
}

export function workloadIdentity(gateway: Gateway): NeededResource {
  return {
    what: "the gateway's workload identity",
    service: "bedrock-agentcore",
    resource:
      knownResource(gateway.instance.arguments.block("workload_identity_details")?.text("workload_identity_arn")) ??
      `${DIRECTORY}/workload-identity/${gatewayId(gateway)}`,
    exact: `${gateway.address}.workload_identity_details[0].workload_identity_arn`,
  };
}

export function credentialProvider(provider: CredentialProvider): NeededResource {
  return {
    what: `the credential provider ${provider.address}`,
    service: "bedrock-agentcore",
    resource:
      knownResource(provider.instance.arguments.text("credential_provider_arn")) ??
      `token-vault/default/oauth2credentialprovider/${sampleText(provider.name)}`,
    exact: `${provider.address}.credential_provider_arn`,
  };
}

export function clientSecret(provider: CredentialProvider): NeededResource {
  return {
    what: `the secret of ${provider.address}`,
    service: "secretsmanager",
    resource:
      knownResource(provider.instance.arguments.block("client_secret_arn")?.text("secret_arn")) ??
      `secret:bedrock-agentcore-identity!default/oauth2/${sampleText(provider.name)}-${SAMPLE_SECRET_SUFFIX}`,
    exact: `${provider.address}.client_secret_arn[0].secret_arn`,
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
export function gatewayId({ name, instance }: Gateway): string {
  const known = instance.arguments.text("gateway_id");
  return typeof known === "string" ? known : `${sampleText(name).toLowerCase()}-${SAMPLE_SUFFIX}`;
}

/** A text with each placeholder as a word of its own, the same wherever the same reference stands. */
export function sampleText(text: Text | undefined, samples: Samples = new Map()): string {
  if (text === undefined) return OPEN_WORD;
  if (typeof text === "string") return text;
  if (text.parts === undefined) return OPEN_WORD;
  return text.parts.map((part) => (typeof part === "string" ? part : (samples.get(referenceText(part.reference)) ?? wordOf(referenceText(part.reference))))).join("");
}

/** Stands for what is not known; no name of AWS has this character. */
export const OPEN_WORD = "\u25a1";

function wordOf(reference: string): string {
  return `${OPEN_WORD}${reference.toLowerCase().replace(/[^a-z0-9]/g, "")}`;
}

/** A region that is not shown stands for itself. */
export function sampleArn({ service, resource }: NeededResource, region = OPEN_WORD): string {
  return `arn:aws:${service}:${region}:${SAMPLE_ACCOUNT}:${resource}`;
}

export interface Samplers {
  readonly inventory: Inventory;
  readonly gateway: Gateway;
  readonly providers: readonly CredentialProvider[];
}

/** What the ARNs and ids of a gateway and its credential providers will look like. */
export function samplesFor({ inventory, gateway, providers }: Samplers): Samples {
  const region = regionOf(gateway.instance, inventory) ?? OPEN_WORD;
  const arn = (needed: NeededResource): string => sampleArn(needed, region);
  return new Map([
    [`${gateway.address}.gateway_id`, gatewayId(gateway)],
    [`${gateway.address}.gateway_arn`, `arn:aws:bedrock-agentcore:${region}:${SAMPLE_ACCOUNT}:gateway/${gatewayId(gateway)}`],
    [`${gateway.address}.workload_identity_details[0].workload_identity_arn`, arn(workloadIdentity(gateway))],
    ...providers.flatMap((provider): [string, string][] => [
      [`${provider.address}.credential_provider_arn`, arn(credentialProvider(provider))],
      [`${provider.address}.client_secret_arn[0].secret_arn`, arn(clientSecret(provider))],
    ]),
  ]);
}
