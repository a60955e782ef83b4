/** Members of the API whose names do not follow from those of the provider. */
const MEMBERS: Readonly<Record<string, string>> = {
  custom_jwt_authorizer: "customJWTAuthorizer",
  custom_claim: "customClaims",
  interceptor_configuration: "interceptorConfigurations",
  credential_provider_configuration: "credentialProviderConfigurations",
  hosting_environment: "hostingEnvironments",
  filesystem_configuration: "filesystemConfigurations",
  tool_filter: "toolFilters",
  tool_override: "toolOverrides",
};

/** Blocks of which the API takes a list; of others that may be there once, it takes the structure itself. */
const LISTS = [
  "custom_claim",
  "interceptor_configuration",
  "credential_provider_configuration",
  "hosting_environment",
  "filesystem_configuration",
  "private_endpoint_overrides",
  "tool_filter",
  "tool_override",
];

/** `gateway_id` is `gatewayId`; a write-only argument goes into the member of its twin. */
export function memberOf(name: string): string {
  return MEMBERS[name] ?? name.replace(/_wo$/, "").replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function isListOfStructures(name: string): boolean {
  return LISTS.includes(name);
}
