# The article's system in HCL, under its addresses and names.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
provider "aws" { region = var.region }
variable "region" { default = "us-east-1" }
variable "project_name" { default = "m2m-auth-demo" }
variable "gateway_description" { default = null }
# What is wrong with it, for tests of applies that fail half-way.
variable "fault" { default = "none" }
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  scopes = ["tools.read", "tools.write", "tools.execute"]
  arns   = "arn:aws:bedrock-agentcore:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}"
  issuer = "https://cognito-idp.${data.aws_region.current.name}.amazonaws.com"
}

resource "aws_cognito_user_pool" "inbound" { name = "${var.project_name}-inbound-pool" }
resource "aws_cognito_user_pool_client" "inbound" {
  name                = "${var.project_name}-inbound-client"
  user_pool_id        = aws_cognito_user_pool.inbound.id
  generate_secret     = false
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
resource "aws_cognito_user_pool" "outbound" { name = "${var.project_name}-outbound-pool" }
resource "aws_cognito_user_pool_domain" "outbound" {
  count        = var.fault == "no domain" ? 0 : 1
  domain       = "${var.project_name}-${data.aws_caller_identity.current.account_id}"
  user_pool_id = aws_cognito_user_pool.outbound.id
}
resource "aws_cognito_resource_server" "mcp" {
  identifier   = "mcp-server"
  name         = "${var.project_name}-mcp-server"
  user_pool_id = aws_cognito_user_pool.outbound.id
  dynamic "scope" {
    for_each = local.scopes
    content {
      scope_name        = scope.value
      scope_description = scope.value
    }
  }
}
resource "aws_cognito_user_pool_client" "m2m" {
  name                                 = "${var.project_name}-m2m-client"
  user_pool_id                         = aws_cognito_user_pool.outbound.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = [for scope in local.scopes : "${aws_cognito_resource_server.mcp.identifier}/${scope}"]
}

resource "aws_ecr_repository" "mcp_server" {
  name         = "${var.project_name}-mcp-server"
  force_delete = true
}
resource "terraform_data" "image" {
  triggers_replace = [aws_ecr_repository.mcp_server.repository_url]
  provisioner "local-exec" {
    command = <<-COMMANDS
      set -e
      aws ecr get-login-password --region ${var.region} |
        docker login --username AWS --password-stdin ${split("/", aws_ecr_repository.mcp_server.repository_url)[0]}
      docker buildx build --platform linux/arm64 -t ${aws_ecr_repository.mcp_server.repository_url}:latest --push .
    COMMANDS
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "runtime" {
  name               = "${var.project_name}-runtime-role"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "runtime" {
  name = "${var.project_name}-runtime-policy"
  role = aws_iam_role.runtime.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = var.fault == "no image rights" ? ["logs:PutLogEvents"] : ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken"]
      Resource = "*"
    }]
  })
}
resource "aws_bedrockagentcore_agent_runtime" "mcp_server" {
  agent_runtime_name = "${replace(var.project_name, "-", "_")}_mcp_server"
  role_arn           = aws_iam_role.runtime.arn
  agent_runtime_artifact {
    container_configuration { container_uri = "${aws_ecr_repository.mcp_server.repository_url}:latest" }
  }
  network_configuration { network_mode = "PUBLIC" }
  protocol_configuration { server_protocol = "MCP" }
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "${local.issuer}/${aws_cognito_user_pool.outbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.m2m.id]
    }
  }
  depends_on = [terraform_data.image, aws_iam_role_policy.runtime]
}

resource "aws_iam_role" "gateway" {
  name               = "${var.project_name}-gateway-role"
  assume_role_policy = replace(data.aws_iam_policy_document.trust.json, "bedrock-agentcore", var.fault == "no trust" ? "lambda" : "bedrock-agentcore")
}
resource "aws_iam_role_policy" "gateway_identity" {
  count = var.fault == "no token rights" ? 0 : 1
  name = "${var.project_name}-gateway-identity-policy"
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "GetWorkloadAccessToken"
        Effect = "Allow"
        Action = ["bedrock-agentcore:GetWorkloadAccessToken"]
        Resource = [
          "${local.arns}:workload-identity-directory/default",
          "${local.arns}:workload-identity-directory/default/workload-identity/${var.project_name}-*",
        ]
      },
      {
        Sid    = "GetResourceOauth2Token"
        Effect = "Allow"
        Action = ["bedrock-agentcore:GetResourceOauth2Token"]
        Resource = [
          "${local.arns}:workload-identity-directory/default",
          "${local.arns}:workload-identity-directory/default/workload-identity/*",
          "${local.arns}:token-vault/default",
          "${local.arns}:token-vault/default/oauth2credentialprovider/*",
        ]
      },
      {
        Sid    = "GetSecretValue"
        Effect = "Allow"
        Action = ["secretsmanager:GetSecretValue"]
        Resource = [
          "arn:aws:secretsmanager:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:secret:bedrock-agentcore*",
        ]
      },
    ]
  })
}
resource "aws_bedrockagentcore_gateway" "main" {
  name            = "${var.project_name}-gateway"
  description     = var.gateway_description
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "${local.issuer}/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.inbound.id]
    }
  }
  protocol_configuration {
    mcp { search_type = "SEMANTIC" }
  }
}
resource "aws_bedrockagentcore_oauth2_credential_provider" "m2m" {
  name                       = "${var.project_name}-m2m-oauth2-provider"
  credential_provider_vendor = "CustomOauth2"
  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id     = aws_cognito_user_pool_client.m2m.id
      client_secret = var.fault == "wrong secret" ? "wrong" : aws_cognito_user_pool_client.m2m.client_secret
      oauth_discovery {
        discovery_url = "${local.issuer}/${aws_cognito_user_pool.outbound.id}/.well-known/openid-configuration"
      }
    }
  }
}
resource "aws_bedrockagentcore_gateway_target" "mcp_server" {
  name               = "${var.project_name}-mcp-target"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id
  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
      scopes       = [for scope in var.fault == "wrong scope" ? ["tools.none"] : local.scopes : "${aws_cognito_resource_server.mcp.identifier}/${scope}"]
    }
  }
  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.${data.aws_region.current.name}.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn)}/invocations"
      }
    }
  }
  depends_on = [aws_iam_role_policy.gateway_identity, aws_cognito_user_pool_domain.outbound]
}

output "inbound_user_pool_id" { value = aws_cognito_user_pool.inbound.id }
output "inbound_client_id" { value = aws_cognito_user_pool_client.inbound.id }
output "gateway_url" { value = aws_bedrockagentcore_gateway.main.gateway_url }
