import type { Construct } from "constructs";
import type { Problem } from "../../private/errors";
import * as problems from "../../private/problems/authorization";
import { resolved } from "../../private/resolved";
import { ProtocolType } from "../../runtime/protocol-type";
import type { IRuntime } from "../../runtime/runtime-base";
import { OauthCredentialProviderConfiguration } from "../outbound-auth/oauth-credential";
import type { ITargetCredential } from "../outbound-auth/target-credential";

/**
 * What would fail between a gateway and a runtime that it calls as an MCP server.
 *
 * @param credential - undefined when the gateway brings none
 */
export function runtimeTargetProblems(
  target: Construct,
  runtime: IRuntime,
  credential: ITargetCredential | undefined,
): Problem[] {
  const { agentRuntimeName, protocolConfiguration } = runtime;
  const { value } = protocolConfiguration;
  return [
    ...(value === ProtocolType.MCP.value ? [] : [problems.runtimeIsNotMcp(agentRuntimeName, value)]),
    ...(credential
      ? credentialMismatches(target, runtime, credential)
      : [problems.runtimeNeedsCredential(agentRuntimeName)]),
  ];
}

function credentialMismatches(target: Construct, runtime: IRuntime, credential: ITargetCredential): Problem[] {
  const { agentRuntimeName: name, authorizerConfiguration } = runtime;
  const { customJwt } = authorizerConfiguration;
  if (credential.kind === "gateway role") {
    return customJwt ? [problems.iamTowardsJwtRuntime(name)] : [];
  }
  if (!customJwt) {
    return [problems.oauthTowardsIamRuntime(name)];
  }
  if (!(credential instanceof OauthCredentialProviderConfiguration) || !credential.options.provider.client) {
    return [];
  }
  const { client } = credential.options.provider;
  const resolve = (value: string): string => resolved(target, value);
  const accepted = resolve(customJwt.discoveryUrl);
  const issuer = client.discoveryUrl === undefined ? accepted : resolve(client.discoveryUrl);
  if (issuer !== accepted) {
    return [problems.issuersDiffer(name, accepted, issuer)];
  }
  const clientId = resolve(client.clientId);
  const allowed = customJwt.allowedClients?.map(resolve) ?? [];
  const known = client.scopes?.map(resolve) ?? [];
  return [
    ...(allowed.length > 0 && !allowed.includes(clientId) ? [problems.clientNotAllowed(name, clientId)] : []),
    ...(known.length > 0 ? unknownScopes(credential.options.scopes.map(resolve), known) : []),
  ];
}

/** A pool's scopes begin with a reference to its resource server; programs may write its identifier instead. */
function unknownScopes(scopes: readonly string[], known: readonly string[]): Problem[] {
  const names = known.map((scope) => scope.replace(/^\$\{.*\}/, ""));
  return scopes
    .filter((scope) => !known.includes(scope) && !names.some((name) => name.startsWith("/") && scope.endsWith(name)))
    .filter((scope) => !/^\$\{[^}]*\}$/.test(scope))
    .map((scope) => problems.unknownScope(scope, known));
}
