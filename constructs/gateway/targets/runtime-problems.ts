import type { Construct } from "constructs";
import type { Problem } from "../../private/errors";
import * as problems from "../../private/problems/authorization";
import { resolved, resolvedList } from "../../private/resolved";
import { ProtocolType } from "../../runtime/protocol-type";
import type { IGateway } from "../gateway-interface";
import type { IRuntime } from "../../runtime/runtime-interface";
import { OauthCredentialProviderConfiguration } from "../outbound-auth/oauth-credential";
import type { ITargetCredential } from "../outbound-auth/target-credential";
import type { ITargetGateway } from "./target-configuration";

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

/** What would fail between a credential and the runtime's authorizer. */
export function credentialMismatches(
  target: Construct,
  runtime: IRuntime,
  credential: Pick<ITargetCredential, "kind">,
): Problem[] {
  const { agentRuntimeName: name, authorizerConfiguration } = runtime;
  const { customJwt } = authorizerConfiguration;
  if (credential.kind === "gateway role" || credential.kind === "caller IAM") {
    return customJwt ? [problems.iamTowardsJwtRuntime(name)] : [];
  }
  if (!customJwt) return [problems.oauthTowardsIamRuntime(name)];
  if (!(credential instanceof OauthCredentialProviderConfiguration) || !credential.options.provider.client) return [];
  const { client } = credential.options.provider;
  const resolve = (value: string): string => resolved(target, value);
  const accepted = resolve(customJwt.discoveryUrl);
  const issuer = client.discoveryUrl === undefined ? accepted : resolve(client.discoveryUrl);
  if (!mayBeEqual(issuer, accepted)) return [problems.issuersDiffer(name, accepted, issuer)];
  const clientId = resolve(client.clientId);
  const resolveList = (values: readonly string[] = []): string[] => resolvedList(target, values) ?? [];
  const allowed = resolveList(customJwt.allowedClients);
  const known = resolveList(client.scopes);
  const isRefused = allowed.length > 0 && !allowed.some((client) => mayBeEqual(client, clientId));
  return [
    ...(isRefused ? [problems.clientNotAllowed(name, clientId)] : []),
    ...(known.length > 0 ? unknownScopes(resolveList(credential.options.scopes), known) : []),
  ];
}

/** Whether the runtime can take the tokens that the gateway takes, which it is shown. */
export function passedTokenProblems(target: Construct, runtime: IRuntime, gateway: ITargetGateway): Problem[] {
  const { agentRuntimeName: name, authorizerConfiguration } = runtime;
  const [shown, accepted] = [gateway.authorizerConfiguration?.customJwt, authorizerConfiguration.customJwt];
  if (!shown || !accepted) return [];
  const [issuer, trusted] = [shown, accepted].map(({ discoveryUrl }) => resolved(target, discoveryUrl));
  return issuer !== undefined && trusted !== undefined && !mayBeEqual(issuer, trusted)
    ? [problems.passedTokensRefused(name, trusted, issuer)]
    : [];
}

/** Whether the runtime's authorizer lets the gateway in, where it names those that it lets in. */
export function admissionProblems(target: Construct, runtime: IRuntime, gateway: IGateway): Problem[] {
  const { allowedWorkloadConfiguration: allowed } = runtime.authorizerConfiguration;
  if (!allowed) return [];
  const isAdmitted = (one: string, other: string): boolean =>
    mayBeEqual(resolved(target, one), resolved(target, other));
  const { hostingEnvironments = [], workloadIdentities = [] } = allowed;
  const admitted =
    hostingEnvironments.some(({ gatewayArn }) => isAdmitted(gatewayArn, gateway.gatewayArn)) ||
    workloadIdentities.some((name) => isAdmitted(name, gateway.gatewayId));
  return admitted ? [] : [problems.gatewayNotAdmitted(runtime.agentRuntimeName, gateway.gatewayName)];
}

/** A variable or the state of another stack may hold any text. */
function mayBeEqual(one: string, other: string): boolean {
  const isOpen = (text: string): boolean => /\$\{[^}]*\b(var|data\.terraform_remote_state)\./.test(text);
  return one === other || isOpen(one) || isOpen(other);
}

/** A pool's scopes begin with a reference to its resource server; programs may write its identifier instead. */
function unknownScopes(scopes: readonly string[], known: readonly string[]): Problem[] {
  const names = known.map((scope) => scope.replace(/^\$\{.*\}/, ""));
  return scopes
    .filter((scope) => !known.some((each) => mayBeEqual(each, scope)))
    .filter((scope) => !names.some((name) => name.startsWith("/") && scope.endsWith(name)))
    .filter((scope) => !/^\$\{[^}]*\}$/.test(scope))
    .map((scope) => problems.unknownScope(scope, known));
}
