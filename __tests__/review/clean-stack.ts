import { allow, policyOf } from "../support/policies";
/** Terraform JSON as a person would write it by hand, loose enough to be bent by a test. */
export type Json = Record<string, unknown>;

export interface Stack {
  readonly data: Json;
  readonly provider: Json;
  readonly resource: Record<string, Record<string, Json>>;
  readonly output: Record<string, Json>;
}

export const GATEWAY = "aws_bedrockagentcore_gateway.main";
export const TARGET = "aws_bedrockagentcore_gateway_target.tools";
export const RUNTIME = "aws_bedrockagentcore_agent_runtime.tools";
export const PROVIDER = "aws_bedrockagentcore_oauth2_credential_provider.machine";
export const INBOUND_POOL = "aws_cognito_user_pool.people";
export const OUTBOUND_POOL = "aws_cognito_user_pool.machines";
export const INBOUND_CLIENT = "aws_cognito_user_pool_client.person";
export const OUTBOUND_CLIENT = "aws_cognito_user_pool_client.machine";
export const GATEWAY_ROLE = "aws_iam_role.gateway";
export const GATEWAY_POLICY = "aws_iam_role_policy.gateway";
export const RUNTIME_ROLE = "aws_iam_role.runtime";
export const RUNTIME_POLICY = "aws_iam_role_policy.runtime";

const ARN = "arn:aws:bedrock-agentcore:us-east-1:${data.aws_caller_identity.current.account_id}";

function discoveryUrl(pool: string): string {
  return `https://cognito-idp.us-east-1.amazonaws.com/\${${pool}.id}/.well-known/openid-configuration`;
}

function trustPolicy(resource: string): string {
  return policyOf({
    Effect: "Allow",
    Principal: { Service: "bedrock-agentcore.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.current.account_id}" },
      ArnLike: { "aws:SourceArn": `${ARN}:${resource}` },
    },
  });
}

function cognito(): Stack["resource"] {
  return {
    aws_cognito_user_pool: {
      people: { name: "people", admin_create_user_config: { allow_admin_create_user_only: true } },
      machines: { name: "machines", admin_create_user_config: { allow_admin_create_user_only: true } },
    },
    aws_cognito_user_pool_domain: {
      machines: { domain: "tools-machines-k3v9", user_pool_id: `\${${OUTBOUND_POOL}.id}` },
    },
    aws_cognito_resource_server: {
      tools: {
        identifier: "tools",
        name: "Tools",
        user_pool_id: `\${${OUTBOUND_POOL}.id}`,
        scope: [
          { scope_name: "read", scope_description: "Read" },
          { scope_name: "execute", scope_description: "Execute" },
        ],
      },
    },
    aws_cognito_user_pool_client: {
      person: {
        name: "person",
        user_pool_id: `\${${INBOUND_POOL}.id}`,
        explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      },
      machine: {
        name: "machine",
        user_pool_id: `\${${OUTBOUND_POOL}.id}`,
        generate_secret: true,
        allowed_oauth_flows_user_pool_client: true,
        allowed_oauth_flows: ["client_credentials"],
        allowed_oauth_scopes: ["${aws_cognito_resource_server.tools.identifier}/execute"],
      },
    },
  };
}

function iam(): Stack["resource"] {
  const directory = `${ARN}:workload-identity-directory/default`;
  const identity = `\${${GATEWAY}.workload_identity_details[0].workload_identity_arn}`;
  return {
    aws_iam_role: {
      gateway: { name: "tools-gateway-role", assume_role_policy: trustPolicy("gateway/tools-gateway-*") },
      runtime: { name: "tools-runtime-role", assume_role_policy: trustPolicy("*") },
    },
    aws_iam_role_policy: {
      gateway: {
        name: "identity",
        role: `\${${GATEWAY_ROLE}.id}`,
        policy: policyOf(
          allow("bedrock-agentcore:GetWorkloadAccessToken", [directory, identity]),
          allow("bedrock-agentcore:GetResourceOauth2Token", [
            ...[directory, identity, `${ARN}:token-vault/default`, `\${${PROVIDER}.credential_provider_arn}`],
          ]),
          allow("secretsmanager:GetSecretValue", `\${${PROVIDER}.client_secret_arn[0].secret_arn}`),
        ),
      },
      runtime: {
        name: "image-and-logs",
        role: `\${${RUNTIME_ROLE}.id}`,
        policy: policyOf(
          allow("ecr:GetAuthorizationToken"),
          allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "${aws_ecr_repository.tools.arn}"),
        ),
      },
    },
  };
}

function agentCore(): Stack["resource"] {
  return {
    aws_bedrockagentcore_oauth2_credential_provider: {
      machine: {
        name: "machine",
        credential_provider_vendor: "CustomOauth2",
        oauth2_provider_config: {
          custom_oauth2_provider_config: {
            client_id: `\${${OUTBOUND_CLIENT}.id}`,
            client_secret: `\${${OUTBOUND_CLIENT}.client_secret}`,
            oauth_discovery: { discovery_url: discoveryUrl(OUTBOUND_POOL) },
          },
        },
        depends_on: ["aws_cognito_user_pool_domain.machines"],
      },
    },
    aws_bedrockagentcore_agent_runtime: {
      tools: {
        agent_runtime_name: "tools",
        role_arn: `\${${RUNTIME_ROLE}.arn}`,
        agent_runtime_artifact: {
          container_configuration: { container_uri: "${aws_ecr_repository.tools.repository_url}:3f9a1c" },
        },
        network_configuration: { network_mode: "PUBLIC" },
        protocol_configuration: { server_protocol: "MCP" },
        authorizer_configuration: {
          custom_jwt_authorizer: {
            discovery_url: discoveryUrl(OUTBOUND_POOL),
            allowed_clients: [`\${${OUTBOUND_CLIENT}.id}`],
          },
        },
        environment_variables: { LOG_LEVEL: "INFO" },
        depends_on: ["terraform_data.image", RUNTIME_POLICY],
      },
    },
    aws_bedrockagentcore_gateway: {
      main: {
        name: "tools-gateway",
        role_arn: `\${${GATEWAY_ROLE}.arn}`,
        authorizer_type: "CUSTOM_JWT",
        protocol_type: "MCP",
        authorizer_configuration: {
          custom_jwt_authorizer: {
            discovery_url: discoveryUrl(INBOUND_POOL),
            allowed_clients: [`\${${INBOUND_CLIENT}.id}`],
          },
        },
      },
    },
    aws_bedrockagentcore_gateway_target: {
      tools: {
        name: "tools",
        gateway_identifier: `\${${GATEWAY}.gateway_id}`,
        credential_provider_configuration: {
          oauth: {
            provider_arn: `\${${PROVIDER}.credential_provider_arn}`,
            scopes: ["${aws_cognito_resource_server.tools.identifier}/execute"],
          },
        },
        target_configuration: {
          mcp: {
            mcp_server: {
              endpoint: `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/\${urlencode(${RUNTIME}.agent_runtime_arn)}/invocations`,
            },
          },
        },
        depends_on: [GATEWAY_POLICY],
      },
    },
  };
}

/** A system in which nothing is to be found. */
export function cleanStack(): Stack {
  return {
    data: { aws_caller_identity: { current: {} } },
    provider: { aws: { region: "us-east-1" } },
    resource: {
      ...cognito(),
      ...iam(),
      ...agentCore(),
      aws_ecr_repository: { tools: { name: "tools" } },
      terraform_data: {
        image: {
          input: "${aws_ecr_repository.tools.repository_url}:3f9a1c",
          provisioner: [
            { "local-exec": { command: "docker buildx build --platform linux/arm64 --push -t ${self.input} ." } },
          ],
        },
      },
    },
    output: {
      inbound_user_pool_id: { value: `\${${INBOUND_POOL}.id}` },
      inbound_client_id: { value: `\${${INBOUND_CLIENT}.id}` },
      gateway_url: { value: `\${${GATEWAY}.gateway_url}` },
    },
  };
}

/** The arguments of a resource of a stack, to be changed in place. */
export function block(stack: Stack, address: string, ...path: readonly string[]): Json {
  const [type = "", name = ""] = address.split(".");
  const found = path.reduce<unknown>(
    (current, member) => (current as Json | undefined)?.[member],
    stack.resource[type]?.[name],
  );
  if (typeof found !== "object" || found === null) throw new Error(`The stack has no ${[address, ...path].join(".")}.`);
  return found as Json;
}
