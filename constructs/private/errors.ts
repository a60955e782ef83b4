import type { IConstruct } from "constructs";

/** Stable names of everything that the constructs refuse. */
export type ErrorCode =
  | "ADDRESS_TAKEN"
  | "AUTHORIZATION_MISMATCH"
  | "BUILD_CONTEXT_INVALID"
  | "CONTAINER_URI_INVALID"
  | "CREDENTIAL_PROVIDER_COUNT"
  | "DISCOVERY_URL_INVALID"
  | "ENDPOINT_INVALID"
  | "JWT_ALLOW_LIST_MISSING"
  | "LENGTH_OUT_OF_RANGE"
  | "NAME_INVALID"
  | "PROJECT_NAME_INVALID"
  | "PROTOCOL_MISMATCH"
  | "REGION_INVALID"
  | "SCOPES_INVALID"
  | "TOO_MANY_ENTRIES";

/** One thing that is wrong: what it is, the value that was given, and what to do about it. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Thrown when a construct is given values that AWS or Terraform would refuse later.
 *
 * `problems` holds everything that is wrong with the construct at `constructPath`; `code` is the first problem's.
 */
export class ValidationError extends Error {
  public override readonly name = "ValidationError";
  public readonly code: ErrorCode;

  public constructor(
    public readonly problems: readonly [Problem, ...Problem[]],
    public readonly constructPath?: string,
  ) {
    super([constructPath, problems.map((problem) => problem.message).join(" ")].filter(Boolean).join(": "));
    this.code = problems[0].code;
  }
}

/** Reports every problem of one construct in a single {@link ValidationError}. */
export function throwOnProblems(scope: IConstruct, problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first) {
    throw new ValidationError([first, ...others], scope.node.path);
  }
}

const quote = (value: unknown): string => JSON.stringify(value);

export function invalidName(what: string, value: string, rule: string): Problem {
  return { code: "NAME_INVALID", message: `The ${what} ${quote(value)} is not valid: use ${rule}.` };
}

export function invalidProjectName(value: string, rule: string): Problem {
  return { code: "PROJECT_NAME_INVALID", message: `The project name ${quote(value)} is not valid: use ${rule}.` };
}

export function unresolvedProjectName(): Problem {
  return {
    code: "PROJECT_NAME_INVALID",
    message:
      "The project name is a value that Terraform only knows later, but every resource name is derived from it: " +
      "pass a literal string.",
  };
}

export function invalidRegion(value: string): Problem {
  return {
    code: "REGION_INVALID",
    message: `The region ${quote(value)} is not the name of an AWS region: use a name like "us-east-1".`,
  };
}

export function lengthOutOfRange(what: string, length: number, minimum: number, maximum: number): Problem {
  return {
    code: "LENGTH_OUT_OF_RANGE",
    message: `The ${what} has ${length} characters: use ${minimum} to ${maximum}.`,
  };
}

export function tooManyEntries(what: string, count: number, maximum: number): Problem {
  return { code: "TOO_MANY_ENTRIES", message: `There are ${count} ${what}: use at most ${maximum}.` };
}

export function invalidDiscoveryUrl(value: string): Problem {
  return {
    code: "DISCOVERY_URL_INVALID",
    message:
      `The discovery URL ${quote(value)} does not point at a discovery document: it must start with "https://" and ` +
      `end in "/.well-known/openid-configuration".`,
  };
}

export function missingJwtAllowList(): Problem {
  return {
    code: "JWT_ALLOW_LIST_MISSING",
    message:
      "The JWT authorizer would accept every token of its issuer: name at least one client in allowedClients or one " +
      "audience in allowedAudience (Cognito access tokens carry a client, not an audience).",
  };
}

export function invalidEndpoint(value: string): Problem {
  return {
    code: "ENDPOINT_INVALID",
    message: `The endpoint ${quote(value)} is not an https URL: a gateway calls MCP servers over https only.`,
  };
}

export function missingScopes(): Problem {
  return {
    code: "SCOPES_INVALID",
    message: "The list of OAuth scopes is empty: name at least one, for example all of them with userPool.scopes.",
  };
}

export function scopeTooLong(scope: string, maximum: number): Problem {
  return {
    code: "SCOPES_INVALID",
    message:
      `The scope ${quote(scope)} has ${scope.length} characters, and a gateway target takes at most ${maximum}, ` +
      "fewer than Cognito: shorten the resource server's identifier or the scope's name.",
  };
}

export function credentialProviderCount(count: number): Problem {
  return {
    code: "CREDENTIAL_PROVIDER_COUNT",
    message: `credentialProviderConfigurations has ${count} entries: a target takes one, or none for no authorization.`,
  };
}

export function runtimeNeedsCredential(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} refuses callers without a credential, but credentialProviderConfigurations ` +
      "is empty: add GatewayCredentialProvider.fromOauthIdentity(…).",
  };
}

export function oauthTowardsIamRuntime(runtimeName: string): Problem {
  return {
    code: "AUTHORIZATION_MISMATCH",
    message:
      `The target sends an OAuth token to the runtime ${quote(runtimeName)}, which accepts SigV4 only: give the ` +
      "runtime a RuntimeAuthorizerConfiguration.usingCognito(…) or usingJWT(…).",
  };
}

export function runtimeIsNotMcp(runtimeName: string, protocol: string): Problem {
  return {
    code: "PROTOCOL_MISMATCH",
    message:
      `The runtime ${quote(runtimeName)} speaks ${protocol}, but a gateway's MCP server target speaks MCP: give the ` +
      "runtime protocolConfiguration: ProtocolType.MCP.",
  };
}

export function invalidContainerUri(value: string): Problem {
  return {
    code: "CONTAINER_URI_INVALID",
    message:
      `The container URI ${quote(value)} is not in Amazon ECR: use ` +
      `"<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>" or "public.ecr.aws/<repository>:<tag>".`,
  };
}

export function containerUriNeedsRepository(): Problem {
  return {
    code: "CONTAINER_URI_INVALID",
    message:
      "The container URI is a value that Terraform only knows later, so the execution role cannot name its " +
      "repository: pass repositoryArn as well, or use AgentRuntimeArtifact.fromEcrRepository(…).",
  };
}

export function missingBuildContext(directory: string): Problem {
  return {
    code: "BUILD_CONTEXT_INVALID",
    message: `The build context ${quote(directory)} is not a directory: pass the directory that holds the Dockerfile.`,
  };
}

export function missingDockerfile(directory: string, dockerfile: string): Problem {
  return {
    code: "BUILD_CONTEXT_INVALID",
    message:
      `The build context ${quote(directory)} has no file ${quote(dockerfile)}: create it, or name another one with ` +
      "the option dockerfile.",
  };
}

export function addressTaken(address: string, paths: readonly string[]): Problem {
  return {
    code: "ADDRESS_TAKEN",
    message:
      `The Terraform address ${address} stands for more than one element (${paths.join(", ")}): give your own ` +
      "element another construct id or another overrideLogicalId.",
  };
}
