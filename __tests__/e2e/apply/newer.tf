# Beside article.tf: what the provider 6.66 has and 6.25 does not.
variable "newer_description" { default = "first" }

resource "aws_bedrockagentcore_policy_engine" "rules" {
  name        = "rules"
  description = var.newer_description
  tags        = { team = "tools" }
}
resource "aws_bedrockagentcore_policy" "adding" {
  name             = "adding"
  description      = var.newer_description
  policy_engine_id = aws_bedrockagentcore_policy_engine.rules.policy_engine_id
  validation_mode  = "IGNORE_ALL_FINDINGS"
  definition {
    cedar {
      statement = <<-CEDAR
        permit(
          principal,
          action == AgentCore::Action::"listed___add_numbers",
          resource == AgentCore::Gateway::"${aws_bedrockagentcore_gateway.newer.gateway_arn}"
        );
      CEDAR
    }
  }
}
resource "aws_iam_role_policy" "gateway_policies" {
  name = "gateway-policies"
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["bedrock-agentcore:AuthorizeAction", "bedrock-agentcore:PartiallyAuthorizeActions"]
      Resource = "*"
    }]
  })
}
resource "aws_bedrockagentcore_gateway" "newer" {
  name            = "newer"
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "${local.issuer}/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.inbound.id]
      allowed_scopes  = ["aws.cognito.signin.user.admin"]
      custom_claim {
        inbound_token_claim_name       = "token_use"
        inbound_token_claim_value_type = "STRING"
        authorizing_claim_match_value {
          claim_match_operator = "EQUALS"
          claim_match_value { match_value_string = "access" }
        }
      }
    }
  }
  protocol_configuration {
    mcp {
      supported_versions = ["2025-06-18"]
      streaming_configuration { enable_response_streaming = true }
      session_configuration { session_timeout_in_seconds = 900 }
    }
  }
  interceptor_configuration {
    interception_points = ["REQUEST"]
    interceptor {
      lambda { arn = aws_lambda_function.interceptor.arn }
    }
    input_configuration { pass_request_headers = true }
  }
  policy_engine_configuration {
    arn  = aws_bedrockagentcore_policy_engine.rules.policy_engine_arn
    mode = "ENFORCE"
  }
  depends_on = [aws_iam_role_policy.gateway_policies]
}
resource "aws_bedrockagentcore_gateway_target" "listed" {
  name               = "listed"
  gateway_identifier = aws_bedrockagentcore_gateway.newer.gateway_id
  metadata_configuration {
    allowed_request_headers  = ["x-correlation-id"]
    allowed_response_headers = ["x-rate-limit"]
    allowed_query_parameters = ["version"]
  }
  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
      scopes       = [for scope in local.scopes : "${aws_cognito_resource_server.mcp.identifier}/${scope}"]
      grant_type   = "CLIENT_CREDENTIALS"
    }
  }
  target_configuration {
    mcp {
      mcp_server {
        endpoint          = "https://bedrock-agentcore.${data.aws_region.current.name}.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn)}/invocations"
        listing_mode      = "DEFAULT"
        resource_priority = 10
        mcp_tool_schema {
          inline_payload {
            payload = jsonencode({
              tools = [for name in ["add_numbers", "greet_user"] : { name = name, inputSchema = { type = "object" } }]
            })
          }
        }
      }
    }
  }
  depends_on = [aws_iam_role_policy.gateway_identity]
}
resource "aws_iam_role" "interceptor" {
  name               = "interceptor"
  assume_role_policy = replace(data.aws_iam_policy_document.trust.json, "bedrock-agentcore", "lambda")
}
resource "aws_lambda_function" "interceptor" {
  function_name = "interceptor"
  role          = aws_iam_role.interceptor.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = "example-deployments"
  s3_key        = "interceptor.zip"
}
locals {
  notes = jsonencode({
    openapi = "3.0.3"
    info    = { title = "Notes", version = "1" }
    servers = [{ url = "https://notes.example.com" }]
    paths   = { "/note" = { get = { operationId = "read_note", responses = { 200 = { description = "A note" } } } } }
  })
}
# With the user's consent, and with the caller's token exchanged.
resource "aws_bedrockagentcore_oauth2_credential_provider" "notes" {
  name                       = "notes"
  credential_provider_vendor = "CustomOauth2"
  oauth2_provider_config {
    custom_oauth2_provider_config {
      client_id                    = "notes-client"
      client_secret                = "hush"
      client_authentication_method = "CLIENT_SECRET_BASIC"
      oauth_discovery {
        authorization_server_metadata {
          issuer                 = "https://notes.example.com"
          authorization_endpoint = "https://notes.example.com/authorize"
          token_endpoint         = "https://notes.example.com/token"
          response_types         = ["code"]
        }
      }
      on_behalf_of_token_exchange_config {
        grant_type = "TOKEN_EXCHANGE"
        token_exchange_grant_type_config {
          actor_token_content = "M2M"
          actor_token_scopes  = ["notes.act"]
        }
      }
    }
  }
}
resource "aws_bedrockagentcore_gateway_target" "notes" {
  for_each           = { consented = "AUTHORIZATION_CODE", exchanged = "TOKEN_EXCHANGE" }
  name               = each.key
  gateway_identifier = aws_bedrockagentcore_gateway.newer.gateway_id
  credential_provider_configuration {
    oauth {
      provider_arn       = aws_bedrockagentcore_oauth2_credential_provider.notes.credential_provider_arn
      scopes             = ["notes.read"]
      grant_type         = each.value
      default_return_url = each.value == "AUTHORIZATION_CODE" ? "https://app.example.com/back" : null
    }
  }
  target_configuration {
    mcp {
      open_api_schema {
        inline_payload { payload = local.notes }
      }
    }
  }
  depends_on = [aws_iam_role_policy.gateway_users]
}
resource "aws_iam_role_policy" "gateway_users" {
  name = "gateway-users"
  role = aws_iam_role.gateway.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["bedrock-agentcore:GetWorkloadAccessTokenForJWT", "bedrock-agentcore:GetResourceOauth2Token", "lambda:InvokeFunction"]
      Resource = "*"
    }]
  })
}
resource "aws_bedrockagentcore_gateway_target" "live" {
  name               = "live"
  gateway_identifier = aws_bedrockagentcore_gateway.newer.gateway_id
  credential_provider_configuration {
    oauth {
      provider_arn = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
      scopes       = []
    }
  }
  target_configuration {
    mcp {
      mcp_server {
        endpoint     = "https://bedrock-agentcore.${data.aws_region.current.name}.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn)}/invocations"
        listing_mode = "DYNAMIC"
      }
    }
  }
  depends_on = [aws_iam_role_policy.gateway_identity]
}
resource "aws_bedrockagentcore_oauth2_credential_provider" "vendor" {
  for_each                   = toset(["atlassian", "linkedin"])
  name                       = each.value
  credential_provider_vendor = "${title(each.value)}Oauth2"
  tags                       = { vendor = each.value }
  oauth2_provider_config {
    dynamic "atlassian_oauth2_provider_config" {
      for_each = each.value == "atlassian" ? [1] : []
      content {
        client_id     = "client"
        client_secret = "hush"
      }
    }
    dynamic "linkedin_oauth2_provider_config" {
      for_each = each.value == "linkedin" ? [1] : []
      content {
        client_id     = "client"
        client_secret = "hush"
      }
    }
  }
}
resource "aws_bedrockagentcore_oauth2_credential_provider" "included" {
  name                       = "okta"
  credential_provider_vendor = "OktaOauth2"
  oauth2_provider_config {
    included_oauth2_provider_config {
      client_id              = "client"
      client_secret          = "hush"
      issuer                 = "https://example.okta.com"
      authorization_endpoint = "https://example.okta.com/oauth2/v1/authorize"
      token_endpoint         = "https://example.okta.com/oauth2/v1/token"
    }
  }
}
resource "aws_bedrockagentcore_api_key_credential_provider" "tagged" {
  name               = "tagged"
  api_key_wo         = "hush"
  api_key_wo_version = 1
  tags               = { team = var.newer_description }
}

# Agents behind gateways without a protocol: one for tokens, one for signatures.
resource "aws_bedrockagentcore_agent_runtime" "agent" {
  for_each           = toset(["tokens", "signatures"])
  agent_runtime_name = "agent_of_${each.key}"
  role_arn           = aws_iam_role.runtime.arn
  agent_runtime_artifact {
    container_configuration { container_uri = "${aws_ecr_repository.mcp_server.repository_url}:latest" }
  }
  network_configuration { network_mode = "PUBLIC" }
  protocol_configuration { server_protocol = "HTTP" }
  dynamic "authorizer_configuration" {
    for_each = each.key == "tokens" ? [1] : []
    content {
      custom_jwt_authorizer {
        discovery_url   = "${local.issuer}/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration"
        allowed_clients = [aws_cognito_user_pool_client.inbound.id]
      }
    }
  }
  depends_on = [aws_iam_role_policy.runtime]
}
resource "aws_bedrockagentcore_gateway" "agents" {
  for_each        = { tokens = "CUSTOM_JWT", signatures = "AWS_IAM" }
  name            = "agents-of-${each.key}"
  role_arn        = aws_iam_role.gateway.arn
  authorizer_type = each.value
  dynamic "authorizer_configuration" {
    for_each = each.key == "tokens" ? [1] : []
    content {
      custom_jwt_authorizer {
        discovery_url   = "${local.issuer}/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration"
        allowed_clients = [aws_cognito_user_pool_client.inbound.id]
      }
    }
  }
}
resource "aws_bedrockagentcore_gateway_target" "passed" {
  name               = "passed"
  description        = var.newer_description
  gateway_identifier = aws_bedrockagentcore_gateway.agents["tokens"].gateway_id
  credential_provider_configuration {
    jwt_passthrough {}
  }
  target_configuration {
    http {
      agentcore_runtime {
        arn = aws_bedrockagentcore_agent_runtime.agent["tokens"].agent_runtime_arn
      }
    }
  }
}
resource "aws_bedrockagentcore_gateway_target" "caller" {
  name               = "caller"
  description        = var.newer_description
  gateway_identifier = aws_bedrockagentcore_gateway.agents["signatures"].gateway_id
  credential_provider_configuration {
    caller_iam_credentials { service = "bedrock-agentcore" }
  }
  target_configuration {
    http {
      agentcore_runtime {
        arn       = aws_bedrockagentcore_agent_runtime.agent["signatures"].agent_runtime_arn
        qualifier = "DEFAULT"
      }
    }
  }
}
resource "aws_bedrockagentcore_gateway_target" "role" {
  name               = "role"
  description        = var.newer_description
  gateway_identifier = aws_bedrockagentcore_gateway.agents["signatures"].gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    http {
      agentcore_runtime {
        arn = aws_bedrockagentcore_agent_runtime.agent["signatures"].agent_runtime_arn
      }
    }
  }
}
output "agents_of_signatures_url" { value = aws_bedrockagentcore_gateway.agents["signatures"].gateway_url }
output "newer_gateway_url" { value = aws_bedrockagentcore_gateway.newer.gateway_url }
