import { arn, generatedId, lowerAlphanumerics } from "./account";
import { hasLength, isOneOf, matches, type Rule } from "../validation/rules";
import { isList, isObject } from "../wire/value";
import { type ResourceFacts, text } from "./facts";

/** `aws_cognito_user_pool`. */
export const userPool: ResourceFacts = {
  validate: [
    hasLength("name", 1, 128),
    isOneOf("mfa_configuration", ["OFF", "ON", "OPTIONAL"]),
    isOneOf("deletion_protection", ["ACTIVE", "INACTIVE"]),
    isOneOf("user_pool_tier", ["LITE", "ESSENTIALS", "PLUS"]),
  ],
  replacedBy: ["username_attributes", "alias_attributes"],
  assigned: (resource, account) => {
    const id = `${account.region}_${generatedId(`pool ${text(resource, "name")}`, 9)}`;
    return {
      id,
      arn: arn(account, "cognito-idp", `userpool/${id}`),
      endpoint: `cognito-idp.${account.region}.amazonaws.com/${id}`,
      user_pool_tier: "ESSENTIALS",
    };
  },
};

// CreateUserPoolClient refuses this with "client_credentials flow can not be selected if client does not have a client
// secret." (Amazon Cognito API reference, InvalidOAuthFlowException).
const clientCredentialsNeedSecret: Rule = ({ allowed_oauth_flows: flows, generate_secret: secret }) =>
  isList(flows) && flows.includes("client_credentials") && secret !== true
    ? [
        {
          path: ["allowed_oauth_flows"],
          summary: "InvalidOAuthFlowException",
          detail: "client_credentials flow can not be selected if client does not have a client secret.",
        },
      ]
    : [];

/** `aws_cognito_user_pool_client`. */
export const userPoolClient: ResourceFacts = {
  validate: [
    hasLength("name", 1, 128),
    isOneOf("allowed_oauth_flows", ["code", "implicit", "client_credentials"]),
    isOneOf("explicit_auth_flows", [
      ...["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
      ...[
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_AUTH",
      ],
    ]),
    isOneOf("prevent_user_existence_errors", ["LEGACY", "ENABLED"]),
  ],
  create: [clientCredentialsNeedSecret],
  replacedBy: ["user_pool_id", "generate_secret"],
  assigned: (resource) => {
    const seed = `client ${text(resource, "user_pool_id")} ${text(resource, "name")}`;
    const secret = resource.generate_secret === true ? generatedId(`secret of ${seed}`, 51, lowerAlphanumerics) : "";
    return { id: generatedId(seed, 26, lowerAlphanumerics), client_secret: secret };
  },
};

/** `aws_cognito_user_pool_domain`. */
export const userPoolDomain: ResourceFacts = {
  validate: [matches("domain", /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/)],
  // Reserved words of Amazon Cognito's domain prefixes (developer guide, "Using the Amazon Cognito domain").
  create: [matches("domain", /^(?!.*(aws|amazon|cognito)).*$/, "must not contain aws, amazon or cognito")],
  replacedBy: ["domain", "user_pool_id"],
  assigned: (resource, account) => ({ id: text(resource, "domain"), aws_account_id: account.id, version: "1" }),
};

/** `aws_cognito_resource_server`. */
export const resourceServer: ResourceFacts = {
  validate: [hasLength("identifier", 1, 256), hasLength("name", 1, 256)],
  replacedBy: ["identifier", "user_pool_id"],
  changedByUpdate: ["scope_identifiers"],
  assigned: (resource) => {
    const identifier = text(resource, "identifier");
    const scopes = isList(resource.scope) ? resource.scope.filter(isObject) : [];
    return {
      id: `${text(resource, "user_pool_id")}|${identifier}`,
      scope_identifiers: scopes.map((scope) => `${identifier}/${text(scope, "scope_name")}`),
    };
  },
};
