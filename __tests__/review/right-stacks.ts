/** Systems in HCL in which nothing is wrong, each as somebody might write it. */

const PROVIDER = `provider "aws" {
  region = "eu-central-1"
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
`;

const trust = (region = "data.aws_region.here.name"): string => `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:aws:bedrock-agentcore:\${${region}}:\${data.aws_caller_identity.me.account_id}:*" }
      }
    }]
  })`;

const role = (name: string): string => `
resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = ${trust()}
}
`;

const gateway = (authorizer: string, more = ""): string => `${role("gateway")}
resource "aws_bedrockagentcore_gateway" "main" {
  name            = "tools"
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"
  authorizer_configuration {
    custom_jwt_authorizer {
      ${authorizer}
    }
  }${more}
}
resource "aws_bedrockagentcore_gateway_target" "outside" {
  name               = "outside"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  target_configuration {
    mcp {
      mcp_server { endpoint = "https://tools.example.com/mcp" }
    }
  }
}
`;

const pool = (name: string, signUp = "admin_create_user_config { allow_admin_create_user_only = true }"): string => `
resource "aws_cognito_user_pool" "${name}" {
  name = "${name}"
  ${signUp}
}
`;

const ofPool = (name: string): string =>
  `discovery_url = "https://cognito-idp.\${data.aws_region.here.name}.amazonaws.com/\${aws_cognito_user_pool.${name}.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.app.id]`;

const client = (settings: string): string => `
resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.people.id
  ${settings}
}
`;

const CODE = `allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows          = ["code"]
  allowed_oauth_scopes         = ["openid", "email"]
  callback_urls                = ["http://localhost:3000/callback"]`;

const MACHINES = `generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = aws_cognito_resource_server.api.scope_identifiers`;

const API = `
resource "aws_cognito_resource_server" "api" {
  identifier   = "api"
  name         = "API"
  user_pool_id = aws_cognito_user_pool.people.id
  scope {
    scope_name        = "call"
    scope_description = "Call tools"
  }
}
`;

const signing = (endpoint: string): string =>
  PROVIDER +
  role("gateway") +
  role("runtime") +
  `
resource "aws_ecr_repository" "tools" { name = "tools" }
resource "aws_iam_role_policy" "image" {
  role = aws_iam_role.runtime.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
      { Effect = "Allow", Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource = aws_ecr_repository.tools.arn },
    ]
  })
}
resource "aws_bedrockagentcore_agent_runtime" "tools" {
  agent_runtime_name = "tools"
  role_arn           = aws_iam_role.runtime.arn
  agent_runtime_artifact {
    container_configuration { container_uri = "\${aws_ecr_repository.tools.repository_url}:1" }
  }
  network_configuration { network_mode = "PUBLIC" }
  protocol_configuration { server_protocol = "MCP" }
  depends_on = [aws_iam_role_policy.image]
}
resource "aws_iam_role_policy" "call" {
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "bedrock-agentcore:InvokeAgentRuntime"
      Resource = [aws_bedrockagentcore_agent_runtime.tools.agent_runtime_arn, "\${aws_bedrockagentcore_agent_runtime.tools.agent_runtime_arn}/runtime-endpoint/${endpoint}"]
    }]
  })
}
resource "aws_bedrockagentcore_gateway" "main" {
  name            = "tools"
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "AWS_IAM"
}
resource "aws_bedrockagentcore_gateway_target" "tools" {
  name               = "tools"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  credential_provider_configuration {
    gateway_iam_role { service = "bedrock-agentcore" }
  }
  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.\${data.aws_region.here.name}.amazonaws.com/runtimes/\${urlencode(aws_bedrockagentcore_agent_runtime.tools.agent_runtime_arn)}/invocations"
      }
    }
  }
  depends_on = [aws_iam_role_policy.call]
}
`;

export const rightStacks: Readonly<Record<string, string>> = {
  "people by user name and password":
    PROVIDER +
    pool("people") +
    client('explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]') +
    gateway(ofPool("people")),

  "people by code and PKCE, without a secret":
    PROVIDER + pool("people") + client(`generate_secret = false\n  ${CODE}`) + gateway(ofPool("people")),

  "people of an identity provider that a count switches on":
    PROVIDER +
    `variable "saml" {
  type    = bool
  default = false
}
` +
    pool("people") +
    `
resource "aws_cognito_identity_provider" "saml" {
  count         = var.saml ? 1 : 0
  user_pool_id  = aws_cognito_user_pool.people.id
  provider_name = "Saml"
  provider_type = "SAML"
  provider_details = { MetadataURL = "https://idp.example.com/metadata" }
}
` +
    client(
      `${CODE}\n  supported_identity_providers = concat(["COGNITO"], aws_cognito_identity_provider.saml[*].provider_name)`,
    ) +
    gateway(ofPool("people")),

  "machines, in a pool where everybody might sign up and get no token":
    PROVIDER + pool("people", "") + API + client(MACHINES) + gateway(ofPool("people")),

  "an issuer such as Entra, with audience and scopes":
    PROVIDER +
    gateway(`discovery_url = "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0/.well-known/openid-configuration"
      allowed_audience = ["api://tools"]`),

  "an issuer that has a document of RFC 8414":
    PROVIDER +
    gateway(`discovery_url = "https://auth.example.com/.well-known/oauth-authorization-server"
      allowed_clients = ["tools"]`),

  "a pool that is there already, by variables":
    PROVIDER +
    `variable "user_pool_id" { type = string }
variable "client_ids" { type = list(string) }
` +
    gateway(`discovery_url = "https://cognito-idp.eu-central-1.amazonaws.com/\${var.user_pool_id}/.well-known/openid-configuration"
      allowed_clients = var.client_ids`),

  "two regions by an alias of the provider": `provider "aws" {
  region = "eu-central-1"
}
provider "aws" {
  alias  = "east"
  region = "us-east-1"
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
resource "aws_cognito_user_pool" "people" {
  provider = aws.east
  name     = "people"
  admin_create_user_config { allow_admin_create_user_only = true }
}
resource "aws_cognito_user_pool_client" "app" {
  provider            = aws.east
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.people.id
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH"]
}
${gateway(`discovery_url = "https://cognito-idp.us-east-1.amazonaws.com/\${aws_cognito_user_pool.people.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.app.id]`)}`,

  "a gateway for callers with signatures, and a runtime that it signs for": signing("DEFAULT"),

  "a gateway that signs for an endpoint of a runtime": `${signing("prod").replace("/invocations", "/invocations?qualifier=prod")}
resource "aws_bedrockagentcore_agent_runtime_endpoint" "prod" {
  agent_runtime_id = aws_bedrockagentcore_agent_runtime.tools.agent_runtime_id
  name             = "prod"
}
`,

  "a Lambda function, which lets the gateway's role in by itself":
    PROVIDER +
    role("gateway") +
    role("function") +
    `
resource "aws_lambda_function" "search" {
  function_name = "search"
  role          = aws_iam_role.function.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
}
resource "aws_lambda_permission" "gateway" {
  function_name = aws_lambda_function.search.function_name
  action        = "lambda:InvokeFunction"
  principal     = aws_iam_role.gateway.arn
}
resource "aws_bedrockagentcore_gateway" "main" {
  name            = "tools"
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "AWS_IAM"
}
resource "aws_bedrockagentcore_gateway_target" "search" {
  name               = "search"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.search.arn
        tool_schema {
          inline_payload {
            name        = "search"
            description = "Searches"
            input_schema { type = "object" }
          }
        }
      }
    }
  }
}
`,

  "machines of a pool whose scopes a target takes as a whole list":
    PROVIDER +
    pool("people") +
    API +
    client(MACHINES) +
    `
resource "aws_cognito_user_pool_domain" "people" {
  domain       = "tools-people-k3v9"
  user_pool_id = aws_cognito_user_pool.people.id
}
resource "aws_bedrockagentcore_oauth2_credential_provider" "hop" {
  name                       = "hop"
  credential_provider_vendor = "CustomOauth2"
  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = aws_cognito_user_pool_client.app.id
      client_secret = aws_cognito_user_pool_client.app.client_secret
      oauth_discovery {
        discovery_url = "https://\${aws_cognito_user_pool.people.endpoint}/.well-known/openid-configuration"
      }
    }
  }
}
` +
    gateway(ofPool("people")).replace(
      "target_configuration {",
      `credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.hop.credential_provider_arn
      scopes       = aws_cognito_resource_server.api.scope_identifiers
    }
  }
  target_configuration {`,
    ) +
    `
resource "aws_iam_role_policy" "gateway" {
  role = aws_iam_role.gateway.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetResourceOauth2Token", "secretsmanager:GetSecretValue"]
      Resource = "*"
    }]
  })
}
`,

  "roles of one name, of which a variable takes the one or the other, and an image that an action builds": `${PROVIDER}
variable "build" {
  type = bool
}
action "aws_codebuild_start_build" "image" {
  count = var.build ? 1 : 0
  config {
    project_name = "image"
  }
}
resource "terraform_data" "image" {
  input = var.build
  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.aws_codebuild_start_build.image[0]]
    }
  }
}
resource "aws_iam_role" "own" {
  count              = var.build ? 1 : 0
  name               = "gateway"
  assume_role_policy = ${trust()}
}
resource "aws_iam_role" "builder" {
  for_each           = toset(var.build ? [] : ["only"])
  name               = "gateway"
  assume_role_policy = ${trust()}
}
resource "aws_iam_role_policy" "own" {
  count  = var.build ? 1 : 0
  role   = aws_iam_role.own[0].id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "bedrock-agentcore:GetGateway", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "builder" {
  for_each   = aws_iam_role.builder
  role       = aws_iam_role.builder["only"].name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchFullAccess"
}
${gateway(
  'discovery_url = "https://auth.example.com/.well-known/openid-configuration"\n      allowed_audience = ["tools"]',
)
  .replace(role("gateway"), "")
  .replace("aws_iam_role.gateway.arn", "one(aws_iam_role.own[*].arn)")}`,
};
