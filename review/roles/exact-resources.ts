// review/roles/: what roles may do, what they need, and whom they trust.
import { LOG_IN_TO_REGISTRY } from "../../aws/agentcore/actions";
import { describeText, type Text } from "../../topology";
import {
  credentialProvider,
  type NeededResource,
  providerSecret,
  readableSample,
  SAMPLE_SECRET_SUFFIX,
  SAMPLE_SUFFIX,
  tokenVault,
  workloadDirectory,
  workloadIdentity,
} from "./needed-resources";
import type { RoleUse } from "./role-users";

/** Actions that AWS authorizes on no narrower resource (service authorization reference). */
const WITHOUT_RESOURCE = [
  LOG_IN_TO_REGISTRY,
  "logs:DescribeLogGroups",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "cloudwatch:PutMetricData",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "aws-marketplace:Subscribe",
  "aws-marketplace:Unsubscribe",
  "aws-marketplace:ViewSubscriptions",
];

export function needsWildcard(action: string): boolean {
  return WITHOUT_RESOURCE.includes(action);
}

/** The narrowest resource of an action: its ARN, and the reference that stands for it in Terraform. */
export interface ExactResource {
  /** See `kindOf`. */
  readonly kind: string;
  readonly describe: (prefix: string, region: string | undefined) => string;
}

/** What a role's action has to reach, where that is known from what the role is for. */
export function exactResources(action: string, use: RoleUse): readonly ExactResource[] {
  const name = action.toLowerCase();
  if (/^bedrock-agentcore:getworkloadaccesstoken/.test(name)) {
    return use.gateways.flatMap((gateway) => [workloadDirectory(), workloadIdentity(gateway)]).map(needed);
  }
  if (name === "bedrock-agentcore:getresourceoauth2token" || name === "bedrock-agentcore:getresourceapikey") {
    const providers = name.endsWith("apikey") ? use.apiKeyProviders : use.providers;
    return [
      ...use.gateways.flatMap((gateway) => [workloadDirectory(), workloadIdentity(gateway)]),
      tokenVault(),
      ...providers.map(credentialProvider),
    ].map(needed);
  }
  if (name === "secretsmanager:getsecretvalue") {
    return [...use.providers, ...use.apiKeyProviders].map((provider) => needed(providerSecret(provider)));
  }
  if (name === "bedrock-agentcore:invokegateway") {
    return use.gateways.map(({ address }) => reference("gateway", `${address}.gateway_arn`));
  }
  if (name === "bedrock-agentcore:invokeagentruntime") {
    return use.targetRuntimes.map(({ address }) => reference("runtime", `${address}.agent_runtime_arn`));
  }
  if (/^ecr:(batchgetimage|getdownloadurlforlayer|batchchecklayeravailability)$/.test(name)) {
    return use.runtimes.flatMap(({ repository }) =>
      repository.map(({ address }) => reference("repository", `${address}.arn`)),
    );
  }
  return [];
}

/** Which kind of resource an ARN pattern is about: the exact one replaces patterns of its kind only. */
const KIND =
  /^(workload-identity-directory\/default\/workload-identity|workload-identity-directory|token-vault\/default\/(?:oauth2|apikey)credentialprovider|token-vault|secret|gateway|runtime|repository)/;

export function kindOf(resource: string): string {
  return KIND.exec(resource)?.[1] ?? "";
}

function needed(resource: NeededResource): ExactResource {
  const readable = readableSample(resource.resource)
    .replace(`-${SAMPLE_SUFFIX}`, "-<10 characters>")
    .replace(`-${SAMPLE_SECRET_SUFFIX}`, "-<6 characters>");
  const isFixed = !readable.includes("<");
  return {
    kind: kindOf(resource.resource),
    describe: (prefix, region) => {
      const arn = `${exactPrefix(prefix, resource.service, region)}${readable}`;
      return isFixed && resource.exact.startsWith("arn:") ? arn : `${arn} (${resource.exact})`;
    },
  };
}

/** Of a pattern's beginning, what it says itself, and the resource's own service, region and account where it says all. */
function exactPrefix(prefix: string, service: string, region: string | undefined): string {
  const [, partition = "aws", , inRegion = "*", account = "*"] = prefix.split(/:(?![^{]*\})/);
  const isBroad = (segment: string): boolean => segment === "" || segment.includes("*");
  return [
    "arn",
    isBroad(partition) ? "aws" : partition,
    service,
    isBroad(inRegion) ? (region ?? "<region>") : inRegion,
    isBroad(account) ? "<account>" : account,
    "",
  ].join(":");
}

function reference(kind: string, address: string): ExactResource {
  return { kind, describe: () => address };
}

/** `arn:aws:bedrock-agentcore:us-east-1:123456789012:` of a pattern, and what follows it. */
export function splitArn(pattern: Text): { readonly prefix: string; readonly resource: string } {
  const segments = describeText(pattern).split(/:(?![^{]*\})/);
  return segments.length < 6
    ? { prefix: "", resource: describeText(pattern) }
    : { prefix: `${segments.slice(0, 5).join(":")}:`, resource: segments.slice(5).join(":") };
}
